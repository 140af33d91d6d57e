import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Asleep } from './asleep.ts';
import type { OmniEvent } from './console.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const lunch: OmniEvent = { name: 'omniChannelStatusChanged', params: { statusId: '0N5000000000001' } };
const out: OmniEvent = { name: 'omniChannelLogout', params: {} };
const work: OmniEvent = { name: 'omniChannelWorkAccepted', params: { workId: '0Bz' } };
const omni = (statusId: string) => ({
  status: vi.fn(async () => ({ statusId, statusName: '', statusApiName: '' })),
});

/** A tab that was awake for a minute, and then slept for so long, in milliseconds. */
function slept(long: number): Asleep {
  const tab = new Asleep({ wall: () => Date.now() });
  const stop = tab.watch();
  vi.advanceTimersByTime(60_000);
  stop(); // as a tab that is frozen
  vi.setSystemTime(Date.now() + long);
  return tab;
}

test('a tab that is awake asks nobody', async () => {
  const now = omni('0N5000000000002AAA');
  await expect(slept(500).isSo(lunch, now)).resolves.toBe(true);
  expect(now.status).not.toHaveBeenCalled();
});

test.each([
  ['a status that still is, by an id of 18 characters', lunch, '0N5000000000001AAA', true],
  ['a status that was', lunch, '0N5000000000002AAA', false],
  ['a status of somebody who has logged out since', lunch, '', false],
  ['a log-out that still is', out, '', true],
  ['a log-out of somebody who is back', out, '0N5000000000001AAA', false],
  ['work, which its id names', work, '', true],
])('after a sleep: %s', async (_, event, now, so) => {
  await expect(slept(600_000).isSo(event, omni(now))).resolves.toBe(so);
});

test('a clock that was set back counts as a sleep', async () => {
  await expect(slept(-600_000).isSo(lunch, omni(''))).resolves.toBe(false);
});

test('what cannot be asked for is told', async () => {
  const silent = { status: () => Promise.reject(new Error('no answer')) };
  await expect(slept(600_000).isSo(lunch, silent)).resolves.toBe(true);
  await expect(slept(600_000).isSo(lunch, undefined)).resolves.toBe(true);
});
