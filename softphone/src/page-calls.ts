import { without } from './notices.ts';
import { type PageEffect, type PageEvent, type PageState, type Step, stay } from './page-state.ts';
import type { AgentFacts, Caller, ContactFacts } from './wire/read.ts';

export type Doing = 'ringing' | 'calling' | 'onCall' | 'wrapUp' | 'missed' | 'failed';

/** What the console's bar shows of the softphone. The number is empty when it is withheld, the name while nobody is known. */
export interface Shown {
  what: 'phone' | 'silent' | Doing;
  number: string;
  name: string;
}

/** Why nothing of a call is heard. */
export type Silence = 'network' | 'microphone' | 'other' | 'reloaded';

/** The contact centre's words for it. What else it says of a softphone is not about the sound of a call. Source: SoftphoneErrorTypes. */
const silences = new Map<string, Silence>(
  Object.entries({
    ice_collection_timeout: 'network',
    signalling_handshake_failure: 'network',
    signalling_connection_failure: 'network',
    microphone_not_shared: 'microphone',
    webrtc_error: 'other',
    realtime_communication_error: 'other',
  }),
);

/** A call that the agent has, until its contact is closed. */
export interface Call {
  contactId: string;
  what: Doing;
  number: string;
  inbound: boolean;
}

const idle: Shown = { what: 'phone', number: '', name: '' };

/** Callers that are remembered: more contacts than anybody has. */
const mostCallers = 20;

type CallEvent = Extract<
  PageEvent,
  {
    type:
      | 'ended'
      | 'snapshot'
      | 'agent'
      | 'contact'
      | 'caller'
      | 'soundBegan'
      | 'soundFailed'
      | 'soundLost'
      | 'choose'
      | 'choseRecord'
      | 'recordOpened'
      | 'dismissedChoice';
  }
>;

/** What an event makes of what the page shows about contacts. */
export function callStep(s: PageState, e: CallEvent): Step {
  switch (e.type) {
    case 'ended':
      return ended(s);
    case 'snapshot':
      return snapshot(s, e.agent, e.contacts);
    case 'agent':
      return s.agent ? labelled(s, { ...s, agent: e.agent }) : stay(s);
    case 'contact':
      return contact(s, e);
    case 'caller':
      return caller(s, e.caller);
    case 'soundBegan':
      return s.call?.contactId === e.contactId ? labelled(s, { ...s, silence: null }) : stay(s);
    case 'soundFailed': {
      const silence = silences.get(e.kind);
      return silence && s.call ? labelled(s, { ...s, silence }) : stay(s);
    }
    case 'soundLost':
      return s.call?.contactId === e.contactId ? labelled(s, { ...s, silence: 'reloaded' }) : stay(s);
    case 'choose':
    case 'choseRecord':
    case 'recordOpened':
    case 'dismissedChoice':
      return choiceStep(s, e);
    default:
      return e satisfies never;
  }
}

function ended(s: PageState): Step {
  const step = labelled(s, {
    ...s,
    agent: null,
    settled: false,
    leaving: false,
    talking: [],
    calls: [],
    callers: {},
    call: null,
    silence: null,
    notices: without(s.notices, 'dial', 'pop', 'out', 'keys'),
  });
  return { state: step.state, effects: [{ type: 'resign' }, ...step.effects] };
}

/** A page that is loaded again finds contacts that nobody announces any more, such as one in after-call work. */
function snapshot(s: PageState, agent: AgentFacts, contacts: readonly ContactFacts[]): Step {
  const calls = contacts.reduce<readonly Call[]>((all, c) => callsAfter(all, c, false), []);
  const step = labelled(s, { ...s, agent, settled: false, calls });
  const stands: PageEffect[] = s.console === 'there' ? [{ type: 'stand' }, { type: 'awaitElection' }] : [];
  return { state: step.state, effects: [...stands, ...step.effects] };
}

type ChoiceEvent = Extract<CallEvent, { type: 'choose' | 'choseRecord' | 'recordOpened' | 'dismissedChoice' }>;

function choiceStep(s: PageState, e: ChoiceEvent): Step {
  switch (e.type) {
    case 'choose': {
      const choice = e.choose.matches.length > 0 ? { ...e.choose, more: e.choose.more ?? false } : null;
      const offered = choice?.contactId ?? s.offered;
      return { state: { ...s, choice, offered }, effects: choice ? [{ type: 'showPanel' }] : [] };
    }
    case 'choseRecord':
      if (!s.choice?.matches.some((m) => m.recordId === e.recordId)) return stay(s);
      return { state: s, effects: [{ type: 'pop', contactId: s.choice.contactId, recordId: e.recordId }] };
    case 'recordOpened': {
      const { choice } = s;
      const isThis = choice?.contactId === e.contactId;
      const tell: PageEffect = { type: 'tellChosen', contactId: e.contactId, recordId: e.recordId };
      const record = isThis ? choice.matches.find((m) => m.recordId === e.recordId) : undefined;
      const notices = without(s.notices, 'pop');
      const before = { ...s, notices, choice: isThis ? null : choice };
      const step = record ? caller(before, { ...knownAs(s, e.contactId), record }) : stay(before);
      return { state: step.state, effects: [tell, ...step.effects] };
    }
    case 'dismissedChoice':
      return stay({ ...s, choice: null });
    default:
      return e satisfies never;
  }
}

const knownAs = (s: PageState, contactId: string): Caller => ({
  total: 1,
  text: '',
  code: '',
  ...s.callers[contactId],
  contactId,
  kind: 'known',
});

