import { type PageEffect, type PageEvent, type PageState, type Step, stay } from './page-state.ts';
import type { ContactFacts } from './wire/read.ts';

/** What the console's bar shows of the softphone. The number is empty when it is withheld. */
export interface Shown {
  what: 'phone' | 'ringing' | 'onCall' | 'silent';
  number: string;
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

/** A call that is going on. */
export interface Call extends Shown {
  contactId: string;
}

const idle: Shown = { what: 'phone', number: '' };

type CallEvent = Extract<
  PageEvent,
  {
    type:
      | 'ended'
      | 'contact'
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
    case 'ended': {
      const step = labelled(s, {
        ...s,
        agent: null,
        settled: false,
        leaving: false,
        talking: [],
        calls: [],
        call: null,
        silence: null,
      });
      return { state: step.state, effects: [{ type: 'resign' }, ...step.effects] };
    }
    case 'contact':
      return contact(s, e);
    case 'soundBegan':
      return s.call?.contactId === e.contactId ? labelled(s, { ...s, silence: null }) : stay(s);
    case 'soundFailed': {
      const silence = silences.get(e.kind);
      return silence && s.call ? labelled(s, { ...s, silence }) : stay(s);
    }
    case 'soundLost':
      return s.call?.contactId === e.contactId ? labelled(s, { ...s, silence: 'reloaded' }) : stay(s);
    case 'choose': {
      const choice = e.choose.matches.length > 0 ? e.choose : null;
      return { state: { ...s, choice }, effects: choice ? [{ type: 'showPanel' }] : [] };
    }
    case 'choseRecord':
      if (!s.choice?.matches.some((m) => m.recordId === e.recordId)) return stay(s);
      return { state: s, effects: [{ type: 'pop', contactId: s.choice.contactId, recordId: e.recordId }] };
    case 'recordOpened': {
      const isThis = s.choice?.contactId === e.contactId;
      return {
        state: isThis ? { ...s, choice: null } : s,
        effects: [{ type: 'tellChosen', contactId: e.contactId, recordId: e.recordId }],
      };
    }
    case 'dismissedChoice':
      return stay({ ...s, choice: null });
    default:
      return e satisfies never;
  }
}

function contact(s: PageState, e: Extract<CallEvent, { type: 'contact' }>): Step {
  const { contact: c, gone, replay } = e;
  const starting = !gone && (c.state === 'connecting' || c.state === 'incoming');
  const isTalking = !gone && isSpoken(c) && c.state === 'connected';
  const others = s.talking.filter((id) => id !== c.contactId);
  const call = callOf(s, c, starting || (!gone && c.state === 'connected'));
  const step = labelled(s, {
    ...s,
    talking: isTalking && e.hasAudio ? [...others, c.contactId] : others,
    calls: callsAfter(s.calls, c, gone, starting),
    choice: gone && s.choice?.contactId === c.contactId ? null : s.choice, // the call is over: nothing is left to choose for
    call,
    silence: call?.contactId === s.call?.contactId ? s.silence : null,
  });
  // A reload closes the panel: the controls of a call that is already going on are shown again.
  const unseen = starting || (replay && !gone && c.state === 'connected');
  const effects: PageEffect[] = unseen ? [{ type: 'showPanel' }] : [];
  return { state: step.state, effects: [...step.effects, ...effects] };
}

const isSpoken = (c: ContactFacts): boolean => c.type === 'voice' || c.type === 'queue_callback';

function callOf(s: PageState, c: ContactFacts, live: boolean): PageState['call'] {
  if (!isSpoken(c)) return s.call;
  if (live) return { contactId: c.contactId, number: c.phoneNumber };
  return s.call?.contactId === c.contactId ? null : s.call;
}

/** The latest is last. A chat or a task that comes or goes during a call changes nothing of it. */
function callsAfter(before: readonly Call[], c: ContactFacts, gone: boolean, starting: boolean): readonly Call[] {
  if (!isSpoken(c)) return before;
  const others = before.filter((o) => o.contactId !== c.contactId);
  if (gone || ['ended', 'missed', 'rejected', 'error'].includes(c.state)) return others;
  const call = { contactId: c.contactId, number: c.phoneNumber };
  if (starting && c.inbound) return [...others, { ...call, what: 'ringing' }];
  return c.state === 'connected' ? [...others, { ...call, what: 'onCall' }] : before;
}

/** What rings goes before what is talked about already; that a call has no sound goes before all else. */
function labelOf(s: PageState): Shown {
  if (s.silence && s.call) return { what: 'silent', number: s.call.number };
  const call = s.calls.findLast((o) => o.what === 'ringing') ?? s.calls.at(-1);
  return call ? { what: call.what, number: call.number } : idle;
}

function labelled(before: PageState, state: PageState): Step {
  const shown = labelOf(state);
  if (shown.what === before.shown.what && shown.number === before.shown.number) return stay(state);
  return { state: { ...state, shown }, effects: [{ type: 'label', shown }] };
}
