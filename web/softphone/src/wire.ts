/**
 * The messages between a softphone page and the adapter, as Go's package adapter/wire defines them. Types, and the guard
 * through which everything from the adapter passes.
 */
export const version = 1;
export const maxMessage = 256 * 1024;

export interface ContactFacts {
  contactId: string;
  initialContactId: string;
  type: string;
  state: string;
  inbound: boolean;
  /** Of the customer's end, as delivered; empty when withheld. */
  phoneNumber: string;
  queueName: string;
  queueARN: string;
  initiationMethod: string;
  attributes: Record<string, string>;
  /** Epoch milliseconds; 0 if it never was. */
  connectedAt: number;
  /** Milliseconds connected, known at the end. */
  duration: number;
}

export interface AgentFacts {
  username: string;
  name: string;
  state: string;
  routingProfile: string;
}

/** Something that happened, before it has a place in the numbered stream. */
export interface Happening {
  at: number;
  source: string;
  event: string;
  /** The same for the same occurrence in every tab and after every reload. */
  key: string;
  replay: boolean;
  contact?: ContactFacts;
  agent?: AgentFacts;
  payload?: Record<string, unknown>;
}

export interface PageEvent extends Happening {
  seq: number;
}

export interface Hello {
  version: number;
  session: string;
  page: string;
  lastSeq: number;
  visible: boolean;
  inPanel: boolean;
  build: string;
}

export interface Result {
  id: string;
  ok: boolean;
  value?: unknown;
  error?: string;
}

export type FromPage =
  | { type: 'hello'; hello: Hello }
  | { type: 'event'; event: PageEvent }
  | { type: 'ack'; ack: { seq: number } }
  | { type: 'result'; result: Result };

export interface SearchPop {
  searchParams: string;
  queryParams: string;
  defaultFieldValues: Record<string, string>;
  callType: string;
  deferred: boolean;
}

export type CommandBody =
  | { type: 'searchAndScreenPop'; searchPop: SearchPop }
  | { type: 'screenPop'; screenPop: { recordId: string } }
  | { type: 'dial'; dial: { phoneNumber: string; queueARN: string } }
  | { type: 'log'; log: { level: string; message: string } }
  | { type: 'clickToDial' }
  | { type: 'refresh' }
  | { type: 'showPanel' };

/** A command whose type this script does not know yet has no body: it is answered, not carried out. */
export interface Command {
  seq: number;
  id: string;
  body: CommandBody | null;
}

export interface Settings {
  region: string;
  defaultCountry: string;
  clickToDial: boolean;
}

export interface Welcome {
  agent: string;
  ccpUrl: string;
  lastSeq: number;
  settings: Settings;
}

export interface Notice {
  level: 'info' | 'warning' | 'error';
  text: string;
}

export type ToPage =
  | { type: 'welcome'; welcome: Welcome }
  | { type: 'ack'; ack: { seq: number } }
  | { type: 'command'; command: Command }
  | { type: 'notice'; notice: Notice }
  | { type: 'signedOut' };

type Fields = Record<string, unknown>;

export function isFields(v: unknown): v is Fields {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

export function text(v: unknown): string {
  return typeof v === 'string' ? v : '';
}

function count(v: unknown): number | null {
  return typeof v === 'number' && Number.isSafeInteger(v) && v >= 0 ? v : null;
}

/** Reads one message of the adapter; null for anything that is not one. */
export function readMessage(data: unknown): ToPage | null {
  const m = parse(data);
  if (!m) return null;
  switch (m.type) {
    case 'welcome':
      return isFields(m.welcome) ? { type: 'welcome', welcome: readWelcome(m.welcome) } : null;
    case 'ack': {
      const seq = isFields(m.ack) ? count(m.ack.seq) : null;
      return seq === null ? null : { type: 'ack', ack: { seq } };
    }
    case 'command': {
      if (!isFields(m.command) || text(m.command.id) === '') return null;
      const seq = count(m.command.seq) ?? 0;
      return { type: 'command', command: { seq, id: text(m.command.id), body: readBody(m.command.body) } };
    }
    case 'notice': {
      if (!isFields(m.notice) || text(m.notice.text) === '') return null;
      const level = m.notice.level === 'error' || m.notice.level === 'warning' ? m.notice.level : 'info';
      return { type: 'notice', notice: { level, text: text(m.notice.text).slice(0, 1000) } };
    }
    case 'signedOut':
      return { type: 'signedOut' };
    default:
      return null;
  }
}

function parse(data: unknown): Fields | null {
  if (typeof data !== 'string' || data.length > maxMessage) return null;
  try {
    const m: unknown = JSON.parse(data);
    return isFields(m) ? m : null;
  } catch {
    return null;
  }
}

function readWelcome(w: Fields): Welcome {
  const s = isFields(w.settings) ? w.settings : {};
  return {
    agent: text(w.agent),
    ccpUrl: text(w.ccpUrl),
    lastSeq: count(w.lastSeq) ?? 0,
    settings: {
      region: text(s.region),
      defaultCountry: text(s.defaultCountry),
      clickToDial: s.clickToDial === true,
    },
  };
}

function readBody(v: unknown): CommandBody | null {
  if (!isFields(v)) return null;
  switch (v.type) {
    case 'searchAndScreenPop':
      return isFields(v.searchPop) ? { type: v.type, searchPop: readSearchPop(v.searchPop) } : null;
    case 'screenPop': {
      const recordId = isFields(v.screenPop) ? text(v.screenPop.recordId) : '';
      return recordId === '' ? null : { type: v.type, screenPop: { recordId } };
    }
    case 'dial': {
      const phoneNumber = isFields(v.dial) ? text(v.dial.phoneNumber) : '';
      const queueARN = isFields(v.dial) ? text(v.dial.queueARN) : '';
      return phoneNumber === '' ? null : { type: v.type, dial: { phoneNumber, queueARN } };
    }
    case 'log':
      return isFields(v.log)
        ? { type: v.type, log: { level: text(v.log.level), message: text(v.log.message).slice(0, 10_000) } }
        : null;
    case 'clickToDial':
    case 'refresh':
    case 'showPanel':
      return { type: v.type };
    default:
      return null;
  }
}

function readSearchPop(p: Fields): SearchPop {
  const defaults: Record<string, string> = {};
  if (isFields(p.defaultFieldValues))
    for (const [name, value] of Object.entries(p.defaultFieldValues)) defaults[name] = text(value);
  return {
    searchParams: text(p.searchParams),
    queryParams: text(p.queryParams),
    defaultFieldValues: defaults,
    callType: text(p.callType),
    deferred: p.deferred === true,
  };
}
