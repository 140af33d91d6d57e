import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Call, type CallList, callList } from '../wire.ts';
import { days, idOf, more, refreshed, step } from './call-list.ts';

const example = callList(JSON.parse(readFileSync(new URL('../../../testdata/calls.json', import.meta.url), 'utf8')));
const made = (id: number): Call => ({ ...(example.calls[0] as Call), contactId: String(id) });
const page = (ids: number[], next = ''): CallList => ({ calls: ids.map(made), next });
const ids = (list: CallList): string => list.calls.map((c) => c.contactId).join(' ');

test('the first page again: new calls come on top, older ones that were shown stay', () => {
  const out = refreshed(page([5, 4, 3, 2, 1], 'old'), page([6, 5, 4], 'new'));
  expect(ids(out)).toBe('6 5 4 3 2 1');
  expect(out.next).toBe('old');
});

test('if more came between than a page has, only the fresh page is shown', () => {
  expect(refreshed(page([3, 2, 1, 0], 'old'), page([9, 8, 7], 'new'))).toEqual(page([9, 8, 7], 'new'));
});

test('a first page that is all there is replaces what was shown', () => {
  expect(ids(refreshed(page([3, 2, 1, 0], 'old'), page([2])))).toBe('2');
});

test('the following page is put below, and nothing comes twice', () => {
  const out = more(page([5, 4], 'a'), page([4, 3], 'b'));
  expect(ids(out)).toBe('5 4 3');
  expect(out.next).toBe('b');
});

test('one contact at two agents is two calls', () => {
  const [a, b] = example.calls;
  expect(a && b && idOf(a) !== idOf({ ...a, agent: b.agent })).toBe(true);
});

test('calls stand under their day, each once', () => {
  const berlin = { locale: 'en-GB', zone: 'Europe/Berlin' };
  const calls = ['2026-03-02T09:00:00Z', '2026-03-01T23:10:00Z', '2026-03-01T22:50:00Z'].map((at) => ({
    ...made(1),
    at,
  }));
  const out = days(calls, new Date('2026-03-02T10:00:00Z'), berlin);
  expect(out.map((d) => [d.name, d.calls.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
  ]);
});

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 1, 2],
  ['ArrowDown', 2, 2],
  ['ArrowUp', 0, 0],
  ['ArrowUp', -1, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['a', 1, -1],
])('%s at %i of 3 leads to %i', (key, at, to) => expect(step(key, at, 3)).toBe(to));

test.each(['ArrowDown', 'ArrowUp', 'Home', 'End'])('%s leads nowhere in an empty list', (key) =>
  expect(step(key, -1, 0)).toBe(-1),
);
