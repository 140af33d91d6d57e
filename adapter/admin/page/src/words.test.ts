import { expect, test } from 'vitest';
import { caller, callType, count, lasted, length, outcome, phone, runTitle, size } from './words.ts';

test.each([
  [0, '0 calls'],
  [1, '1 call'],
  [2, '2 calls'],
  [10_000, '10,000 calls'],
])('%i of them are %s', (n, words) => expect(count(n, 'call')).toBe(words));

test('a word brings along another plural', () => expect(count(3, 'try', 'tries')).toBe('3 tries'));

test.each([
  [-5, '0 ms'],
  [48, '48 ms'],
  [999.6, '1000 ms'],
  [1_250, '1.2 s'],
  [9_990, '9.9 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [184_000, '3 min 4 s'],
  [7_500_000, '2 h 5 min'],
  [7_200_000, '2 h'],
  [3 * 86_400_000, '3 days'],
])('%d milliseconds are %s', (ms, words) => expect(length(ms)).toBe(words));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [70_000, '70.0 kB'],
  [999_960, '1.0 MB'],
  [21_474_836_480, '21.5 GB'],
])('%d bytes are %s', (bytes, words) => expect(size(bytes)).toBe(words));

test('a number of North America is written as there; another, an address or none as it is', () => {
  expect(phone('+12065550142')).toBe('+1 (206) 555-0142');
  expect(phone('+442079460958')).toBe('+442079460958');
  expect(phone('sip:a@b')).toBe('sip:a@b');
});

test('a call without a number was withheld only if a voice called in', () => {
  const call = { type: 'voice', inbound: true, number: '' };
  expect(caller(call)).toBe('Number withheld');
  expect(caller({ ...call, inbound: false })).toBe('No number');
  expect(caller({ ...call, type: 'chat' })).toBe('No number');
});

test('what a call is, and how it stands', () => {
  expect(callType({ type: 'voice', inbound: false })).toBe('Outbound call');
  expect(callType({ type: 'email', inbound: true })).toBe('email');
  expect(lasted({ phase: 'offered', answered: false, duration: 0 })).toBe('Ringing');
  expect(lasted({ phase: 'ended', answered: false, duration: 0 })).toBe('Not answered');
  expect(lasted({ phase: 'ended', answered: true, duration: 184_000 })).toBe('3 min 4 s');
});

test('a code that is not known says itself', () => {
  expect(outcome('popped').tone).toBe('good');
  expect(outcome('later')).toEqual({ word: 'later', tone: 'plain' });
  expect(runTitle({ kind: 'flow', flow: 'My flow' })).toBe('My flow');
  expect(runTitle({ kind: 'sweep', flow: '' })).toBe('sweep');
});
