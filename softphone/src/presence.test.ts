import { expect, test } from 'vitest';
import type { Omni, PresenceStatus } from './console.ts';
import { PresenceReader } from './presence.ts';

const lunch = { statusId: '0N5000000000001', statusName: 'Lunch', statusApiName: 'Lunch_Break' };

/** A page; the test says what answers beside it. */
function page() {
  const told: unknown[] = [];
  const beside: { omni: Omni | undefined } = { omni: undefined };
  const reader = new PresenceReader(
    () => beside.omni,
    (p) => told.push(p),
  );
  return { reader, told, beside };
}

const unused = async () => expect.fail('nobody asks for that');
const omniThat = (status: () => Promise<PresenceStatus>): Omni => ({
  status,
  setStatus: unused,
  login: unused,
  logout: unused,
  workload: unused,
});

test('nothing is told before something has answered, and from then on also that nothing does', async () => {
  const { reader, told, beside } = page();
  await reader.tell();
  expect(told).toEqual([]);
  beside.omni = omniThat(async () => lunch);
  await reader.tell();
  beside.omni = undefined;
  await reader.tell();
  expect(told).toEqual([
    { there: true, ...lunch },
    { there: false, statusId: '', statusName: '', statusApiName: '' },
  ]);
});

test('of two readings the later one counts', async () => {
  const { reader, told, beside } = page();
  const ends: ((s: PresenceStatus) => void)[] = [];
  beside.omni = omniThat(() => new Promise((resolve) => ends.push(resolve)));
  const both = Promise.all([reader.tell(), reader.tell()]);
  ends[1]?.(lunch);
  ends[0]?.({ ...lunch, statusName: 'Before' });
  await both;
  expect(told).toEqual([{ there: true, ...lunch }]);
});

test('a reading that fails, or that is overtaken by the end of what answered, tells nothing', async () => {
  const { reader, told, beside } = page();
  beside.omni = omniThat(() => Promise.reject(new Error('silence')));
  await reader.tell();
  let end = (_: PresenceStatus) => {};
  beside.omni = omniThat(() => new Promise((resolve) => (end = resolve)));
  const reading = reader.tell();
  beside.omni = undefined;
  await reader.tell();
  end(lunch);
  await reading;
  expect(told).toMatchObject([{ there: false }]);
});
