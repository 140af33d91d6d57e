import { anything, type Decoded, flag, list, number, object, or, text, texts } from './decode.ts';

/** What the adapter answers; Go's side is adapter/admin/api.go. Times are RFC 3339 in UTC, '' where there is none. */

const maybe = or(text, '');
const count = or(number, 0);
const nothing: Record<string, string> = {};
const named = or(texts, nothing);

export const agent = object({ userId: text, name: text, username: text });
export type Agent = Decoded<typeof agent>;

export const sentence = object({ code: text, args: named, sentence: text });
export type Sentence = Decoded<typeof sentence>;

export const me = object({ userId: text, name: text, sees: text, csrf: text, expires: maybe });
export type Me = Decoded<typeof me>;

export const problem = object({ code: text, sentence: text });

const call = object({
  contactId: text,
  agent,
  type: text,
  inbound: flag,
  number: text,
  queue: text,
  at: text,
  phase: text,
  answered: flag,
  endedAt: maybe,
  duration: number, // milliseconds
  record: maybe,
  outcome: text,
  why: sentence,
  traceId: maybe,
});
export type Call = Decoded<typeof call>;

/** What the calls can be narrowed to. */
export const filters = object({ agents: list(agent), queues: list(text) });
export type Filters = Decoded<typeof filters>;

export const callList = object({ calls: list(call), next: maybe });
export type CallList = Decoded<typeof callList>;

const step = object({
  number,
  action: text,
  in: maybe, // where the flow was called in which it is
  type: text,
  title: maybe,
  port: text,
  problem: maybe,
  warning: maybe,
  open: flag,
  started: text,
  took: number, // milliseconds
  inputs: anything,
  inputsCut: count, // bytes in whole; 0 if it was not cut
  result: anything,
  resultCut: count,
});
export type Step = Decoded<typeof step>;

export const stepList = object({ steps: list(step), total: number, next: count });

const run = object({
  id: number,
  contactId: maybe,
  agent,
  kind: text,
  flow: maybe,
  event: maybe,
  status: text,
  why: or(sentence, null),
  created: text,
  ended: maybe,
  wake: maybe,
  took: number, // milliseconds
  tries: number,
  version: maybe,
  canRetry: flag,
  canDrop: flag,
  steps: list(step),
  stepsTotal: number,
});
export type Run = Decoded<typeof run>;

const state = object({ event: text, state: text, at: text, derived: flag, misdated: flag });
export type State = Decoded<typeof state>;

const fact = object({
  key: text,
  name: text,
  at: text,
  page: text,
  derived: flag,
  misdated: flag,
  replay: flag,
  state: maybe,
});
export type Fact = Decoded<typeof fact>;

const leg = object({
  call,
  attributes: named,
  states: list(state),
  facts: list(fact),
  popped: list(object({ record: text, at: text })),
  chosen: maybe,
  dialled: maybe,
  task: maybe,
  runs: list(run),
  recordUrl: maybe,
  taskUrl: maybe,
});
export type Leg = Decoded<typeof leg>;

export const callDetail = object({ contactId: text, legs: list(leg), damaged: list(text) });
export type CallDetail = Decoded<typeof callDetail>;

const waitingGroup = object({ agent, status: text, why: sentence, count: number, oldest: text });
export type WaitingGroup = Decoded<typeof waitingGroup>;

export const waitingList = object({ groups: list(waitingGroup), runs: list(run), next: maybe });
export type WaitingList = Decoded<typeof waitingList>;

const agentHealth = object({ agent, pages: number, bound: maybe, state: text });
export type AgentHealth = Decoded<typeof agentHealth>;

const recordHealth = object({ callCenter: text, name: text, url: maybe, problems: list(text) });
export type RecordHealth = Decoded<typeof recordHealth>;

const nodeHealth = object({
  name: text,
  version: text,
  address: text,
  since: text,
  heard: text,
  silent: flag,
  agents: number,
  pages: number,
  leads: flag,
  here: flag,
});
export type NodeHealth = Decoded<typeof nodeHealth>;

export const health = object({
  open: number,
  waiting: number,
  givenUp: number,
  syncStopped: count, // agents
  store: object({ file: text, size: number, free: number, writable: flag, problem: maybe }),
  api: object({ used: number, max: number }),
  nodes: list(nodeHealth), // none if the adapter is alone
  agents: list(agentHealth),
  records: list(recordHealth),
  damage: list(text),
  problems: list(sentence),
});
export type Health = Decoded<typeof health>;

export const done = object({ done: flag });
