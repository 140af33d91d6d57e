import { expect, test } from 'vitest';
import { Refusal, type Trouble } from './api.ts';
import { empty, type Feed, next } from './feed.ts';

const fold = (_: number[] | undefined, fresh: number[]) => fresh;
const came = (feed: Feed<number[]>, value: number[], key = 'a') => next(feed, { is: 'came', key, value, at: 7, fold });
const refused = (feed: Feed<number[]>, trouble: Trouble) =>
  next(feed, { is: 'refused', key: 'a', refusal: new Refusal(trouble, 'no') });
const shown = came(empty('a'), [1]);

test('while the adapter does not answer, what was there stays; then it is fresh again', () => {
  const away = refused(shown, 'away');
  expect(away).toMatchObject({ value: [1], at: 7, refusal: { trouble: 'away' } });
  expect(came(away, [2])).toMatchObject({ value: [2], refusal: undefined });
});

test.each<Trouble>(['denied', 'unsigned', 'missing'])('once it is %s, nothing of it stays', (trouble) => {
  expect(refused(shown, trouble).value).toBeUndefined();
});

test('what has not changed is the same value, so that nothing is drawn anew', () => {
  expect(came(shown, [1]).value).toBe(shown.value);
  expect(came(shown, [1, 2]).value).not.toBe(shown.value);
});

test('an answer to another question replaces all, and folds nothing of the old one in', () => {
  const sum = (old: number[] | undefined, fresh: number[]) => [...(old ?? []), ...fresh];
  expect(next(shown, { is: 'came', key: 'b', value: [2], at: 8, fold: sum }).value).toEqual([2]);
});

test('a change is made to what it was meant for only', () => {
  const change = (v: number[]) => [...v, 9];
  expect(next(shown, { is: 'changed', key: 'a', change }).value).toEqual([1, 9]);
  expect(next(shown, { is: 'changed', key: 'b', change })).toBe(shown);
});
