import { format, home, type Location, parse, same } from '../routes.ts';

/**
 * One tab. A workspace tab has no parent; a subtab's parent is the workspace tab that it belongs to.
 * `title` is empty until its record has been read; `opened` is false for a tab restored but not yet looked at.
 * `last` is which tab of a workspace was in front; empty: the workspace tab itself.
 */
export interface Tab {
  id: string;
  location: Location;
  title: string;
  opened: boolean;
  parent: string;
  last: string;
  custom: TabLook;
}

/** How a component made a tab look; empty: as what it shows looks. */
export interface TabLook {
  label: string;
  icon: string; // standard:case
}

export const plainLook: TabLook = { label: '', icon: '' };

/** Base is what the navigation item shows (home, a list, search results); records open as tabs beside it. */
export interface Workspace {
  base: Location;
  tabs: Tab[];
  focused: string; // a tab's id, or 'base'
  next: number;
}

export const empty: Workspace = { base: home, tabs: [], focused: 'base', next: 0 };

/** More tabs than this and the oldest unfocused workspace makes room. */
export const mostTabs = 30;

export type WorkspaceEvent =
  // under: the workspace tab that it was opened from; behind: what is in front stays there
  | { type: 'opened'; location: Location; title?: string; under?: string; behind?: boolean }
  | { type: 'focused'; id: string }
  | { type: 'raised'; id: string } // a workspace comes to the front as it was left
  | { type: 'closed'; id: string }
  | { type: 'looks'; id: string; look: Partial<TabLook> }
  | { type: 'titled'; location: Location; title: string }
  | { type: 'gone'; location: Location };

