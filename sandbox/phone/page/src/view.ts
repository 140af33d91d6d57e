import type { Call, State, Why } from './handset.ts';
import { isLive } from './handset.ts';
import { duration, readable } from './numbers.ts';

/** What the page shows; plain values, so that the rules can be tested without a page. */
export interface View {
  /** How the handset itself is: may it call, may it be called. */
  line: { text: string; tone: 'good' | 'fair' | 'bad' };
  title: string;
  tone: 'idle' | 'busy' | 'live' | 'bad';
  /** Whom the call is with; undefined while a number can be typed. */
  party: string | undefined;
  detail: string;
  /** Epoch milliseconds; undefined when no time runs. */
  since: number | undefined;
  actions: Action[];
  muted: boolean;
  /** Numbers can be changed, and the pad types rather than presses. */
  editable: boolean;
  /** The tab's title, so that a call is seen from another one. */
  heading: string;
}

export type Action = 'call' | 'hangUp' | 'mute' | 'answer' | 'decline';

const endings: Record<Why, [title: string, detail: string]> = {
  you: ['Call ended', 'You hung up.'],
  them: ['Call ended', 'The other side hung up.'],
  cancelled: ['Call cancelled', 'You hung up before anybody answered.'],
  busy: ['Busy', 'The line is busy. Try again later.'],
  declined: ['Declined', 'The call was declined.'],
  nobody: ['No answer', 'Nobody answered.'],
  unknown: ['No such number', 'Nobody has this number. Check it, then call again.'],
  missed: ['Missed call', 'The caller hung up before you answered.'],
  refused: ['Call declined', 'You declined the call.'],
  elsewhere: ['Answered elsewhere', 'Another handset with this number took the call.'],
  crowded: ['Lines are full', 'No line is free at the moment. Try again later.'],
  network: ['Call lost', 'The connection to the exchange was lost.'],
  sound: ['Call lost', 'The sound of the call found no way through the network.'],
  denied: ['Microphone not allowed', 'Allow the microphone for this page in your browser, then call again.'],
  missing: ['No microphone', 'Connect a microphone to this computer, then call again.'],
  invalid: ['Not a number', 'Enter a telephone number: up to 15 digits, with + before a country code.'],
  failed: ['Call failed', 'The exchange could not put the call through. Try again.'],
};

/** Endings that people expect; the others are to be noticed. */
const good: Why[] = ['you', 'them', 'cancelled', 'refused', 'elsewhere'];

function line(state: State): View['line'] {
  switch (state.line) {
    case 'connecting':
      return { text: 'Connecting…', tone: 'fair' };
    case 'lost':
      return { text: 'No connection, trying again…', tone: 'bad' };
    case 'full':
      return { text: 'Too many handsets are open', tone: 'bad' };
    case 'up':
      if (state.reachable === undefined) return { text: 'Registering…', tone: 'fair' };
      return state.reachable
        ? { text: 'Online', tone: 'good' }
        : { text: 'Online, but cannot be called', tone: 'fair' };
    default:
      return state.line satisfies never;
  }
}

function keys(sent: string, heard: string): string {
  const spaced = (text: string) => [...text].join(' ');
  if (heard !== '') return `They pressed ${spaced(heard)}`;
  return sent === '' ? '' : `You pressed ${spaced(sent)}`;
}

type Shown = Pick<View, 'title' | 'tone' | 'detail' | 'actions'> & Partial<Pick<View, 'since' | 'muted'>>;

function shown(call: Call): Shown {
  switch (call.kind) {
    case 'none':
      return { title: 'Ready', tone: 'idle', detail: 'Enter a number and call.', actions: ['call'] };
    case 'opening':
      return { title: 'Starting…', tone: 'busy', detail: 'Waiting for your microphone.', actions: ['hangUp'] };
    case 'offered':
      return call.inbound
        ? { title: 'Answering…', tone: 'busy', detail: '', actions: ['hangUp'] }
        : { title: 'Calling…', tone: 'busy', detail: '', actions: ['hangUp'] };
    case 'ringing':
      return { title: 'Ringing…', tone: 'busy', detail: '', actions: ['hangUp'] };
    case 'incoming':
      return {
        title: 'Incoming call',
        tone: 'busy',
        detail: 'Your handset is ringing.',
        actions: ['decline', 'answer'],
      };
    case 'connected':
      return {
        title: call.muted ? 'Connected, muted' : 'Connected',
        tone: 'live',
        detail: keys(call.sent, call.heard),
        since: call.since,
        muted: call.muted,
        actions: ['mute', 'hangUp'],
      };
    case 'ended': {
      const [title, why] = endings[call.why];
      const detail = call.lasted === undefined ? why : `${why} The call lasted ${duration(call.lasted)}.`;
      return { title, tone: good.includes(call.why) ? 'idle' : 'bad', detail, actions: ['call'] };
    }
    default:
      return call satisfies never;
  }
}

export function view(state: State): View {
  const { call } = state;
  const live = isLive(call);
  const party = live ? readable(call.with) : undefined;
  const what = shown(call);
  return {
    line: line(state),
    since: undefined,
    muted: false,
    ...what,
    party,
    editable: !live,
    heading: live ? `${what.title} ${party} – Handset` : 'Handset',
  };
}
