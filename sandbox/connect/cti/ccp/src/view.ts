import type { Agent, Contact } from './streams.ts';

/** What the panel shows; plain values, so that the rules can be tested without a page. */
export interface View {
  status: string;
  since: number; // epoch milliseconds
  next: string | undefined;
  choices: { name: string; current: boolean }[];
  call: CallView | undefined;
}

export interface CallView {
  id: string;
  kind: 'incoming' | 'calling' | 'connected' | 'hold' | 'after' | 'missed' | 'failed';
  number: string;
  queue: string;
  since: number;
  title: string;
  /** Where the call is answered or heard, if not here; empty if here. Of one without sound, why and what to do. */
  note: string;
  /** Nothing of it is heard, and nobody is. */
  isSilent: boolean;
  actions: Action[];
}

/** Where the agent's side of a call is heard: in this page, in another of this browser's, or on a telephone. */
export type Sound = 'here' | 'elsewhere' | 'desk';

/** Why nothing of a call is heard, and what can be done. */
export interface Trouble {
  text: string;
  /** Its audio can be begun again. */
  canRetry: boolean;
}

export type Action = 'accept' | 'reject' | 'end' | 'hold' | 'resume' | 'mute' | 'keypad' | 'clear' | 'retry';

/** States that nobody chooses, in people's words. */
const words: Record<string, string> = {
  AfterCallWork: 'After call work',
  MissedCallAgent: 'Missed call',
  CallingCustomer: 'Calling',
  Busy: 'On call',
  FailedConnectAgent: 'Your audio failed',
  FailedConnectCustomer: 'Call failed',
  LineEngagedCustomer: 'Line busy',
  BadAddressCustomer: 'Number not in service',
  MissedCallCustomer: 'No answer',
};

export const spoken = (name: string): string => words[name] ?? name;

/** A number as people read it; numbers of North America in their own form. */
export function readable(number: string): string {
  const digits = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (digits) return `(${digits[1]}) ${digits[2]}-${digits[3]}`;
  return number === '' || number.toLowerCase() === 'anonymous' ? 'Number withheld' : number;
}

/** What a person typed as an E.164 number; undefined if it cannot be one. Ten digits are North American. */
export function dialable(text: string): string | undefined {
  const digits = text.replace(/[\s().-]/g, '');
  if (/^\+\d{3,15}$/.test(digits)) return digits;
  if (/^1\d{10}$/.test(digits)) return `+${digits}`;
  return /^\d{10}$/.test(digits) ? `+1${digits}` : undefined;
}

const titles: Record<CallView['kind'], string> = {
  incoming: 'Incoming call',
  calling: 'Calling…',
  connected: 'Connected call',
  hold: 'On hold',
  after: 'After call work',
  missed: 'Missed call',
  failed: 'Call failed',
};

const actions: Record<CallView['kind'], Action[]> = {
  incoming: ['accept', 'reject'],
  calling: ['end'],
  connected: ['end', 'hold', 'mute', 'keypad'],
  hold: ['end', 'resume', 'mute'],
  after: ['clear'],
  missed: ['clear'],
  failed: ['clear'],
};

export function kindOf(state: string, inbound: boolean, other: string, own = ''): CallView['kind'] {
  switch (state) {
    case 'incoming':
    case 'connecting':
      return inbound ? 'incoming' : 'calling';
    case 'connected':
      return other === 'hold' || own === 'hold' ? 'hold' : 'connected';
    case 'missed':
    case 'rejected':
      return 'missed';
    case 'error':
      return 'failed';
    default:
      return 'after';
  }
}

/** What can be done with a call. Muting is the softphone's, and a telephone is answered where it rings. */
export function doable(kind: CallView['kind'], sound: Sound): Action[] {
  return actions[kind].filter((a) => (a === 'mute' ? sound === 'here' : a !== 'accept' || sound !== 'desk'));
}

const isLive = (kind: CallView['kind']): boolean => ['incoming', 'calling', 'connected', 'hold'].includes(kind);

export function noteOf(kind: CallView['kind'], sound: Sound, own: string): string {
  if (sound === 'desk') {
    const rings = kind === 'incoming' || (kind === 'calling' && own !== 'connected');
    return rings ? 'Answer your desk phone' : '';
  }
  return sound === 'elsewhere' && isLive(kind) ? 'The audio is in the window that has your softphone.' : '';
}

export function callView(c: Contact, now: number, hasAudio: boolean, trouble?: Trouble): CallView {
  const customer = c.getInitialConnection();
  const own = c.getAgentConnection().getStatus().type;
  const kind = kindOf(c.getStatus().type, c.isInbound(), customer?.getStatus().type ?? '', own);
  const isCall = ['voice', 'queue_callback'].includes(c.getType());
  const sound = isCall && !c.isSoftphoneCall() ? 'desk' : hasAudio ? 'here' : 'elsewhere';
  const silent = (isLive(kind) || kind === 'failed') && sound === 'here' ? trouble : undefined;
  const isTalking = kind === 'connected' || kind === 'hold';
  return {
    id: c.contactId,
    kind,
    number: readable(customer?.getEndpoint().phoneNumber ?? ''),
    queue: c.getQueue()?.name ?? '',
    since: now - c.getStatusDuration(),
    title: silent && isTalking ? 'No sound' : titles[kind],
    note: silent?.text ?? noteOf(kind, sound, own),
    isSilent: silent !== undefined,
    actions: [...(silent?.canRetry && isLive(kind) ? (['retry'] as const) : []), ...doable(kind, sound)],
  };
}

/** Of an agent's contacts the one that is shown and acted upon. */
export const foremost = (contacts: Contact[]): Contact | undefined =>
  contacts.find((c) => ['connecting', 'connected', 'incoming'].includes(c.getStatus().type)) ?? contacts[0];

/** The view of a page that has the softphone's audio, or has not. */
export function view(agent: Agent, now: number, hasAudio: boolean, trouble?: Trouble): View {
  const state = agent.getState();
  const live = foremost(agent.getContacts());
  return {
    status: spoken(state.name),
    since: now - agent.getStateDuration(),
    next: agent.getNextState()?.name,
    choices: agent.getAgentStates().map((s) => ({ name: s.name, current: s.name === state.name })),
    call: live && callView(live, now, hasAudio, trouble),
  };
}

/** Minutes and seconds, hours when there are any. */
export function duration(milliseconds: number): string {
  const all = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}
