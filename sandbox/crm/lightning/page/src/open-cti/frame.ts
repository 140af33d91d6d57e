import { FrameSubscriptions } from '../messages/frame-subscriptions.ts';
import { pageDoor } from '../messages/page-door.ts';
import type { MessageService } from '../messages/service.ts';
import { randomHex } from '../random.ts';
import { answered, type Desk, dispatch, type ViewInfo } from './dispatch.ts';
import { type Answer, answer, type EventName, event, isCall, published } from './protocol.ts';
import type { SalesWork } from './sales-work.ts';

/** The number that a person clicked, and whose it is. */
export interface Dialled {
  number: string;
  recordId: string;
  recordName: string;
  objectType: string;
}

/** The console's end of one softphone frame. */
export interface SoftphoneFrame {
  src: string;
  attach(frame: HTMLIFrameElement): () => void;
  dialled(d: Dialled): void;
  navigated(v: ViewInfo): void;
  workStarted(w: SalesWork): void;
}

/** The methods by which a softphone asks for events. */
const listeners: Record<string, EventName | undefined> = {
  onClickToDial: 'clickToDial',
  onNavigationChange: 'navigation',
  'hvs.onWorkStart': 'workStart',
};

/** The address under which the panel loads a call centre's adapter. */
export function adapterAddress(adapterUrl: string, origin: string, nonce: string, appId: string): URL {
  const url = new URL(adapterUrl);
  const more = {
    mode: 'Lightning',
    sfdcIFrameOrigin: origin,
    sfdcIFrameHost: 'web',
    nonce,
    ltn_app_id: appId,
    clc: '1',
  };
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return url;
}

/** The adapter, and what takes its place when it does not say in time that it has started. */
export interface Adapter {
  adapterUrl: string;
  standbyUrl: string; // empty: nothing does
  timeout: number; // milliseconds
}

const standbyKey = 'softphone-standby';

/** Once on its standby address, a softphone stays there for the session. Without storage it is tried anew by each page. */
const standby = {
  taken: (url: string): boolean => {
    try {
      return window.sessionStorage.getItem(standbyKey) === url;
    } catch {
      return false;
    }
  },
  take: (url: string): void => {
    try {
      window.sessionStorage.setItem(standbyKey, url);
    } catch {
      return;
    }
  },
};

/** Makes the console's end: answers what the frame asks, and hears nothing from anybody else. */
export function softphoneFrame(desk: Desk, messages: MessageService, adapter: Adapter, appId: string): SoftphoneFrame {
  const nonce = randomHex(32);
  const { standbyUrl, timeout } = adapter;
  const addressOf = (url: string) => adapterAddress(url, window.location.origin, nonce, appId);
  const falls = standbyUrl !== '' && timeout > 0;
  let onStandby = falls && standby.taken(standbyUrl);
  let url = addressOf(onStandby ? standbyUrl : adapter.adapterUrl);
  let waiting = 0;
  const wants = new Set<EventName>();
  let target: HTMLIFrameElement | null = null;

  const send = (data: unknown) => target?.contentWindow?.postMessage(data, url.origin);
  const subscriptions = new FrameSubscriptions(messages, (subscription, message) =>
    send(published(nonce, subscription, message)),
  );
  const door = pageDoor(messages, nonce, send, () => true); // a utility item is always active

  const post = (name: EventName, payload: unknown) => {
    if (wants.has(name)) send(event(nonce, name, payload));
  };
  const receive = (e: MessageEvent<unknown>) => {
    if (!target || e.source !== target.contentWindow || e.origin !== url.origin) return;
    if (!isCall(e.data, nonce)) {
      door.hear(e.data);
      return;
    }
    const { id, method, args } = e.data;
    const name = listeners[method];
    if (name) wants.add(name);
    if (method === 'notifyInitializationComplete') window.clearTimeout(waiting);
    const { contentWindow } = target;
    const { origin } = url;
    const handled = atMessages(messages, subscriptions, method, args) ?? dispatch(desk, method, args);
    handled.then((body) => contentWindow?.postMessage(answer(nonce, id, body), origin));
  };
  const gone = () => {
    subscriptions.end();
    door.end();
  };
  const fallBack = () => {
    if (!target) return;
    onStandby = true;
    standby.take(standbyUrl);
    wants.clear();
    gone();
    url = addressOf(standbyUrl);
    target.src = url.href;
  };
  return {
    get src() {
      return url.href;
    },
    attach(frame) {
      target = frame;
      window.addEventListener('message', receive);
      if (falls && !onStandby) waiting = window.setTimeout(fallBack, timeout);
      return () => {
        window.clearTimeout(waiting);
        window.removeEventListener('message', receive);
        gone();
        target = null;
      };
    },
    dialled: (d) => post('clickToDial', d),
    navigated: (v) => post('navigation', v),
    workStarted: (w) => post('workStart', w),
  };
}

/** Carries out a method of Lightning Message Service; null: it is none. The panel is a utility item, which is always active. */
function atMessages(
  service: MessageService,
  own: FrameSubscriptions,
  method: string,
  { channelName, message, subscription }: Record<string, unknown>,
): Promise<Answer> | null {
  switch (method) {
    case 'publish':
      return answered(() => service.publish(channelName, message));
    case 'subscribe':
      return answered(() => own.subscribe(subscription, channelName));
    case 'unsubscribe':
      return answered(() => own.unsubscribe(subscription));
    default:
      return null;
  }
}
