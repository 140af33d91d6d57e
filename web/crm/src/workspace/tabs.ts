import { format, home, type Location, parse, same } from '../routes.ts';

/** One workspace tab. `title` is empty until its record has been read; `opened` is false for a tab restored but not yet looked at. */
export interface Tab {
  id: string;
  location: Location;
  title: string;
  opened: boolean;
}

/** Base is what the navigation item shows (home, a list, search results); records open as tabs beside it. */
export interface Workspace {
  base: Location;
  tabs: Tab[];
  focused: string; // a tab's id, or 'base'
  next: number;
}

export const empty: Workspace = { base: home, tabs: [], focused: 'base', next: 0 };

/** More tabs than this and the oldest unfocused one makes room. */
export const mostTabs = 30;

export type WorkspaceEvent =
  | { type: 'opened'; location: Location; title?: string }
  | { type: 'focused'; id: string }
  | { type: 'closed'; id: string }
  | { type: 'titled'; location: Location; title: string }
  | { type: 'gone'; location: Location };

/** Every event is legal in every state; one that makes no sense changes nothing. */
export function next(w: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.type) {
    case 'opened':
      return open(w, event.location, event.title ?? '');
    case 'focused':
      return focus(w, event.id);
    case 'closed':
      return close(w, event.id);
    case 'titled':
      return retitle(w, event.location, event.title);
    case 'gone': {
      const tab = w.tabs.find((t) => same(t.location, event.location));
      return tab ? close(w, tab.id) : w;
    }
    default:
      return event satisfies never;
  }
}

const isTab = (l: Location): boolean => l.at === 'record' || l.at === 'page';

function open(w: Workspace, location: Location, title: string): Workspace {
  if (!isTab(location)) return { ...w, base: location, focused: 'base' };
  const there = w.tabs.find((t) => same(t.location, location));
  if (there) return focus(w, there.id);
  const id = `ctab${w.next}`;
  const kept = w.tabs.length < mostTabs ? w.tabs : w.tabs.slice(1);
  return { ...w, tabs: [...kept, { id, location, title, opened: true }], focused: id, next: w.next + 1 };
}

function focus(w: Workspace, id: string): Workspace {
  if (id === 'base') return { ...w, focused: 'base' };
  if (!w.tabs.some((t) => t.id === id)) return w;
  return { ...w, focused: id, tabs: w.tabs.map((t) => (t.id === id && !t.opened ? { ...t, opened: true } : t)) };
}

/** The neighbour to the right takes the focus of a closed tab, else the one to the left, else the base. */
function close(w: Workspace, id: string): Workspace {
  const index = w.tabs.findIndex((t) => t.id === id);
  if (index < 0) return w;
  const tabs = w.tabs.filter((t) => t.id !== id);
  if (w.focused !== id) return { ...w, tabs };
  const neighbour = tabs[index] ?? tabs[index - 1];
  return focus({ ...w, tabs, focused: 'base' }, neighbour?.id ?? 'base');
}

function retitle(w: Workspace, location: Location, title: string): Workspace {
  const stale = w.tabs.some((t) => same(t.location, location) && t.title !== title);
  return stale ? { ...w, tabs: w.tabs.map((t) => (same(t.location, location) ? { ...t, title } : t)) } : w;
}

/** What is in front of the person. */
export const current = (w: Workspace): Location => w.tabs.find((t) => t.id === w.focused)?.location ?? w.base;

/** The form in which a workspace survives a reload. */
export const store = (w: Workspace): string =>
  JSON.stringify({ base: format(w.base), tabs: w.tabs.map((t) => [format(t.location), t.title]) });

/** Reads what store wrote; anything else is an empty workspace. */
export function restore(saved: string | null): Workspace {
  const parsed = readJSON(saved);
  if (typeof parsed !== 'object' || parsed === null || !('base' in parsed) || !('tabs' in parsed)) return empty;
  const { base, tabs } = parsed;
  if (typeof base !== 'string' || !Array.isArray(tabs)) return empty;
  const restored: Tab[] = [];
  for (const entry of tabs.slice(0, mostTabs)) {
    if (!Array.isArray(entry)) continue;
    const [address, title]: unknown[] = entry;
    const location = typeof address === 'string' ? parse(address) : null;
    if (!location || !isTab(location)) continue;
    restored.push({
      id: `ctab${restored.length}`,
      location,
      title: typeof title === 'string' ? title : '',
      opened: false,
    });
  }
  const where = parse(base);
  return {
    base: where && !isTab(where) ? where : home,
    tabs: restored,
    focused: 'base',
    next: restored.length,
  };
}

function readJSON(saved: string | null): unknown {
  try {
    return saved === null ? null : JSON.parse(saved);
  } catch {
    return null;
  }
}
