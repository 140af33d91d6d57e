import { describe, expect, test } from 'vitest';
import { need } from './audio.ts';
import { readContent } from './signalling.ts';
import { dialable, doable, duration, kindOf, noteOf, readable } from './view.ts';

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