/** Every event is legal in every state; one that makes no sense changes nothing. */
export function next(w: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.type) {
    case 'opened':
      return event.behind ? behind(w, opening(w, event)) : opening(w, event);
    case 'focused':
      return focus(w, event.id);
    case 'raised':
      return focus(w, w.tabs.find((t) => t.id === event.id)?.last || event.id);
    case 'closed':
      return close(w, event.id);
    case 'looks':
      return {
        ...w,
        tabs: w.tabs.map((t) => (t.id === event.id ? { ...t, custom: { ...t.custom, ...event.look } } : t)),
      };
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

const isTab = (l: Location): boolean => ['record', 'related', 'page', 'flow'].includes(l.at);

/** The tabs in the context bar. */
export const workspaces = (w: Workspace): Tab[] => w.tabs.filter((t) => t.parent === '');

/** The subtabs of a workspace tab. */
export const subtabs = (w: Workspace, id: string): Tab[] => w.tabs.filter((t) => t.parent === id);

/** The workspace tab in front, or 'base'. */
export const raised = (w: Workspace): string => w.tabs.find((t) => t.id === w.focused)?.parent || w.focused;

type Opened = Extract<WorkspaceEvent, { type: 'opened' }>;

/** What opening made, with the tabs in front that were there. */
const behind = (before: Workspace, after: Workspace): Workspace => ({
  ...after,
  base: before.base,
  focused: before.focused,
  tabs: after.tabs.map((t) => ({ ...t, last: before.tabs.find((b) => b.id === t.id)?.last ?? t.last })),
});

function opening(w: Workspace, { location, title = '', under = '' }: Opened): Workspace {
  if (!isTab(location)) return { ...w, base: location, focused: 'base' };
  const there = w.tabs.find((t) => same(t.location, location));
  if (there) return focus(w, there.id);
  const parent = w.tabs.some((t) => t.id === under && t.parent === '') ? under : '';
  const id = `ctab${w.next}`;
  const tab: Tab = { id, location, title, opened: true, parent, last: '', custom: plainLook };
  return focus({ ...w, tabs: [...roomy(w, parent), tab], next: w.next + 1 }, id);
}

/** The tabs that stay when another one opens. */
function roomy(w: Workspace, keep: string): Tab[] {
  if (w.tabs.length < mostTabs) return w.tabs;
  const oldest = workspaces(w).find((t) => t.id !== keep && t.id !== raised(w));
  if (oldest) return w.tabs.filter((t) => t.id !== oldest.id && t.parent !== oldest.id);
  const child = w.tabs.find((t) => t.parent !== '' && t.id !== w.focused) ?? w.tabs[0];
  return w.tabs.filter((t) => t !== child && t.parent !== child?.id);
}

function focus(w: Workspace, id: string): Workspace {
  if (id === 'base') return { ...w, focused: 'base' };
  const tab = w.tabs.find((t) => t.id === id);
  if (!tab) return w;
  const last = tab.parent === '' ? '' : id;
  const owner = tab.parent || id;
  const tabs = w.tabs.map((t) => {
    const opened = t.opened || t.id === id;
    const remembered = t.id === owner ? last : t.last;
    return opened === t.opened && remembered === t.last ? t : { ...t, opened, last: remembered };
  });
  return { ...w, focused: id, tabs };
}

/** The neighbour to the right takes the focus of a closed tab, else the one to the left, else what it belongs to. */
function close(w: Workspace, id: string): Workspace {
  const tab = w.tabs.find((t) => t.id === id);
  if (!tab) return w;
  const siblings = w.tabs.filter((t) => t.parent === tab.parent);
  const index = siblings.indexOf(tab);
  const tabs = w.tabs
    .filter((t) => t.id !== id && t.parent !== id)
    .map((t) => (t.last === id ? { ...t, last: '' } : t));
  if (w.focused !== id && raised(w) !== id) return { ...w, tabs };
  const neighbour = (siblings[index + 1] ?? siblings[index - 1])?.id ?? (tab.parent || 'base');
  return next({ ...w, tabs, focused: 'base' }, { type: 'raised', id: neighbour });
}

function retitle(w: Workspace, location: Location, title: string): Workspace {
  const stale = w.tabs.some((t) => same(t.location, location) && t.title !== title);
  return stale ? { ...w, tabs: w.tabs.map((t) => (same(t.location, location) ? { ...t, title } : t)) } : w;
}

/** The name of the record in front of the person; empty for none, or until it has been read. */
export const currentTitle = (w: Workspace): string => w.tabs.find((t) => t.id === w.focused)?.title ?? '';

/** What is in front of the person. */
export const current = (w: Workspace): Location => w.tabs.find((t) => t.id === w.focused)?.location ?? w.base;

/** The form in which a workspace survives a reload: of a subtab, with the position of its workspace tab. */
export const store = (w: Workspace): string =>
  JSON.stringify({
    base: format(w.base),
    tabs: w.tabs.map((t) => [format(t.location), t.title, w.tabs.findIndex((p) => p.id === t.parent)]),
  });

/** Reads what store wrote; anything else is an empty workspace. */
export function restore(saved: string | null): Workspace {
  const parsed = readJSON(saved);
  if (typeof parsed !== 'object' || parsed === null || !('base' in parsed) || !('tabs' in parsed)) return empty;
  const { base, tabs } = parsed;
  if (typeof base !== 'string' || !Array.isArray(tabs)) return empty;
  const restored: Tab[] = [];
  for (const [position, entry] of tabs.slice(0, mostTabs).entries()) {
    if (!Array.isArray(entry)) continue;
    const [address, title, parent]: unknown[] = entry;
    const location = typeof address === 'string' ? parse(address) : null;
    if (!location || !isTab(location)) continue;
    restored.push({
      id: `ctab${position}`,
      location,
      title: typeof title === 'string' ? title : '',
      opened: false,
      parent: typeof parent === 'number' && parent >= 0 ? `ctab${parent}` : '',
      last: '',
      custom: plainLook,
    });
  }
  const where = parse(base);
  const primary = new Set(restored.filter((t) => t.parent === '').map((t) => t.id));
  return {
    base: where && !isTab(where) ? where : home,
    tabs: restored.map((t) => (t.parent === '' || primary.has(t.parent) ? t : { ...t, parent: '' })),
    focused: 'base',
    next: restored.length === 0 ? 0 : tabs.length,
  };
}

function readJSON(saved: string | null): unknown {
  try {
    return saved === null ? null : JSON.parse(saved);
  } catch {
    return null;
  }
}
