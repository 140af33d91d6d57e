// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { HeardHere } from './heard-here.ts';

beforeEach(() => sessionStorage.clear());

test('what was heard in this tab is known after it is loaded again, unless it went to another', () => {
  const before = new HeardHere(() => sessionStorage);
  before.note('c-1', true);
  before.note('c-2', true);
  before.note('c-2', false);
  const after = new HeardHere(() => sessionStorage);
  expect([after.has('c-1'), after.has('c-2'), after.has('c-3')]).toEqual([true, false, false]);
});

test('it keeps the latest only', () => {
  const heard = new HeardHere(() => sessionStorage);
  for (let i = 0; i < 100; i++) heard.note(`c-${i}`, true);
  expect([heard.has('c-79'), heard.has('c-80'), heard.has('c-99')]).toEqual([false, true, true]);
});

test.each(['{', '7', '{"a":1}', '[1]', null])('of %j nothing is known', (kept) => {
  if (kept !== null) sessionStorage.setItem('patchcord:heard-here', kept);
  expect(new HeardHere(() => sessionStorage).has('1')).toBe(false);
});

test('a browser that denies the storage knows nothing, and goes on', () => {
  const denied = new HeardHere(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  denied.note('c-1', true);
  expect(denied.has('c-1')).toBe(false);
});
