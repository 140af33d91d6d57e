import '@salesforce-ux/design-system/assets/styles/salesforce-lightning-design-system.min.css';
import '@patchcord/ui/font.css';
import '@patchcord/ui/ui.css';
import './console.css';
import './omni/omni.css';
import './narrow.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { followAddress, sourceOfVisit, tellsSoftphone } from './address.ts';
import { Api } from './api.ts';
import { appAddress, itemLocation } from './apps/address.ts';
import { AuraHost } from './aura/host.ts';
import { ConsoleStore } from './console-state.ts';
import { completed, deskOf, named, tabLocation } from './desk.ts';
import { MessageService } from './messages/service.ts';
import { OmniLink } from './omni/client.ts';
import { followOmni } from './omni/follow.ts';
import { omniWidget } from './omni/omni.ts';
import { socketStream } from './omni/stream.ts';
import { type Dialled, softphoneFrame } from './open-cti/frame.ts';
import { SalesWorks } from './open-cti/sales-work.ts';
import { reader } from './record/format.ts';
import { format, type Location, newRecord, parse, tabName } from './routes.ts';
import { Failed, NoApp } from './shell/States.tsx';
import { type Panel, softphoneItem, utilitiesOf } from './utility/utilities.ts';
import type { Bootstrap } from './wire.ts';
import { current, next, restore } from './workspace/tabs.ts';

/** The panel is as large as the call centre asks; if it does not ask, as the utility item says. */
function panelOf(start: Bootstrap): Panel {
  const item = start.app.utilities.find((u) => u.component === softphoneItem);
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
const memory = (key: string) => ({
  load: (): string | null => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  save: (value: string): void => {
    try {
      window.localStorage.setItem(key, value);
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
    const remembered = memory(memoryKey(start.user.id, start.app.id));
    const asked = askedFor(start);
    const form = newRecord(window.location.pathname + window.location.search);
    const workspace = next(restore(remembered.load()), { type: 'opened', location: asked });
    window.history.replaceState(null, '', format(current(workspace)) + sourceOfVisit());
    const store = new ConsoleStore({
      workspace,
      panel: panelOf(start),
      utilities: utilitiesOf(start.app.utilities),
      clickToDial: false,
      dialog: form ? { show: 'new', ...form } : null,
      toasts: [],
      nextToast: 1,
      navigation: start.app.navigation,
      revision: 0,
    });
    const openUnder = (under: string) => (asked: Location, title?: string) => {
      const location = completed(asked, start.kinds);
      const event = { type: 'opened' as const, under, location, ...(title ? { title } : {}) };
      store.send({ type: 'workspace', event });
    };
    const open = openUnder('');
    const { callCenter } = start;
    const works = new SalesWorks(() => crypto.randomUUID().replaceAll('-', '').slice(0, 18));
    const messages = new MessageService(start.messageChannels);
    const omniItem = store.get().utilities.find((u) => u.component === omniWidget);
    const omni = omniItem ? omniOf(api, open) : null;
    if (omni && omniItem) {
      followOmni(omni, store, omniItem);
      omni.start();
    }
    const aura = new AuraHost({ api, store, start, messages, omni });
    aura.listen();
    const desk = deskOf({ api, store, start, open, openUnder, works });
    const softphone = callCenter ? softphoneFrame(desk, messages, callCenter, start.app.id) : null;
    let told = '';
    followAddress(store, remembered, open, async () => {
      told = '';
      const view = await named(store); // the person may have gone on meanwhile: each page is told once
      if (view.url !== told && tellsSoftphone(view)) softphone?.navigated(view);
      told = view.url;
    });
    const dial = (d: Dialled) => {
      store.send({ type: 'panel', change: { visible: true } });
      softphone?.dialled(d);
    };
    const startSalesCall = (d: Dialled) => {
      softphone?.workStarted(works.start(d));
      dial(d);
    };
    const rooms = { messages, aura, omni, show: reader(start.user.locale, start.user.timeZone) };
    const value = { api, store, start, ...rooms, under: '', open, openUnder, dial, startSalesCall };
    page.render(<App value={value} softphone={softphone} />);
  } catch (error) {
    page.render(<Failed error={error instanceof Error ? error : new Error('The console could not start.')} />);
  }
}

/** The person's Omni-Channel by a socket of this origin. */
function omniOf(api: Api, open: (location: Location) => void): OmniLink {
  return new OmniLink({
    api,
    stream: socketStream(`${window.location.origin.replace(/^http/, 'ws')}/lightning/api/omni/stream`),
    open: (id) => open({ at: 'record', object: '', id }),
    isInFront: () => document.visibilityState === 'visible',
  });
}

/** What the address asks for; without a page it is the app's first item. */
function askedFor(start: Bootstrap): Location {
  const first = start.app.navigation[0];
  if (/^\/lightning\/?$/.test(window.location.pathname) && first) return itemLocation(first);
  const address = window.location.pathname + window.location.search;
  const location = parse(address) ?? { at: 'home' };
  return known(() => (tabName(address) ? tabLocation(tabName(address), start) : completed(location, start.kinds)));
}

/** An address that names nothing we know leads home instead of nowhere. */
function known(read: () => Location): Location {
  try {
    return read();
  } catch {
    return { at: 'home' };
  }
}

const root = document.getElementById('app');
if (root) void begin(root);
