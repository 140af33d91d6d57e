import { showNumber } from './phone-number.ts';

/** A call as the contact centre's snapshot has it. */
export interface CallFacts {
  id: string;
  inbound: boolean;
  /** E.164; empty when the caller withholds it. */
  number: string;
  queue: string;
  /** The contact's state: connecting, connected, ended, ... */
  state: string;
  /** The other side's connection: connecting, connected, hold, disconnected. */
  other: string;
  autoAccept: boolean;
  /** When the contact entered its state, in milliseconds of this machine's clock. */
  since: number;
}

export type Phase = 'ringing' | 'calling' | 'talking' | 'held' | 'wrap-up' | 'missed' | 'failed';
export type CallAction = 'accept' | 'reject' | 'end' | 'hold' | 'resume' | 'mute' | 'unmute' | 'close';

/** What the call card shows. */
export interface CallView {
  phase: Phase;
  heading: string;
  number: string;
  /** What a screen reader says once, when the phase begins. */
  announcement: string;
  /** In the order in which they are drawn. */
  actions: readonly CallAction[];
  /** Digits can be sent to the other side. */
  takesDigits: boolean;
  since: number;
}

export function phaseOf(call: CallFacts): Phase {
  switch (call.state) {
    case 'ended':
      return 'wrap-up';
    case 'missed':
    case 'rejected':
      return 'missed';
    case 'error':
      return call.inbound ? 'missed' : 'failed';
    case 'connected':
      if (call.other === 'hold') return 'held';
      return call.inbound || call.other === 'connected' ? 'talking' : 'calling';
    default:
      return call.inbound ? 'ringing' : 'calling';
  }
}

const headings: Record<Phase, string> = {
  ringing: 'Incoming call',
  calling: 'Calling',
  talking: 'Connected call',
  held: 'On hold',
  'wrap-up': 'After contact work',
  missed: 'Missed call',
  failed: 'Call failed',
};

export function viewCall(call: CallFacts, muted: boolean): CallView {
  const phase = phaseOf(call);
  const number = call.number === '' ? 'Withheld number' : showNumber(call.number);
  return {
    phase,
    heading: headings[phase],
    number,
    announcement: announce(phase, number),
    actions: actionsOf(phase, muted, call.autoAccept),
    takesDigits: phase === 'talking',
    since: call.since,
  };
}

function actionsOf(phase: Phase, muted: boolean, autoAccept: boolean): readonly CallAction[] {
  switch (phase) {
    case 'ringing':
      return autoAccept ? [] : ['accept', 'reject'];
    case 'calling':
      return ['end'];
    case 'talking':
      return ['hold', muted ? 'unmute' : 'mute', 'end'];
    case 'held':
      return ['resume', muted ? 'unmute' : 'mute', 'end'];
    default:
      return ['close'];
  }
}

function announce(phase: Phase, number: string): string {
  switch (phase) {
    case 'ringing':
      return `Incoming call from ${number}`;
    case 'calling':
      return `Calling ${number}`;
    case 'talking':
      return `Connected with ${number}`;
    case 'held':
      return `${number} is on hold`;
    case 'wrap-up':
      return 'The call has ended. After contact work.';
    case 'missed':
      return `Missed call from ${number}`;
    case 'failed':
      return `${number} could not be reached`;
  }
}

/** A duration in milliseconds as a clock shows it. */
export function clockOf(duration: number): string {
  const seconds = Math.max(0, Math.floor(duration / 1000));
  const two = (n: number) => n.toString().padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}
