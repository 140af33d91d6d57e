import { answer, isCall } from '../open-cti/protocol.ts';
import { randomHex } from '../random.ts';
import { pageDoor } from './page-door.ts';
import type { MessageService } from './service.ts';

/** A Visualforce page in a tab of the console. */
export interface VisualforceFrame {
  src: string;
  attach(frame: HTMLIFrameElement): () => void;
}

/** The console's end of a Visualforce page that is no softphone: it hears sforce.one, and refuses Open CTI. */
export function visualforceFrame(
  service: MessageService,
  address: URL,
  appId: string,
  active: () => boolean,
): VisualforceFrame {
  const nonce = randomHex(32);
  const url = new URL(address);
  const more = {
    isdtp: 'p1',
    sfdcIFrameOrigin: window.location.origin,
    sfdcIFrameHost: 'web',
    nonce,
    ltn_app_id: appId,
    clc: '1',
  };
  for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
  return {
    src: url.href,
    attach(frame) {
      const post = (data: unknown) => frame.contentWindow?.postMessage(data, url.origin);
      const door = pageDoor(service, nonce, post, active);
      const receive = (e: MessageEvent<unknown>) => {
        if (e.source !== frame.contentWindow || e.origin !== url.origin) return;
        if (isCall(e.data, nonce)) post(answer(nonce, e.data.id, notHere));
        else door.hear(e.data);
      };
      window.addEventListener('message', receive);
      return () => {
        window.removeEventListener('message', receive);
        door.end();
      };
    },
  };
}

const notHere = {
  success: false,
  returnValue: null,
  errors: [{ code: 'NOT_IN_CONSOLE', description: 'This page is not in a softphone panel.' }],
};
