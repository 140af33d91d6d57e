import type { ConsoleStore } from '../../console-state.ts';
import { isRecord } from '../../decode.ts';
import { completed, tabLocation } from '../../desk.ts';
import { format, type Location, parse, same, tabName, to18 } from '../../routes.ts';
import type { Bootstrap } from '../../wire.ts';
import { raised, subtabs, type Tab, type Workspace, workspaces } from '../../workspace/tabs.ts';
import type { Toolkit } from '../component.ts';

/** What the toolkit tells of one tab. Source: Console developer guide, getTabInfo. */
export interface TabInfo {
  tabId: string;
  url: string;
  pinned: boolean;
  closeable: boolean;
  title: string;
  icon: string;
  iconAlt: string;
  highlighted: boolean;
  customTitle: string | null;
  customIcon: string | null;
  customIconAlt: string | null;
  isSubtab: boolean;
  parentTabId: string | null;
  focused: boolean;
  recordId: string | null;
  pageReference: { type: string; attributes: Record<string, string>; state: Record<string, string> };
  subtabs: TabInfo[];
}

/** A tab as the toolkit calls it: a subtab after its workspace tab, ctab0_1. */
export const publicId = (tab: Tab): string => (tab.parent === '' ? tab.id : `${tab.parent}_${tab.id.slice(4)}`);

/** lightning:workspaceAPI over the console's own tabs. */
export function workspace(store: ConsoleStore, start: Bootstrap): Toolkit {
  const now = () => store.get().workspace;
  const send = (event: Parameters<ConsoleStore['send']>[0] & { type: 'workspace' }) => store.send(event);
  const tab = (args: unknown, name = 'tabId'): Tab => {
    const id = isRecord(args) ? args[name] : undefined;
    const found = now().tabs.find((t) => publicId(t) === id);
    if (!found) throw new Error(`There is no tab ${String(id)}.`);
    return found;
  };
  const info = (t: Tab): TabInfo => infoOf(t, now(), start);
  const open = (args: unknown, under: string): string => {
    const location = completed(target(args, start), start.kinds);
    const behind = !isRecord(args) || args.focus !== true;
    send({ type: 'workspace', event: { type: 'opened', location, under, behind } });
    const opened = now().tabs.find((t) => same(t.location, location));
    if (!opened) throw new Error(`${format(location)} does not open as a tab.`);
    return publicId(opened);
  };
  const looks = (args: unknown, look: { label?: string; icon?: string }): TabInfo => {
    const t = tab(args);
    send({ type: 'workspace', event: { type: 'looks', id: t.id, look } });
    return info(tab(args));
  };
  return {
    methods: {
      isConsoleNavigation: async () => true,
      openTab: async (args) => open(args, ''),
      openSubtab: async (args) => {
        const parent = tab(args, 'parentTabId');
        if (parent.parent !== '') throw new Error(`${publicId(parent)} is a subtab: it has no subtabs.`);
        return open(args, parent.id);
      },
      getFocusedTabInfo: async () => {
        const front = now().tabs.find((t) => t.id === now().focused);
        if (!front) throw new Error('No tab has the focus.');
        return info(front);
      },
      getTabInfo: async (args) => info(tab(args)),
      getAllTabInfo: async () => workspaces(now()).map(info),
      getTabURL: async (args) => window.location.origin + format(tab(args).location),
      getEnclosingTabId: async () => null, // a utility item stands in no tab
      isSubtab: async (args) => tab(args).parent !== '',
      focusTab: async (args) => {
        const t = tab(args);
        send({ type: 'workspace', event: { type: t.parent === '' ? 'raised' : 'focused', id: t.id } });
        return true;
      },
      closeTab: async (args) => {
        send({ type: 'workspace', event: { type: 'closed', id: tab(args).id } });
        return true;
      },
      refreshTab: async (args) => {
        tab(args);
        store.send({ type: 'changed' });
        return true;
      },
      setTabLabel: async (args) => looks(args, { label: text(args, 'label') }),
      setTabIcon: async (args) => looks(args, { icon: iconOf(text(args, 'icon')) }),
    },
  };
}

