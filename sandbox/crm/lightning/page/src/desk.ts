import { sourceOfVisit } from './address.ts';
import type { Api } from './api.ts';
import type { ConsoleStore } from './console-state.ts';
import { queryOf, readFlow } from './flow/wire.ts';
import type { Desk, ViewInfo } from './open-cti/dispatch.ts';
import type { SalesWorks } from './open-cti/sales-work.ts';
import type { Pop } from './open-cti/screen-pop.ts';
import { format, type Location } from './routes.ts';
import type { Bootstrap, Kind } from './wire.ts';
import { current, currentTitle, raised } from './workspace/tabs.ts';

/** The object of a record, read from its id's first three characters where the address does not name it. */
export function completed(location: Location, kinds: Record<string, Kind>): Location {
  if (location.at !== 'record' || location.object !== '') return location;
  const object = kinds[location.id.slice(0, 3)]?.object;
  if (object === undefined) throw new Error(`No object that you can see has records like ${location.id}.`);
  return { ...location, object };
}

/** What Open CTI says of the page in front of the person. */
export function viewOf(store: ConsoleStore): ViewInfo {
  const { workspace } = store.get();
  const location = current(workspace);
  const url = format(location) + sourceOfVisit();
  if (location.at !== 'record') return { url };
  const recordName = currentTitle(workspace);
  return { url, recordId: location.id, recordName, objectType: location.object };
}

const waitForName = 5000; // milliseconds

/**
 * What Open CTI says once the record in front has its name, which is read after its page has opened; without one when
 * that takes too long.
 */
export function named(store: ConsoleStore): Promise<ViewInfo> {
  return new Promise((resolve) => {
    const ready = (view: ViewInfo) => view.recordName !== '';
    if (ready(viewOf(store))) {
      resolve(viewOf(store));
      return;
    }
    const end = () => {
      window.clearTimeout(timer);
      stop();
      resolve(viewOf(store));
    };
    const timer = window.setTimeout(end, waitForName);
    const stop = store.subscribe(() => {
      if (ready(viewOf(store))) end();
    });
  });
}

/** The page of a tab; an error for one that is not there or has none. */
export function tabLocation(name: string, { tabs, kinds }: Bootstrap): Location {
  const url = tabs[name];
  if (url !== undefined) return { at: 'page', url };
  if (Object.values(kinds).some((kind) => kind.object === name)) return { at: 'list', object: name, view: 'Recent' };
  throw new Error(`There is no tab ${name}.`);
}

interface Parts {
  api: Api;
  store: ConsoleStore;
  start: Bootstrap;
  open(location: Location, title?: string): void;
  openUnder(workspace: string): (location: Location, title?: string) => void;
  works: SalesWorks;
}

/** Opens a flow: beside the record that the person works on, else in a tab of its own. */
async function popFlow({ api, store, openUnder }: Parts, { flow, args }: Extract<Pop, { flow: string }>) {
  const { workspace } = store.get();
  const front = workspace.tabs.find((t) => t.id === raised(workspace));
  const location: Location = { at: 'flow', name: flow, args: queryOf(args) };
  openUnder(front?.location.at === 'record' ? front.id : '')(location);
  await readFlow(api, flow); // what stands against it is told to the softphone as well as in the tab
  return { url: format(location) };
}

/** The console as a softphone sees it. */
export function deskOf(parts: Parts): Desk {
  const { api, store, start, open, works } = parts;
  return {
    view: () => named(store),
    async pop(to) {
      if ('create' in to) {
        store.send({ type: 'dialog', dialog: { show: 'new', object: to.create, values: to.values } });
        return null;
      }
      if ('flow' in to) return popFlow(parts, to);
      if ('tab' in to) {
        const location = tabLocation(to.tab, start);
        open(location);
        return { url: format(location) };
      }
      const location = completed(to.to, start.kinds);
      open(location);
      return location.at === 'record' ? { id: location.id, url: format(location) } : { url: format(location) };
    },
    search: (text, callType) => api.softphoneSearch(text, callType),
    async save(object, id, values) {
      const name = object || start.kinds[id.slice(0, 3)]?.object;
      if (name === undefined) throw new Error(`No object that you can see has records like ${id}.`);
      return (id === '' ? await api.create(name, values) : await api.update(name, id, values, '')).id;
    },
    settings: () => start.callCenter?.settings ?? {},
    layout: () => api.softphoneLayout(),
    refresh: () => store.send({ type: 'changed' }),
    panelVisible: () => store.get().panel.visible,
    setPanel: (change) => store.send({ type: 'panel', change }),
    enableClickToDial: (enabled) => store.send({ type: 'clickToDial', enabled }),
    started: () => undefined,
    completeWork: (args) => store.send({ type: 'toasted', tone: 'success', message: works.complete(args) }),
  };
}
