import type { Fact, Leg } from '../wire.ts';
import { runTitle, status } from '../words.ts';

/** One line of what happened, in words; the platform's own words stand beside it. */
export interface Moment {
  key: string;
  at: string;
  what: string;
  raw: string; // the event's own name; '' if there is none
  notes: string[];
  kind: 'state' | 'fact' | 'pop' | 'run';
  run?: number; // id of the run that it is about
}

const events: Record<string, string> = {
  onIncoming: 'Came in',
  onPending: 'Waiting for the agent',
  onConnecting: 'Offered to the agent',
  onAccepted: 'Accepted by the agent',
  onConnected: 'Connected',
  onHold: 'Customer put on hold',
  onResume: 'Customer taken off hold',
  onMissed: 'Missed',
  onEnded: 'Ended',
  onACW: 'After-call work began',
  onDestroy: 'Closed',
  onError: 'The contact centre told of an error',
};

const eventOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Everything that happened to a contact at one agent, the first first: a state and the fact that told it are one line. */
export function timeline(leg: Leg): Moment[] {
  const told = [...leg.facts];
  const several = new Set(leg.facts.map((f) => f.page)).size > 1; // of one page alone nobody needs the name
  const page = (fact: Fact | undefined): string[] => (several && fact?.page ? [`page ${fact.page.slice(0, 8)}`] : []);
  const moments: Moment[] = leg.states.map((state, i) => {
    const same = told.findIndex((f) => eventOf(f.name) === state.event && Date.parse(f.at) === Date.parse(state.at));
    const [fact] = same < 0 ? [] : told.splice(same, 1);
    const notes = remarks({ derived: state.derived, misdated: state.misdated, replay: fact?.replay ?? false });
    if (state.state !== '') notes.unshift(`state ${state.state}`);
    notes.push(...page(fact));
    return {
      key: `state ${i}`,
      at: state.at,
      what: events[state.event] ?? state.event,
      raw: fact?.name ?? state.event,
      notes,
      kind: 'state',
    };
  });
  for (const fact of told) moments.push(ofFact(fact, page(fact)));
  leg.popped.forEach((p, i) => {
    moments.push({
      key: `pop ${i}`,
      at: p.at,
      what: 'Record popped',
      raw: '',
      notes: [recordName(leg, p.record)],
      kind: 'pop',
    });
  });
  for (const run of leg.runs)
    moments.push({
      key: `run ${run.id}`,
      at: run.created,
      what: runTitle(run),
      raw: '',
      notes: [`${run.flow === '' ? '' : 'flow, '}${status(run.status).word.toLowerCase()}`],
      kind: 'run',
      run: run.id,
    });
  return inOrder(moments);
}

/** What the reason calls a record; its id if it names another one. */
export const recordName = (leg: Leg, id: string): string => {
  const { args } = leg.call.why;
  return args.id === id && args.record ? args.record : id;
};

const ofFact = (fact: Fact, page: string[]): Moment => {
  const notes = remarks(fact);
  if (fact.state !== '') notes.unshift(`state ${fact.state}`);
  notes.push(...page);
  const what = events[eventOf(fact.name)] ?? fact.name;
  return { key: `fact ${fact.key}`, at: fact.at, what, raw: fact.name, notes, kind: 'fact' };
};

function remarks(of: { derived: boolean; misdated: boolean; replay: boolean }): string[] {
  const out: string[] = [];
  if (of.derived) out.push('nobody told it: it follows from what the page saw');
  if (of.replay) out.push('told late, after the page was back');
  if (of.misdated) out.push("the page's clock made no sense: this is when it arrived");
  return out;
}

const rank = { state: 0, fact: 1, run: 2, pop: 3 } as const;

/** By time; of one moment, what happened comes before what was done about it. */
const inOrder = (moments: Moment[]): Moment[] =>
  moments.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || rank[a.kind] - rank[b.kind]);
