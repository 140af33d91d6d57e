import type { Candidate, Said, Server, Told } from './wire.ts';

/**
 * The handset as a value. A call goes
 *
 *     none ─► opening ─► offered ─► ringing ─► connected ─► ended     when it is placed
 *     none ─► incoming ─► opening ─► offered ─► connected ─► ended    when it is taken
 *
 * and from every state straight to ended. Another call begins from none or ended alike.
 */
export interface State {
  line: 'connecting' | 'up' | 'lost' | 'full';
  /** What others dial to reach this handset. */
  own: string;
  /** Undefined until the exchange has said. */
  reachable: boolean | undefined;
  /** What a new handset calls. */
  far: string;
  servers: Server[];
  call: Call;
}

export type Call =
  | { kind: 'none' }
  | { kind: 'opening' | 'offered'; id: string; with: string; inbound: boolean; withheld: boolean }
  | { kind: 'ringing' | 'incoming'; id: string; with: string }
  | { kind: 'connected'; id: string; with: string; since: number; muted: boolean; sent: string; heard: string }
  | { kind: 'ended'; with: string; why: Why; lasted: number | undefined };

/** Why a call ended, or was not made. */
export type Why =
  | 'you'
  | 'them'
  | 'cancelled'
  | 'busy'
  | 'declined'
  | 'nobody'
  | 'unknown'
  | 'missed'
  | 'refused'
  | 'elsewhere'
  | 'crowded'
  | 'network'
  | 'sound'
  | 'denied'
  | 'missing'
  | 'invalid'
  | 'failed';

export type Event =
  | { type: 'up' }
  | { type: 'down'; full: boolean; at: number }
  | { type: 'told'; told: Told; at: number }
  | { type: 'own'; number: string }
  /** to is undefined when what was typed is no number. */
  | { type: 'call'; id: string; to: string | undefined; withheld: boolean }
  | { type: 'answer' }
  | { type: 'decline' }
  | { type: 'hangUp'; at: number }
  | { type: 'mute' }
  | { type: 'key'; key: string }
  | { type: 'opened'; id: string; sdp: string; candidates: Candidate[] }
  | { type: 'soundless'; id: string; why: 'denied' | 'missing' | 'sound'; at: number };

export type Effect =
  | { do: 'send'; said: Said }
  | { do: 'open'; id: string; servers: Server[] }
  | { do: 'accept'; id: string; sdp: string; candidates: Candidate[] }
  | { do: 'close' }
  | { do: 'mute'; muted: boolean }
  | { do: 'press'; key: string }
  | { do: 'tone'; key: string };

export const fresh = (own: string): State => ({
  line: 'connecting',
  own,
  reachable: undefined,
  far: '',
  servers: [],
  call: { kind: 'none' },
});

/** How many pressed keys are kept to be shown. */
const shownKeys = 24;

type Next = [State, Effect[]];

export function next(state: State, event: Event): Next {
  const { call } = state;
  switch (event.type) {
    case 'up':
      return [{ ...state, line: 'up' }, []];
    case 'down': {
      const down: State = { ...state, line: event.full ? 'full' : 'lost', reachable: undefined };
      return isLive(call) ? over(down, 'network', event.at) : [down, []];
    }
    case 'told':
      return hear(state, event.told, event.at);
    case 'own':
      return [
        { ...state, own: event.number, reachable: undefined },
        state.line === 'up' ? [{ do: 'send', said: { type: 'register', number: event.number } }] : [],
      ];
    case 'call': {
      if (isLive(call)) return [state, []];
      if (event.to === undefined) return over(state, 'invalid', 0);
      if (state.line !== 'up') return over({ ...state, call: { kind: 'none' } }, 'network', 0);
      const opening = { id: event.id, with: event.to, inbound: false, withheld: event.withheld };
      return [
        { ...state, call: { kind: 'opening', ...opening } },
        [{ do: 'open', id: event.id, servers: state.servers }],
      ];
    }
    case 'answer':
      if (call.kind !== 'incoming') return [state, []];
      return [
        { ...state, call: { kind: 'opening', id: call.id, with: call.with, inbound: true, withheld: false } },
        [{ do: 'open', id: call.id, servers: state.servers }],
      ];
    case 'decline':
      if (call.kind !== 'incoming') return [state, []];
      return over(state, 'refused', 0, { type: 'decline', call: call.id });
    case 'hangUp':
      if (!isLive(call) || call.kind === 'incoming') return [state, []];
      return over(state, call.kind === 'connected' ? 'you' : 'cancelled', event.at, farewell(call));
    case 'mute':
      if (call.kind !== 'connected') return [state, []];
      return [{ ...state, call: { ...call, muted: !call.muted } }, [{ do: 'mute', muted: !call.muted }]];
    case 'key':
      if (call.kind !== 'connected') return [state, [{ do: 'tone', key: event.key }]];
      return [
        { ...state, call: { ...call, sent: (call.sent + event.key).slice(-shownKeys) } },
        [
          { do: 'press', key: event.key },
          { do: 'tone', key: event.key },
        ],
      ];
    case 'opened': {
      if (call.kind !== 'opening' || call.id !== event.id) return [state, []];
      const { sdp, candidates } = event;
      const said: Said = call.inbound
        ? { type: 'answer', call: call.id, sdp, candidates }
        : { type: 'call', call: call.id, to: call.with, withheld: call.withheld, sdp, candidates };
      return [{ ...state, call: { ...call, kind: 'offered' } }, [{ do: 'send', said }]];
    }
    case 'soundless':
      if (!isLive(call) || call.id !== event.id) return [state, []];
      return over(state, event.why, event.at, farewell(call));
    default:
      return event satisfies never;
  }
}