/** What is known of a caller, told by the adapter: at the search, and again to a page that was loaded meanwhile. */
function caller(s: PageState, c: Caller): Step {
  if (s.callers[c.contactId]?.kind === 'known' && c.kind !== 'known') return stay(s); // another search does not make a stranger of them
  const { [c.contactId]: _, ...others } = s.callers;
  const kept = Object.entries(others).slice(1 - mostCallers);
  const state = { ...s, callers: { ...Object.fromEntries(kept), [c.contactId]: c } };
  return labelled(s, { ...state, ...choiceAfter(s, c) });
}

function choiceAfter({ choice, offered }: PageState, c: Caller): Partial<PageState> {
  if (choice?.contactId === c.contactId) {
    if (c.kind === 'known') return { choice: null };
    return { choice: { ...choice, total: c.total, more: c.more ?? false } };
  }
  const { matches = [] } = c;
  if (matches.length === 0 || c.kind === 'known' || offered === c.contactId || choice) return {};
  return {
    choice: { contactId: c.contactId, matches, total: c.total, more: c.more ?? false },
    offered: c.contactId,
  };
}

function contact(s: PageState, e: Extract<CallEvent, { type: 'contact' }>): Step {
  const { contact: c, gone, replay } = e;
  const starting = !gone && (c.state === 'connecting' || c.state === 'incoming');
  const isTalking = !gone && isSpoken(c) && c.state === 'connected';
  const others = s.talking.filter((id) => id !== c.contactId);
  const call = callOf(s, c, starting || (!gone && c.state === 'connected'));
  const { [c.contactId]: left, ...callers } = s.callers;
  const step = labelled(s, {
    ...s,
    talking: isTalking && e.hasAudio ? [...others, c.contactId] : others,
    calls: callsAfter(s.calls, c, gone),
    callers: gone && left ? callers : s.callers,
    choice: isOver(c, gone) && s.choice?.contactId === c.contactId ? null : s.choice, // nothing is left to choose for
    call,
    silence: call?.contactId === s.call?.contactId ? s.silence : null,
    notices: starting && !replay ? without(s.notices, 'dial', 'pop', 'keys') : s.notices,
  });
  // A reload closes the panel: the controls of a call that is already going on are shown again.
  const unseen = starting || (replay && !gone && c.state === 'connected');
  const effects: PageEffect[] = unseen ? [{ type: 'showPanel' }] : [];
  return { state: step.state, effects: [...step.effects, ...effects] };
}

/** A choice may be made in after-call work too, but not for a call that nobody took. */
const isOver = (c: ContactFacts, gone: boolean): boolean => gone || ['missed', 'rejected', 'error'].includes(c.state);

const isSpoken = (c: ContactFacts): boolean => c.type === 'voice' || c.type === 'queue_callback';

function callOf(s: PageState, c: ContactFacts, live: boolean): PageState['call'] {
  if (!isSpoken(c)) return s.call;
  if (live) return { contactId: c.contactId, number: c.phoneNumber };
  return s.call?.contactId === c.contactId ? null : s.call;
}

/** The latest is last. A chat or a task that comes or goes during a call changes nothing of it. */
function callsAfter(before: readonly Call[], c: ContactFacts, gone: boolean): readonly Call[] {
  if (!isSpoken(c)) return before;
  const what = gone ? null : doingOf(c);
  if (what === undefined) return before;
  const others = before.filter((o) => o.contactId !== c.contactId);
  if (what === null) return others;
  return [...others, { contactId: c.contactId, what, number: c.phoneNumber, inbound: c.inbound }];
}

/** The contact centre's states; undefined for one that says nothing new. */
function doingOf(c: ContactFacts): Doing | undefined {
  switch (c.state) {
    case 'connecting':
    case 'incoming':
      return c.inbound ? 'ringing' : 'calling';
    case 'connected':
      return 'onCall';
    case 'ended':
      return 'wrapUp';
    case 'missed':
    case 'rejected':
      return 'missed';
    case 'error':
      return 'failed';
    default:
      return undefined;
  }
}

/** Which call goes before which: what rings before what is talked about, both before what is over. */
const order: Doing[] = ['missed', 'failed', 'wrapUp', 'calling', 'onCall', 'ringing'];

/** The call in front: the one that the bar, the keys and what is said of a caller are about. */
export function foremost(s: Pick<PageState, 'calls'>): Call | null {
  const weight = (c: Call) => order.indexOf(c.what);
  return s.calls.reduce<Call | null>((best, c) => (best && weight(best) > weight(c) ? best : c), null);
}

/** That a call has no sound goes before all else. */
function labelOf(s: PageState): Shown {
  const call = foremost(s);
  const nameOf = (contactId: string) => s.callers[contactId]?.record?.name ?? '';
  if (s.silence && s.call) return { what: 'silent', number: s.call.number, name: nameOf(s.call.contactId) };
  if (!call) return idle;
  // An outbound contact is connected as soon as the agent's own end is.
  const isCalling = call.what === 'onCall' && !call.inbound && s.agent?.state === 'CallingCustomer';
  return { what: isCalling ? 'calling' : call.what, number: call.number, name: nameOf(call.contactId) };
}

function labelled(before: PageState, state: PageState): Step {
  const shown = labelOf(state);
  const { what, number, name } = before.shown;
  if (shown.what === what && shown.number === number && shown.name === name) return stay(state);
  return { state: { ...state, shown }, effects: [{ type: 'label', shown }] };
}
