import { isRecord } from '../decode.ts';
import { messageOf, messageText } from '../messages/message.ts';
import { type Ask, asked, isTell } from '../messages/protocol.ts';
import { randomHex } from '../random.ts';
import { parameter } from './parameter.ts';

/** The methods of Lightning Message Service that a Visualforce page in the console has: `sforce.one`. */
export interface SforceOne {
  publish(channel: unknown, message: unknown): void;
  subscribe(channel: unknown, listener: unknown, options?: unknown): { subscription: string };
  unsubscribe(subscription: unknown): void;
}

/** Builds it for one page; null for a page that stands nowhere in the console. */
export function sforceOne(page: Window): SforceOne | null {
  const origin = parameter(page.location.href, 'sfdcIFrameOrigin');
  const nonce = parameter(page.location.href, 'nonce');
  if (origin === '' || nonce === '' || page.parent === page) return null;
  const subscribed = new Map<string, (message: unknown) => void>();
  const ask = (what: Ask) => page.parent.postMessage(asked(nonce, what), origin);

  page.addEventListener('message', (e: MessageEvent<unknown>) => {
    if (e.source !== page.parent || e.origin !== origin || !isTell(e.data, nonce)) return;
    if (e.data.kind === 'refused') console.error(`sforce.one: ${e.data.reason}`);
    else subscribed.get(e.data.subscription)?.(e.data.message);
  });
  page.addEventListener('pagehide', () => {
    for (const subscription of subscribed.keys()) ask({ kind: 'unsubscribe', subscription });
    subscribed.clear();
  });
  return {
    publish(channel, message) {
      ask({ kind: 'publish', channel: channelOf(channel), message: messageOf(messageText(message)) });
    },
    subscribe(channel, listener, options) {
      if (typeof listener !== 'function') throw new TypeError('sforce.one.subscribe: the listener must be a function.');
      const subscription = randomHex(16);
      const everywhere = isRecord(options) && options.scope === 'APPLICATION';
      ask({ kind: 'subscribe', channel: channelOf(channel), subscription, everywhere });
      subscribed.set(subscription, (message) => listener(message));
      return { subscription };
    },
    unsubscribe(made) {
      const subscription = isRecord(made) ? made.subscription : undefined;
      if (typeof subscription !== 'string' || !subscribed.delete(subscription))
        throw new TypeError('sforce.one.unsubscribe: there is no such subscription.');
      ask({ kind: 'unsubscribe', subscription });
    },
  };
}

function channelOf(channel: unknown): string {
  if (typeof channel === 'string' && channel !== '') return channel;
  throw new TypeError('sforce.one: the channel must be what $MessageChannel gives.');
}
