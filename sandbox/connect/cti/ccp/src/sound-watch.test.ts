import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askEvery, SoundWatch } from './sound-watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A page whose questions another page answers, or none. */
function page(answers: () => boolean) {
  const changed = vi.fn();
  const watch: SoundWatch = new SoundWatch((id) => {
    if (answers()) watch.heard(id);
  }, changed);
  return { watch, changed };
}

test('a call that no page of the browser has is lost within two seconds', () => {
  const { watch, changed } = page(() => false);
  watch.watch('c-1');
  expect(watch.lost).toBe('');
  vi.advanceTimersByTime(2_000);
  expect(watch.lost).toBe('c-1');
  expect(changed).toHaveBeenCalledOnce();
});

test('one that another page has is not, until that page is closed; and not if it is heard again', () => {
  let has = true;
  const { watch, changed } = page(() => has);
  watch.watch('c-1');
  vi.advanceTimersByTime(60_000);
  expect(watch.lost).toBe('');
  has = false;
  vi.advanceTimersByTime(3 * askEvery);
  expect(watch.lost).toBe('c-1');
  has = true;
  vi.advanceTimersByTime(askEvery);
  expect(watch.lost).toBe('');
  expect(changed).toHaveBeenCalledTimes(2);
});

test('nothing is lost where nothing should be heard, and another call begins anew', () => {
  const { watch } = page(() => false);
  watch.watch('c-1');
  vi.advanceTimersByTime(2_000);
  watch.watch('');
  vi.advanceTimersByTime(60_000);
  expect(watch.lost).toBe('');
  watch.watch('c-2');
  watch.heard('c-1');
  expect(watch.lost).toBe('');
  vi.advanceTimersByTime(2_000);
  expect(watch.lost).toBe('c-2');
});
