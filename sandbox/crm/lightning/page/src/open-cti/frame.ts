import { type Desk, dispatch, type ViewInfo } from './dispatch.ts';
import { answer, type EventName, event, isCall } from './protocol.ts';

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
}

const newNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('');

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

/** Makes the console's end: answers what the frame asks, and hears nothing from anybody else. */
export function softphoneFrame(desk: Desk, adapterUrl: string, appId: string): SoftphoneFrame {
  const nonce = newNonce();
  const url = adapterAddress(adapterUrl, window.location.origin, nonce, appId);
  const wants = new Set<EventName>();
  let target: HTMLIFrameElement | null = null;

  const post = (name: EventName, payload: unknown) => {
    if (wants.has(name)) target?.contentWindow?.postMessage(event(nonce, name, payload), url.origin);
  };
  const receive = (e: MessageEvent<unknown>) => {
    if (!target || e.source !== target.contentWindow || e.origin !== url.origin || !isCall(e.data, nonce)) return;
    const { id, method, args } = e.data;
    if (method === 'onClickToDial') wants.add('clickToDial');
    if (method === 'onNavigationChange') wants.add('navigation');
    const { contentWindow } = target;
    dispatch(desk, method, args).then((body) => contentWindow?.postMessage(answer(nonce, id, body), url.origin));
  };
  return {
    src: url.href,
    attach(frame) {
      target = frame;
      window.addEventListener('message', receive);
      return () => {
        window.removeEventListener('message', receive);
        target = null;
      };
    },
    dialled: (d) => post('clickToDial', d),
    navigated: (v) => post('navigation', v),
  };
}
