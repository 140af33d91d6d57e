import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refresher } from './refresher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const record = '003000000000001AAA';

function desk() {
  const load = vi.fn(async () => {});
  const refresher = new Refresher(() => performance.now());
  refresher.shows(record);
  return { load, refresher, refresh: (id = record) => refresher.refresh(id, 5_000, load) };
}

test('the record in front is loaded again, by either form of its id', async () => {
  const { load, refresh } = desk();
  await expect(refresh()).resolves.toEqual({ refreshed: true });
  await expect(refresh(record.slice(0, 15))).resolves.toEqual({ refreshed: true });
  expect(load).toHaveBeenCalledTimes(2);
});

test('not more than twice', async () => {
  const { load, refresh } = desk();
  for (let i = 0; i < 3; i++) await refresh();
  await expect(refresh()).resolves.toEqual({ refreshed: false });
  expect(load).toHaveBeenCalledTimes(2);
});

test.each([['another record'], ['']])('not while "%s" is in front', async (shown) => {
  const { load, refresher, refresh } = desk();
  refresher.shows(shown);
  await expect(refresh()).resolves.toEqual({ refreshed: false });
  await expect(refresh('')).resolves.toEqual({ refreshed: false });
  expect(load).not.toHaveBeenCalled();
});

test('it waits until the keyboard is silent', async () => {
  const { load, refresher, refresh } = desk();
  refresher.typed();
  await vi.advanceTimersByTimeAsync(1_000);
  const done = refresh();
  await vi.advanceTimersByTimeAsync(3_999);
  expect(load).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await expect(done).resolves.toEqual({ refreshed: true });
});

test('it gives up when the keyboard will not be silent in time, or the record leaves the front meanwhile', async () => {
  const { load, refresher, refresh } = desk();
  refresher.typed();
  await expect(refresh()).resolves.toEqual({ refreshed: false });
  await vi.advanceTimersByTimeAsync(2_000);
  const [typedAgain, gone] = [refresh(), refresh()];
  await vi.advanceTimersByTimeAsync(1_000);
  refresher.typed();
  await vi.advanceTimersByTimeAsync(2_000);
  await expect(typedAgain).resolves.toEqual({ refreshed: false });
  await expect(gone).resolves.toEqual({ refreshed: false });
  expect(load).not.toHaveBeenCalled();
  const left = desk();
  left.refresher.typed();
  await vi.advanceTimersByTimeAsync(2_000);
  const waits = left.refresh();
  left.refresher.shows('another record');
  await vi.advanceTimersByTimeAsync(3_000);
  await expect(waits).resolves.toEqual({ refreshed: false });
});

test('a console that refuses is told', async () => {
  const { refresher } = desk();
  await expect(refresher.refresh(record, 5_000, () => Promise.reject(new Error('No view.')))).rejects.toThrow(
    'No view.',
  );
});