/** Whatever is said of a call that is not the current one came too late. */
function hear(state: State, told: Told, at: number): Next {
  const { call } = state;
  switch (told.type) {
    case 'welcome': {
      const own = state.own === '' ? told.own : state.own;
      return [{ ...state, line: 'up', own, far: told.far }, [{ do: 'send', said: { type: 'register', number: own } }]];
    }
    case 'servers':
      return [{ ...state, servers: told.servers }, []];
    case 'registered':
      return told.number === state.own ? [{ ...state, reachable: told.reachable }, []] : [state, []];
    case 'incoming':
      if (isLive(call)) return [state, []];
      return [{ ...state, call: { kind: 'incoming', id: told.call, with: told.from } }, []];
    case 'audio':
      if (!isLive(call) || call.id !== told.call) return [state, []];
      return [state, [{ do: 'accept', id: told.call, sdp: told.sdp, candidates: told.candidates }]];
    case 'ringing':
      if (call.kind !== 'offered' || call.id !== told.call) return [state, []];
      return [{ ...state, call: { kind: 'ringing', id: call.id, with: call.with } }, []];
    case 'connected': {
      if (!isLive(call) || call.id !== told.call) return [state, []];
      const connected = { id: call.id, with: call.with, since: at, muted: false, sent: '', heard: '' };
      return [{ ...state, call: { kind: 'connected', ...connected } }, []];
    }
    case 'digit':
      if (call.kind !== 'connected' || call.id !== told.call) return [state, []];
      return [
        { ...state, call: { ...call, heard: (call.heard + told.digit).slice(-shownKeys) } },
        [{ do: 'tone', key: told.digit }],
      ];
    case 'ended':
      if (!isLive(call) || call.id !== told.call) return [state, []];
      return over(state, reason(call, told.code), at);
    default:
      return told satisfies never;
  }
}

type Live = Exclude<Call, { kind: 'none' | 'ended' }>;

export const isLive = (call: Call): call is Live => call.kind !== 'none' && call.kind !== 'ended';

/** What the far side must hear of a call that ends here; nothing if it does not know of it yet. */
function farewell(call: Live): Said | undefined {
  if (call.kind === 'incoming') return { type: 'decline', call: call.id };
  if (call.kind !== 'opening') return { type: 'hangup', call: call.id };
  return call.inbound ? { type: 'decline', call: call.id } : undefined;
}

function over(state: State, why: Why, at: number, said?: Said): Next {
  const { call } = state;
  const lasted = call.kind === 'connected' ? at - call.since : undefined;
  const ended: Call = { kind: 'ended', with: isLive(call) ? call.with : '', why, lasted };
  const effects: Effect[] = said ? [{ do: 'send', said }] : [];
  if (isLive(call)) effects.push({ do: 'close' });
  return [{ ...state, call: ended }, effects];
}

/** A SIP status in the handset's words. */
function reason(call: Live, code: number): Why {
  if (call.kind === 'connected') return code === 200 ? 'them' : 'network';
  const inbound = call.kind === 'incoming' || ('inbound' in call && call.inbound);
  if (inbound && code === 200) return 'elsewhere';
  if (inbound && code === 487) return 'missed';
  switch (code) {
    case 200:
      return 'them';
    case 486:
    case 600:
      return 'busy';
    case 603:
      return 'declined';
    case 404:
    case 410:
    case 484:
    case 604:
      return 'unknown';
    case 408:
    case 480:
    case 487:
      return 'nobody';
    case 503:
      return 'crowded';
    default:
      return 'failed';
  }
}
