import { type Decoded, flag, list, number, object, or, text } from '../decode.ts';
import { agent, sentence } from '../wire.ts';

/** What the adapter answers about agents' presences; Go's side is adapter/admin/presence_api.go. A side is centre or org. */

const maybe = or(text, '');

const record = object({ id: text, name: text, callCenter: text, url: text, on: flag });
export type PresenceRecord = Decoded<typeof record>;

const rule = object({
  id: text, // '' for a draft
  name: text,
  source: text,
  when: text,
  any: flag,
  criteria: number,
  destination: text,
  value: text,
  label: text,
  order: number,
  active: flag,
  problems: list(text),
  url: text,
});
export type PresenceRule = Decoded<typeof rule>;

const step = object({ side: text, value: text, label: text, rule: maybe });
export type PresenceStep = Decoded<typeof step>;

const way = object({ steps: list(step), back: number });
export type PresenceWay = Decoded<typeof way>;

const status = object({ name: text, label: text });
export type PresenceStatus = Decoded<typeof status>;

export const presenceRules = object({
  records: list(record),
  record: or(record, null),
  rules: list(rule),
  loops: list(way),
  undone: list(way),
  statuses: object({ org: list(status), centre: list(text) }),
  words: object({ sources: list(text), operands: list(text), comparators: list(text), system: list(text) }),
  noOmni: flag,
  newUrl: text,
});
export type PresenceRules = Decoded<typeof presenceRules>;

const outcome = object({ rule, applies: flag, first: flag, before: text });
export type PresenceOutcome = Decoded<typeof outcome>;

export const presenceTried = object({
  problems: list(text),
  rules: list(outcome),
  sets: list(object({ side: text, value: text, label: text, rule: maybe, already: flag })),
  way,
  loops: list(way),
  undone: list(way),
});
export type PresenceTried = Decoded<typeof presenceTried>;

const stand = object({ value: text, label: text, since: maybe, by: or(sentence, null) });
export type PresenceStand = Decoded<typeof stand>;

const presenceAgent = object({
  agent,
  pages: number,
  centre: stand,
  org: stand,
  troubles: list(sentence),
  stopped: maybe,
});
export type PresenceAgent = Decoded<typeof presenceAgent>;

export const presenceAgents = object({ agents: list(presenceAgent), next: maybe, total: number, needing: number });
export type PresenceAgents = Decoded<typeof presenceAgents>;

const change = object({
  id: number,
  at: text,
  side: text,
  from: text,
  fromLabel: text,
  to: text,
  toLabel: text,
  cause: text,
  by: sentence,
});
export type PresenceChange = Decoded<typeof change>;

export const presenceHistory = object({ agent: presenceAgent, changes: list(change), next: maybe });
export type PresenceHistory = Decoded<typeof presenceHistory>;
