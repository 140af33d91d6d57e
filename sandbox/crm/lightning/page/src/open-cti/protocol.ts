import { isRecord } from '../decode.ts';
import type { Message } from '../messages/message.ts';

/** The messages between the softphone's frame and the console. Both sides check origin, source and nonce before they look inside. */
const mark = 'sforce.opencti';

/** Published answer of every method. */
export interface Answer {
  success: boolean;
  returnValue: unknown;
  errors: { code: string; description: string }[] | null;
}

const eventNames = ['clickToDial', 'navigation', 'workStart'] as const;

export type EventName = (typeof eventNames)[number];

export interface Call {
  mark: typeof mark;
  nonce: string;
  kind: 'call';
  id: number;
  method: string;
  args: Record<string, unknown>;
}

export type FromConsole =
  | { mark: typeof mark; nonce: string; kind: 'answer'; id: number; answer: Answer }
  | { mark: typeof mark; nonce: string; kind: 'event'; name: EventName; payload: unknown }
  | { mark: typeof mark; nonce: string; kind: 'message'; subscription: string; message: Message };

export const call = (nonce: string, id: number, method: string, args: Record<string, unknown>): Call => ({
  mark,
  nonce,
  kind: 'call',
  id,
  method,
  args,
});

export const answer = (nonce: string, id: number, body: Answer): FromConsole => ({
  mark,
  nonce,
  kind: 'answer',
  id,
  answer: body,
});

export const event = (nonce: string, name: EventName, payload: unknown): FromConsole => ({
  mark,
  nonce,
  kind: 'event',
  name,
  payload,
});

/** A message of a channel that the page has subscribed to. */
export const published = (nonce: string, subscription: string, message: Message): FromConsole => ({
  mark,
  nonce,
  kind: 'message',
  subscription,
  message,
});

export function isCall(data: unknown, nonce: string): data is Call {
  return (
    isRecord(data) &&
    data.mark === mark &&
    data.nonce === nonce &&
    data.kind === 'call' &&
    typeof data.id === 'number' &&
    typeof data.method === 'string' &&
    isRecord(data.args)
  );
}

export function isFromConsole(data: unknown, nonce: string): data is FromConsole {
  if (!isRecord(data) || data.mark !== mark || data.nonce !== nonce) return false;
  if (data.kind === 'answer')
    return typeof data.id === 'number' && isRecord(data.answer) && typeof data.answer.success === 'boolean';
  if (data.kind === 'message') return typeof data.subscription === 'string' && isRecord(data.message);
  return data.kind === 'event' && eventNames.some((name) => name === data.name);
}
