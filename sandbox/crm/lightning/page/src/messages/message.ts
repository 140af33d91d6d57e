import { isRecord } from '../decode.ts';

/** What goes over a Lightning message channel: an object of what JSON can say. */
export type Message = Record<string, unknown>;

/** A call of the message service that it refuses, with what Open CTI calls the reason. */
export class RefusedMessage extends Error {
  constructor(
    readonly code: 'INVALID_PARAM' | 'UNKNOWN_CHANNEL' | 'LIMIT_EXCEEDED',
    message: string,
  ) {
    super(message);
  }
}

export const largestMessage = 64 * 1024; // bytes of its JSON

/** The message's JSON, of which every hearer gets a copy of its own. */
export function messageText(message: unknown): string {
  if (!isRecord(message) || Array.isArray(message))
    throw new RefusedMessage('INVALID_PARAM', 'The message must be an object.');
  const text = written(message);
  if (new TextEncoder().encode(text).length > largestMessage)
    throw new RefusedMessage('LIMIT_EXCEEDED', 'A message may have 64 KB at most.');
  return text;
}

function written(message: Message): string {
  try {
    return JSON.stringify(message, (key, value: unknown) => {
      if (typeof value === 'function' || typeof value === 'symbol')
        throw new RefusedMessage('INVALID_PARAM', `A message can't contain a ${typeof value}: ${key}.`);
      return value;
    });
  } catch (error) {
    if (error instanceof RefusedMessage) throw error;
    throw new RefusedMessage('INVALID_PARAM', "The message can't be written as JSON."); // a cycle, a bigint
  }
}

/** The copy for one hearer. */
export function messageOf(text: string): Message {
  const message: unknown = JSON.parse(text);
  return isRecord(message) ? message : {};
}
