import { isRecord } from '../decode.ts';

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
  | { mark: typeof mark; nonce: string; kind: 'event'; name: EventName; payload: unknown };

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
  return data.kind === 'event' && eventNames.some((name) => name === data.name);
}
