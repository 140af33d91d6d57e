/** The messages between this page and its telephone, as Go's package sandbox/phone defines them. */

export interface Candidate {
  candidate: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
}

export interface Server {
  urls: string[];
  username: string;
  credential: string;
}

/** What the page says. */
export type Said =
  | { type: 'register'; number: string }
  | { type: 'call'; call: string; to: string; withheld: boolean; sdp: string; candidates: Candidate[] }
  | { type: 'answer'; call: string; sdp: string; candidates: Candidate[] }
  | { type: 'decline'; call: string }
  | { type: 'hangup'; call: string };

/** What the page is told. */
export type Told =
  | { type: 'welcome'; own: string; far: string }
  | { type: 'servers'; servers: Server[] }
  | { type: 'registered'; number: string; reachable: boolean }
  | { type: 'incoming'; call: string; from: string }
  | { type: 'audio'; call: string; sdp: string; candidates: Candidate[] }
  | { type: 'ringing'; call: string }
  | { type: 'connected'; call: string }
  | { type: 'digit'; call: string; digit: string }
  | { type: 'ended'; call: string; code: number; text: string };

type Kind = 'string' | 'number' | 'boolean' | 'candidates' | 'servers';

const shapes: { [T in Told['type']]: Record<Exclude<keyof Extract<Told, { type: T }>, 'type'>, Kind> } = {
  welcome: { own: 'string', far: 'string' },
  servers: { servers: 'servers' },
  registered: { number: 'string', reachable: 'boolean' },
  incoming: { call: 'string', from: 'string' },
  audio: { call: 'string', sdp: 'string', candidates: 'candidates' },
  ringing: { call: 'string' },
  connected: { call: 'string' },
  digit: { call: 'string', digit: 'string' },
  ended: { call: 'string', code: 'number', text: 'string' },
};

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;
const isCandidate = (v: unknown): boolean => isRecord(v) && typeof v.candidate === 'string';
const isServer = (v: unknown): boolean =>
  isRecord(v) &&
  Array.isArray(v.urls) &&
  v.urls.every((u) => typeof u === 'string') &&
  typeof v.username === 'string' &&
  typeof v.credential === 'string';

function fits(value: unknown, kind: Kind): boolean {
  if (kind === 'candidates') return Array.isArray(value) && value.every(isCandidate);
  if (kind === 'servers') return Array.isArray(value) && value.every(isServer);
  return typeof value === kind;
}

function isTold(v: unknown): v is Told {
  if (!isRecord(v) || typeof v.type !== 'string' || !Object.hasOwn(shapes, v.type)) return false;
  const shape: Record<string, Kind> = shapes[v.type as Told['type']];
  return Object.entries(shape).every(([name, kind]) => fits(v[name], kind));
}

/** Reads a frame; undefined for what this page does not know. */
export function read(frame: unknown): Told | undefined {
  if (typeof frame !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(frame);
    return isTold(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
