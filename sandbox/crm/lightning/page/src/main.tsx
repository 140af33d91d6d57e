import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import '@patchcord/ui/font.css';
import '@patchcord/ui/ui.css';
import './console.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { followAddress, sourceOfVisit, tellsSoftphone } from './address.ts';
import { Api } from './api.ts';
import { appAddress, itemLocation, withTemporary } from './apps/temporary.ts';
import { ConsoleStore, type Panel } from './console-state.ts';
import { completed, deskOf, viewOf } from './desk.ts';
import { softphoneFrame } from './open-cti/frame.ts';
import { reader } from './record/format.ts';
import { format, type Location, parse } from './routes.ts';
import { Failed, NoApp } from './shell/States.tsx';
import type { Bootstrap } from './wire.ts';
import { current, next, restore } from './workspace/tabs.ts';

/** The panel is as large as the call centre asks; if it does not ask, as the utility item says. */
function panelOf(start: Bootstrap): Panel {
  const item = start.app.utilities.find((u) => u.component === 'opencti:softPhone');
  const { callCenter } = start;
  return {
    visible: false,
    opened: item?.eager ?? false,
    height: Math.max(callCenter?.height || item?.height || 0, 240),
    width: Math.max(callCenter?.width || item?.width || 0, 200),
    icon: '',
    label: '',
    itemIcon: item?.icon || 'call',
    itemLabel: item?.label || 'Phone',
  };
}

const memoryKey = (user: string, app: string) => `console-workspace:${user}:${app}`;

/** Storage may be refused or full; then tabs do not survive a reload, and nothing else suffers. */
const memory = (key: string, keeps: 'localStorage' | 'sessionStorage') => ({
  load: (): string | null => {
    try {
      return window[keeps].getItem(key);
    } catch {
      return null;
    }
  },
  save: (value: string): void => {
    try {
      window[keeps].setItem(key, value);
    } catch {
      return;
    }
  },
});

async function begin(root: HTMLElement) {
  const page = createRoot(root);
  const api = new Api();
  try {
    let start = await api.bootstrap();
    const app = appAddress(window.location.pathname);
    if (app) {
      if (!start.app.id.startsWith(app.id)) {
        await api.openApp(app.id);
        start = await api.bootstrap();
      }
      window.history.replaceState(null, '', app.rest + window.location.search);
    }
    if (window.location.pathname.startsWith('/lightning/setup')) {
      const { SetupApp } = await import('./setup/SetupApp.tsx');
      page.render(<SetupApp api={api} start={start} />);
      return;
    }
    if (start.app.id === '') {
      page.render(<NoApp />);
      return;
    }
    const { standard, tempTabs, keepsTabs } = start.app;
    const remembered = memory(memoryKey(start.user.id, start.app.id), keepsTabs ? 'localStorage' : 'sessionStorage');
    const asked = askedFor(start);
    const opening = standard ? 'turned' : 'opened';
    const workspace = next(restore(standard ? null : remembered.load()), { type: opening, location: asked });
    window.history.replaceState(null, '', format(current(workspace)) + sourceOfVisit());
    const store = new ConsoleStore({
      workspace,
      panel: panelOf(start),
      clickToDial: false,
      dialog: null,
      toasts: [],
      nextToast: 1,
      navigation: start.app.navigation,
      temporary: tempTabs && hasItem(asked, standard) ? withTemporary([], asked, start.app.navigation) : [],
      pinned: start.pinned,
      revision: 0,
    });
    const openUnder = (under: string) => (asked: Location, title?: string) => {
      const location = completed(asked, start.kinds);
      if (tempTabs && hasItem(location, standard)) {
        const { temporary, navigation } = store.get();
        store.send({ type: 'temporary', objects: withTemporary(temporary, location, navigation) });
      }
      store.send({
        type: 'workspace',
        event: standard
          ? { type: 'turned', location }
          : { type: 'opened', under, location, ...(title ? { title } : {}) },
      });
    };
    const open = openUnder('');
    const { callCenter } = start;
    const desk = deskOf({ api, store, start, open, openUnder });
    const softphone = callCenter ? softphoneFrame(desk, callCenter.adapterUrl, start.app.id) : null;
    followAddress(store, remembered, open, () => {
      const view = viewOf(store);
      if (tellsSoftphone(view)) softphone?.navigated(view);
    });
    const dial = (d: Parameters<NonNullable<typeof softphone>['dialled']>[0]) => {
      store.send({ type: 'panel', change: { visible: true } });
      softphone?.dialled(d);
    };
    const show = reader(start.user.locale, start.user.timeZone);
    page.render(<App value={{ api, store, start, show, under: '', open, openUnder, dial }} softphone={softphone} />);
  } catch (error) {
    page.render(<Failed error={error instanceof Error ? error : new Error('The console could not start.')} />);
  }
}

/** In a console records open beside the navigation item; with standard navigation they stand below it. */
const hasItem = (location: Location, isStandard: boolean): boolean => isStandard || location.at === 'list';

/** What the address asks for; without a page it is the app's first item. */
function askedFor(start: Bootstrap): Location {
  const first = start.app.navigation[0];
  if (/^\/lightning\/?$/.test(window.location.pathname) && first) return itemLocation(first, start.pinned);
  return known(parse(window.location.pathname + window.location.search) ?? { at: 'home' }, start);
}

/** An address that names no object we know leads home instead of nowhere. */
function known(location: Location, start: Bootstrap): Location {
  try {
    return completed(location, start.kinds);
  } catch {
    return { at: 'home' };
  }
}

const root = document.getElementById('app');
if (root) void begin(root);
