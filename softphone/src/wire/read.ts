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
  type Caller,
  type Choose,
  type CommandBody,
  type CompleteWork,
  type Contact as ContactFacts,
  closeCodes,
  commandKinds,
  type Event as PageEvent,
  type FromPage,
  type Hello,
  type Hold,
  type Match,
  maxMessage,
  type Notice,
  type Omni as OmniAsk,
  type OpenTab,
  type PanelChange,
  type Phone,
  type Presence,
  type Question,
  type Refusal,
  type Result,
  type ScreenPop,
  type Search,
  type Sees,
  type SetStatus,
  type Settings,
  version,
  type Welcome,
} from './messages.gen.ts';

/** A fact: something that happened, before it is said how long ago. */
export type Happening = Omit<PageEvent, 'age'>;

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
  const { id, again } = m.command;
  if (typeof id !== 'string' || id === '') return null;
  return { type: 'command', command: { id, again: again === true, body: null } };
}

/** What the adapter said of the adapter record, from wherever it was kept; null for anything else. */
export const readSettings = (v: unknown): Settings | null => (isSettings(v) ? v : null);

/** A fact that was kept; whether it is a good one is for the adapter to say. */
export function isHappening(v: unknown): v is Happening {
  return (
    isFields(v) &&
    typeof v.source === 'string' &&
    typeof v.event === 'string' &&
    typeof v.key === 'string' &&
    typeof v.replay === 'boolean' &&
    (v.contact === undefined || (isFields(v.contact) && typeof v.contact.contactId === 'string'))
  );
}

export function isFields(v: unknown): v is Record<string, unknown> {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

export function text(v: unknown): string {
  return typeof v === 'string' ? v : '';
}

const encoder = new TextEncoder();

/** How long a text is on the wire, in bytes. */
export const bytesOf = (s: string): number => encoder.encode(s).length;
