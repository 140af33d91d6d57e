import { describe, expect, test } from 'vitest';
import { type Event, fresh, next, type State } from './handset.ts';
import { view } from './view.ts';
import type { Told } from './wire.ts';

const at = 1_000_000;
const told = (message: Told, when = at): Event => ({ type: 'told', told: message, at: when });
const own = '+12065550142';
const far = '+12065550100';
const opened: Event = { type: 'opened', id: 'k1', sdp: 'v=0', candidates: [] };
const call: Event = { type: 'call', id: 'k1', to: far, withheld: false };
const up: Event[] = [told({ type: 'welcome', own, far }), told({ type: 'registered', number: own, reachable: true })];
const incoming = told({ type: 'incoming', call: 'k1', from: far });
const connected = told({ type: 'connected', call: 'k1' });
const ended = (code: number, when = at): Event => told({ type: 'ended', call: 'k1', code, text: '' }, when);

/** Where a handset is after some events, and what the last one made it do. */
function after(...events: Event[]): { state: State; did: string[] } {
  let state = fresh('');
  let did: string[] = [];
  for (const event of events) {
    const [then, effects] = next(state, event);
    state = then;
    did = effects.map((e) => (e.do === 'send' ? e.said.type : e.do));
  }
  return { state, did };
}
const reads = (...events: Event[]) => view(after(...up, ...events).state);

test('a new handset has the number that the exchange gives it, and registers', () => {
  const { state, did } = after(told({ type: 'welcome', own, far }));
  expect(state.own).toBe(own);
  expect(did).toEqual(['register']);
  expect(view(state).line.text).toBe('Registering…');
});

test('a handset that was here before keeps its number', () => {
  const [state, effects] = next(fresh('+12065550177'), told({ type: 'welcome', own, far }));
  expect(state.own).toBe('+12065550177');
  expect(effects).toEqual([{ do: 'send', said: { type: 'register', number: '+12065550177' } }]);
});

test('an answer about a number that was changed meanwhile says nothing of the new one', () => {
  const { state } = after(
    ...up,
    { type: 'own', number: '+12065550177' },
    told({ type: 'registered', number: own, reachable: true }),
  );
  expect(state.reachable).toBeUndefined();
});

describe('a call that is placed', () => {
  test.each<[string, Event[], string, string[]]>([
    ['asks for the microphone first', [call], 'Starting…', ['open']],
    ['then is offered', [call, opened], 'Calling…', ['call']],
    ['then rings', [call, opened, told({ type: 'ringing', call: 'k1' })], 'Ringing…', []],
    ['then is connected', [call, opened, connected], 'Connected', []],
    [
      'is cancelled before anybody answers',
      [call, opened, { type: 'hangUp', at }],
      'Call cancelled',
      ['hangup', 'close'],
    ],
    [
      'is given up while the microphone is asked for: nobody knew of it',
      [call, { type: 'hangUp', at }],
      'Call cancelled',
      ['close'],
    ],
    ['is hung up', [call, opened, connected, { type: 'hangUp', at }], 'Call ended', ['hangup', 'close']],
    [
      'ends without a microphone',
      [call, { type: 'soundless', id: 'k1', why: 'denied', at }],
      'Microphone not allowed',
      ['close'],
    ],
    ['needs a number', [{ ...call, to: undefined } as Event], 'Not a number', []],
    [
      'is lost with the connection',
      [call, opened, connected, { type: 'down', full: false, at }],
      'Call lost',
      ['close'],
    ],
    ['is not placed without a connection', [{ type: 'down', full: false, at }, call], 'Call lost', []],
    ['is one at a time', [call, opened, { ...call, id: 'k2' } as Event], 'Calling…', []],
  ])('%s', (_, events, title, did) => {
    expect(reads(...events).title).toBe(title);
    expect(after(...up, ...events).did).toEqual(did);
  });

  test.each([
    [486, 'Busy'],
    [603, 'Declined'],
    [404, 'No such number'],
    [484, 'No such number'],
    [480, 'No answer'],
    [503, 'Lines are full'],
    [500, 'Call failed'],
  ])('that ends with %i before it is answered reads %s', (code, title) => {
    expect(reads(call, opened, ended(code)).title).toBe(title);
  });

  test('ends when the other side hangs up, and lasted as long as it was connected', () => {
    const { state } = after(...up, call, opened, connected, ended(200, at + 61_000));
    expect(state.call).toEqual({ kind: 'ended', with: far, why: 'them', lasted: 61_000 });
  });
});

describe('a call that comes in', () => {
  test.each<[string, Event[], string, string[]]>([
    ['rings', [incoming], 'Incoming call', []],
    ['is answered once the microphone is there', [incoming, { type: 'answer' }, opened], 'Answering…', ['answer']],
    ['is declined', [incoming, { type: 'decline' }], 'Call declined', ['decline', 'close']],
    ['is missed when the caller gives up', [incoming, ended(487)], 'Missed call', ['close']],
    ['may be taken by another handset', [incoming, ended(200)], 'Answered elsewhere', ['close']],
    [
      'is declined when there is no microphone',
      [incoming, { type: 'answer' }, { type: 'soundless', id: 'k1', why: 'missing', at }],
      'No microphone',
      ['decline', 'close'],
    ],
    ['does not disturb a call', [call, opened, told({ type: 'incoming', call: 'k2', from: '' })], 'Calling…', []],
    ['is not hung up but declined', [incoming, { type: 'hangUp', at }], 'Incoming call', []],
  ])('%s', (_, events, title, did) => {
    expect(reads(...events).title).toBe(title);
    expect(after(...up, ...events).did).toEqual(did);
  });

  test('without a number says so', () => {
    expect(reads(told({ type: 'incoming', call: 'k1', from: '' })).party).toBe('Withheld number');
  });
});

describe('while connected', () => {
  test('keys are pressed and heard', () => {
    const { state, did } = after(...up, call, opened, connected, { type: 'key', key: '5' });
    expect(did).toEqual(['press', 'tone']);
    expect(view(state).detail).toBe('You pressed 5');
  });
  test('keys of the other side are heard and shown', () => {
    const { state, did } = after(...up, call, opened, connected, told({ type: 'digit', call: 'k1', digit: '9' }));
    expect(did).toEqual(['tone']);
    expect(view(state).detail).toBe('They pressed 9');
  });
  test('mute is on, then off', () => {
    const twice = after(...up, call, opened, connected, { type: 'mute' }, { type: 'mute' }).state;
    expect(reads(call, opened, connected, { type: 'mute' }).muted).toBe(true);
    expect(view(twice).muted).toBe(false);
  });
});

test('what is said of another call than the current one changes nothing', () => {
  const before = after(...up, call, opened, connected).state;
  const late: Told[] = [
    { type: 'ended', call: 'k0', code: 200, text: '' },
    { type: 'digit', call: 'k0', digit: '1' },
    { type: 'ringing', call: 'k0' },
    { type: 'connected', call: 'k0' },
    { type: 'audio', call: 'k0', sdp: '', candidates: [] },
  ];
  for (const message of late) expect(next(before, told(message))).toEqual([before, []]);
});

test('keys between calls only sound', () => {
  expect(after(...up, { type: 'key', key: '5' }).did).toEqual(['tone']);
});

test('too many handsets are told from a broken connection', () => {
  expect(reads({ type: 'down', full: true, at }).line.text).toBe('Too many handsets are open');
  expect(reads({ type: 'down', full: false, at }).line.tone).toBe('bad');
});
