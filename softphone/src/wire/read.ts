import { isSettings, isToPage } from './guards.gen.js';
import {
  type ToPage as Known,
  type Command as KnownCommand,
  maxMessage,
  type Event as PageEvent,
  type Settings,
} from './messages.gen.ts';

export { isResult } from './guards.gen.js';
export {
  type Agent as AgentFacts,
  type CommandBody,
  type Contact as ContactFacts,
  type Event as PageEvent,
  type FromPage,
  maxMessage,
  type Notice,
  type Result,
  type SearchPop,
  type Settings,
  version,
  type Welcome,
} from './messages.gen.ts';

/** Something that happened, before it has a place in the numbered stream. */
export type Happening = Omit<PageEvent, 'seq'>;

/** A command whose type this script does not know yet has no body: it is answered, not carried out. */
export type Command = Omit<KnownCommand, 'body'> & { body: KnownCommand['body'] | null };

export type ToPage = Exclude<Known, { type: 'command' }> | { type: 'command'; command: Command };

/** Reads one message of the adapter; null for anything that is not one. */
export function readMessage(data: unknown): ToPage | null {
  if (typeof data !== 'string' || data.length > maxMessage) return null;
  let m: unknown;
  try {
    m = JSON.parse(data);
  } catch {
    return null;
  }
  if (isToPage(m)) return m;
  if (!isFields(m) || m.type !== 'command' || !isFields(m.command)) return null;
  const { id, seq } = m.command;
  if (typeof id !== 'string' || id === '') return null;
  return { type: 'command', command: { id, seq: typeof seq === 'number' ? seq : 0, body: null } };
}

/** What the adapter said of the adapter record, from wherever it was kept; null for anything else. */
export const readSettings = (v: unknown): Settings | null => (isSettings(v) ? v : null);

export function isFields(v: unknown): v is Record<string, unknown> {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

export function text(v: unknown): string {
  return typeof v === 'string' ? v : '';
}