function infoOf(tab: Tab, w: Workspace, start: Bootstrap): TabInfo {
  const { location, custom } = tab;
  const recordId = location.at === 'record' ? location.id : null;
  const icon = location.at === 'record' ? (start.kinds[location.id.slice(0, 3)]?.icon ?? '') : '';
  return {
    tabId: publicId(tab),
    url: window.location.origin + format(location),
    pinned: false,
    closeable: true,
    title: custom.label || tab.title,
    icon: custom.icon || icon,
    iconAlt: '',
    highlighted: false,
    customTitle: custom.label || null,
    customIcon: custom.icon || null,
    customIconAlt: null,
    isSubtab: tab.parent !== '',
    parentTabId: tab.parent || null,
    focused: tab.parent === '' ? raised(w) === tab.id : w.focused === tab.id,
    recordId,
    pageReference: referenceOf(location),
    subtabs: subtabs(w, tab.id).map((t) => infoOf(t, w, start)),
  };
}

function referenceOf(location: Location): TabInfo['pageReference'] {
  switch (location.at) {
    case 'record': {
      const attributes = { recordId: location.id, objectApiName: location.object, actionName: 'view' };
      return { type: 'standard__recordPage', attributes, state: {} };
    }
    case 'related': {
      const { id, object, list } = location;
      const attributes = { recordId: id, objectApiName: object, relationshipApiName: list, actionName: 'view' };
      return { type: 'standard__recordRelationshipPage', attributes, state: {} };
    }
    case 'flow':
      return { type: 'standard__flow', attributes: { devName: location.name }, state: {} };
    default:
      return { type: 'standard__webPage', attributes: { url: format(location) }, state: {} };
  }
}

/** What a page is to be opened of: a record, an address within the org, or a page reference. */
function target(args: unknown, start: Bootstrap): Location {
  if (!isRecord(args)) throw new Error('recordId, url or pageReference is required.');
  const { recordId, url, pageReference } = args;
  if (typeof recordId === 'string') return record(recordId);
  if (typeof url === 'string') return addressed(url, start);
  if (isRecord(pageReference)) return referenced(pageReference, start);
  throw new Error('recordId, url or pageReference is required.');
}

function record(id: string): Location {
  const location = parse(`/${id}`);
  if (location?.at === 'record') return { ...location, id: to18(id) };
  throw new Error(`${id} is no record id.`);
}

/** Addresses are those of Lightning, of a Visualforce page, and the short form #/sObject/003…/view. */
function addressed(url: string, start: Bootstrap): Location {
  const [, short] = /^#?\/sObject\/(\w{15,18})(?:\/view)?$/.exec(url) ?? [];
  if (short !== undefined) return record(short);
  if (/^\/apex\/\w+/.test(url)) return { at: 'page', url };
  const inOrg = new URL(url, window.location.origin);
  const location = inOrg.origin === window.location.origin ? parse(inOrg.pathname + inOrg.search) : null;
  if (tabName(url) !== '') return tabLocation(tabName(url), start);
  if (!location || !['record', 'related', 'page', 'flow'].includes(location.at))
    throw new Error(`${url} does not open as a tab of this console.`);
  return location;
}

function referenced({ type, attributes }: Record<string, unknown>, start: Bootstrap): Location {
  const at = isRecord(attributes) ? attributes : {};
  if (type === 'standard__recordPage' && typeof at.recordId === 'string') return record(at.recordId);
  if (type === 'standard__navItemPage' && typeof at.apiName === 'string') return tabLocation(at.apiName, start);
  if (type === 'standard__webPage' && typeof at.url === 'string') return addressed(at.url, start);
  throw new Error(`A page reference of type ${String(type)} does not open as a tab of this console.`);
}

function text(args: unknown, name: string): string {
  const value = isRecord(args) ? args[name] : undefined;
  if (typeof value === 'string' && value.length <= 255) return value;
  throw new Error(`${name} must be text of at most 255 characters.`);
}

function iconOf(name: string): string {
  if (/^(standard|custom):[a-z0-9_]{1,60}$/.test(name)) return name;
  throw new Error(`${name} is no icon for a tab; standard:case is one.`);
}
