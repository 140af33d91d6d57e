import { isRecord } from '../decode.ts';
import type { Message } from './message.ts';

/** The messages between a Visualforce page's sforce.one and the console. Both sides check origin, source and nonce. */
const mark = 'sforce.one';

/** What a page asks; a channel is named by its token. */
export type Ask =
  | { kind: 'publish'; channel: string; message: Message }
  | { kind: 'subscribe'; channel: string; subscription: string; everywhere: boolean }
  | { kind: 'unsubscribe'; subscription: string };

export type Tell = { kind: 'message'; subscription: string; message: Message } | { kind: 'refused'; reason: string };

interface Marked {
  mark: typeof mark;
  nonce: string;
}

export const asked = (nonce: string, ask: Ask): Ask & Marked => ({ mark, nonce, ...ask });
export const told = (nonce: string, tell: Tell): Tell & Marked => ({ mark, nonce, ...tell });

const ours = (data: unknown, nonce: string): data is Record<string, unknown> =>
  isRecord(data) && data.mark === mark && data.nonce === nonce;

export function isAsk(data: unknown, nonce: string): data is Ask & Marked {
  if (!ours(data, nonce)) return false;
  const named = typeof data.subscription === 'string';
  switch (data.kind) {
    case 'publish':
      return typeof data.channel === 'string' && isRecord(data.message);
    case 'subscribe':
      return typeof data.channel === 'string' && named && typeof data.everywhere === 'boolean';
    default:
      return data.kind === 'unsubscribe' && named;
  }
}

export function isTell(data: unknown, nonce: string): data is Tell & Marked {
  if (!ours(data, nonce)) return false;
  if (data.kind === 'refused') return typeof data.reason === 'string';
  return data.kind === 'message' && typeof data.subscription === 'string' && isRecord(data.message);
}
