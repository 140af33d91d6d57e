import { describe, expect, test } from 'vitest';
import { need } from './audio.ts';
import { readContent } from './signalling.ts';
import type { Contact } from './streams.ts';
import { callView, dialable, doable, duration, kindOf, noteOf, readable } from './view.ts';

describe('numbers', () => {
  test.each([
    ['(206) 555-0142', '+12065550142'],
    ['12065550142', '+12065550142'],
    ['+46 8 123 456', '+468123456'],
    ['call me', undefined],
    ['555', undefined],
  ])('%s is dialled as %s', (typed, want) => expect(dialable(typed)).toBe(want));
  test('a number of North America is read in its own form', () =>
    expect(readable('+12065550142')).toBe('(206) 555-0142'));
  test.each(['', 'anonymous', 'Anonymous'])('%j is said to be withheld', (number) =>
    expect(readable(number)).toBe('Number withheld'),
  );
});

test.each([
  ['connecting', true, 'connected', 'incoming'],
  ['connecting', false, 'connecting', 'calling'],
  ['connected', true, 'hold', 'hold'],
  ['connected', false, 'connected', 'connected'],
  ['ended', true, 'disconnected', 'after'],
  ['missed', true, 'disconnected', 'missed'],
  ['error', false, 'disconnected', 'failed'],
])('a contact that is %s (inbound %s, customer %s) is shown as %s', (state, inbound, other, want) =>
  expect(kindOf(state, inbound, other)).toBe(want),
);

test('an agent who is on hold is shown on hold', () =>
  expect(kindOf('connected', true, 'connected', 'hold')).toBe('hold'));

test.each([
  ['incoming', 'here', ['accept', 'reject']],
  ['incoming', 'elsewhere', ['accept', 'reject']],
  ['incoming', 'desk', ['reject']],
  ['connected', 'here', ['end', 'hold', 'mute', 'keypad']],
  ['connected', 'elsewhere', ['end', 'hold', 'keypad']],
  ['connected', 'desk', ['end', 'hold', 'keypad']],
  ['hold', 'desk', ['end', 'resume']],
] as const)('of a call that is %s and heard %s one can %j', (kind, sound, want) =>
  expect(doable(kind, sound)).toEqual(want),
);

test.each([
  ['incoming', 'here', 'connecting', /^$/],
  ['incoming', 'desk', 'connecting', /desk phone/],
  ['calling', 'desk', 'connecting', /desk phone/],
  ['calling', 'desk', 'connected', /^$/],
  ['connected', 'desk', 'connected', /^$/],
  ['connected', 'elsewhere', 'connected', /window/],
  ['after', 'elsewhere', 'disconnected', /^$/],
] as const)('a call that is %s and heard %s, the agent %s, is noted %s', (kind, sound, own, want) =>
  expect(noteOf(kind, sound, own)).toMatch(want),
);

test.each([
  ['connected', true, true, 'there'],
  ['connected', false, true, 'wanted'],
  ['connecting', false, true, 'wanted'],
  ['connected', false, false, 'elsewhere'],
  ['ended', false, true, 'none'],
  ['', false, true, 'none'],
])('audio of a contact that is %s (here %s, this tab has the softphone %s) is %s', (state, here, owner, want) =>
  expect(need(state, here, owner)).toBe(want),
);

test.each([
  [0, '00:00'],
  [61_000, '01:01'],
  [3_661_000, '1:01:01'],
  [-5, '00:00'],
])('%i ms read as %s', (ms, want) => expect(duration(ms)).toBe(want));

test('a frame whose content is no text of JSON is dropped', () => {
  expect(readContent({})).toBeUndefined();
  expect(readContent('{')).toBeUndefined();
  expect(readContent('{"jsonRpcMsg":{"id":"1"}}')?.jsonRpcMsg?.id).toBe('1');
});

const contact = (state: string, customer = 'connected', isSoftphone = true) =>
  ({
    contactId: 'c-1',
    getStatus: () => ({ type: state }),
    getStatusDuration: () => 0,
    isInbound: () => true,
    getType: () => 'voice',
    isSoftphoneCall: () => isSoftphone,
    getInitialConnection: () => ({ getStatus: () => ({ type: customer }), getEndpoint: () => ({ phoneNumber: '' }) }),
    getAgentConnection: () => ({ getStatus: () => ({ type: 'connected' }) }),
    getQueue: () => null,
  }) as unknown as Contact;

test.each([
  ['rings', contact('connecting'), true, 'Incoming call', ['retry', 'accept', 'reject'], true],
  ['is connected', contact('connected'), true, 'No sound', ['retry', 'end', 'hold', 'mute', 'keypad'], true],
  ['is on hold', contact('connected', 'hold'), true, 'No sound', ['retry', 'end', 'resume', 'mute'], true],
  ['failed of it', contact('error'), true, 'Call failed', ['clear'], true],
  ['is over', contact('ended'), true, 'After call work', ['clear'], false],
  ['is heard in another window', contact('connected'), false, 'Connected call', ['end', 'hold', 'keypad'], false],
  [
    'is on a desk phone',
    contact('connected', 'connected', false),
    true,
    'Connected call',
    ['end', 'hold', 'keypad'],
    false,
  ],
])('a call without sound that %s', (_, c, hasAudio, title, actions, isSilent) => {
  const view = callView(c, 0, hasAudio, { text: 'No way.', canRetry: true });
  expect(view).toMatchObject({ title, actions, isSilent });
  expect(view.note === 'No way.').toBe(isSilent);
  expect(callView(c, 0, hasAudio).isSilent).toBe(false);
});

test('of a loss that cannot be mended, nothing is offered', () =>
  expect(callView(contact('connected'), 0, true, { text: 'Gone.', canRetry: false }).actions).not.toContain('retry'));
