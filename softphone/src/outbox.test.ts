import { expect, test, vi } from 'vitest';
import { maxAge, maxContacts, Outbox } from './outbox.ts';
import { aContact, aHappening, FakeClock, SharedStorage } from './testing.ts';
import { maxMessage } from './wire/read.ts';

const prefix = 'patchcord:005:fact:';

/** One tab's outbox on storage that it shares with others. */
function tab(shared: SharedStorage, load: string, clock = new FakeClock()) {
  const { storage, hear } = shared.tab();
  const full = vi.fn();
  const lost = vi.fn();
  const outbox = new Outbox({ storage, user: '005', load, clock, full, lost });
  hear((name, value) => outbox.hear(name, value));
  return { outbox, clock, full, lost, storage };
}

const keys = (outbox: Outbox) => [...outbox.pending()].map((e) => e.fact.key);
const ages = (outbox: Outbox) => [...outbox.pending()].map((e) => outbox.age(e));

test('an event is kept until it is acknowledged, once under its key', () => {
  const shared = new SharedStorage();
  const { outbox, clock } = tab(shared, 'a');
  outbox.add(aHappening('c:1'));
  clock.passes(20);
  outbox.add(aHappening('c:1'));
  outbox.add(aHappening('c:2'));
  expect(keys(outbox)).toEqual(['c:1', 'c:2']);
  expect(ages(outbox)).toEqual([20, 0]);
  outbox.acknowledge('c:1');
  outbox.acknowledge('never told');
  expect(shared.names()).toEqual([`${prefix}c:2`]);
});

test('two tabs see one outbox, and an acknowledgement in one holds in both', () => {
  const shared = new SharedStorage();
  const [a, b] = [tab(shared, 'a'), tab(shared, 'b')];
  a.outbox.add(aHappening('c:1'));
  b.outbox.add(aHappening('c:1'));
  b.outbox.add(aHappening('c:2'));
  expect([keys(a.outbox), keys(b.outbox)]).toEqual([
    ['c:1', 'c:2'],
    ['c:1', 'c:2'],
  ]);
  b.outbox.acknowledge('c:1');
  expect([keys(a.outbox), keys(b.outbox)]).toEqual([['c:2'], ['c:2']]);
});

test('what a closed tab left is found, each load in its order, and nothing of other users', () => {
  const shared = new SharedStorage();
  const first = tab(shared, 'z');
  first.outbox.add(aHappening('c:1'));
  first.clock.jumps(-3_600_000); // somebody puts the clock back in the middle of the call
  first.outbox.add(aHappening('c:2'));
  const { storage } = shared.tab();
  new Outbox({ ...other(storage), user: '006', load: 'x' }).add(aHappening('of somebody else'));
  const second = tab(shared, 'a', first.clock.reloaded());
  expect(keys(second.outbox)).toEqual(['c:1', 'c:2']);
});

const other = (storage: Storage) => ({ storage, clock: new FakeClock(), full: () => {}, lost: () => {} });

test('the age is by the monotonic clock within a load, and by the wall clock for what an earlier load left', () => {
  const shared = new SharedStorage();
  const a = tab(shared, 'a');
  a.outbox.add(aHappening('c:1'));
  a.clock.passes(1_000);
  a.clock.jumps(86_400_000);
  expect(ages(a.outbox)).toEqual([1_000]);
  a.clock.jumps(-86_400_000);
  const later = a.clock.reloaded();
  later.passes(500);
  const b = tab(shared, 'b', later);
  expect(ages(b.outbox)).toEqual([1_500]);
  later.jumps(-60_000);
  expect(ages(b.outbox)).toEqual([-58_500]); // as it is: the adapter judges it
});

test('a tab that tells the same again after a reload keeps the time at which it happened', () => {
  const shared = new SharedStorage();
  const a = tab(shared, 'a');
  a.outbox.add(aHappening('c:1'));
  const later = a.clock.reloaded();
  later.passes(700);
  const b = tab(shared, 'b', later);
  b.outbox.add(aHappening('c:1', { replay: true }));
  expect(ages(b.outbox)).toEqual([700]);
});

test('what is older than a week goes, and is said', () => {
  const shared = new SharedStorage();
  const a = tab(shared, 'a');
  a.outbox.add(aHappening('c:1'));
  const later = a.clock.reloaded();
  later.passes(maxAge + 1);
  const b = tab(shared, 'b', later);
  expect(keys(b.outbox)).toEqual([]);
  expect(b.lost).toHaveBeenCalledWith('c:1', 'it is too old');
  expect(shared.names()).toEqual([]);
});

test.each([
  'not json',
  '7',
  '{"load":"a"}',
  '{"load":"a","n":1,"mono":0,"wall":0,"fact":{"key":"other","source":"s","event":"e","replay":false}}',
])('what nobody can read is skipped and removed: %s', (value) => {
  const shared = new SharedStorage();
  const { storage } = shared.tab();
  storage.setItem(`${prefix}bad`, value);
  storage.setItem('patchcord:005', 'the session');
  const { outbox } = tab(shared, 'a');
  outbox.add(aHappening('c:1'));
  expect(keys(outbox)).toEqual(['c:1']);
  expect(shared.names()).toEqual(['patchcord:005', `${prefix}c:1`]);
});

const large = (key: string, event: string, size = 200_000) =>
  aHappening(key, { event, payload: { text: 'v'.repeat(size) } });

test('a full outbox drops refreshes first, then what else can be done without, and never what a contact went through', () => {
  const { outbox, lost, full } = tab(new SharedStorage(), 'a');
  for (let i = 0; i < 9; i++) outbox.add(large(`c${i}:onConnected:1`, 'onConnected'));
  outbox.add(large('p:onPending:1', 'onPending'));
  for (let i = 0; i < 10; i++) outbox.add(large(`r${i}:onRefresh:1`, 'onRefresh'));
  for (let i = 0; i < 11; i++) outbox.add(large(`e${i}:onEnded:1`, 'onEnded'));
  expect(lost.mock.calls.map(([key]) => key)).toEqual([
    ...Array.from({ length: 10 }, (_, i) => `r${i}:onRefresh:1`),
    'p:onPending:1',
  ]);
  expect(full).not.toHaveBeenCalled();
  outbox.add(large('r10:onRefresh:1', 'onRefresh'));
  expect(full).not.toHaveBeenCalled(); // nobody misses it
  outbox.add(large('m:onMissed:1', 'onMissed'));
  expect(full.mock.calls).toEqual([[true]]);
  expect(keys(outbox)).toHaveLength(20);
  outbox.acknowledge('c0:onConnected:1');
  expect(full.mock.calls).toEqual([[true], [false]]);
  outbox.add(large('m:onMissed:1', 'onMissed'));
  expect(outbox.has('m:onMissed:1')).toBe(true);
});

test('a refresh pushes out an older refresh, and nothing else', () => {
  const { outbox } = tab(new SharedStorage(), 'a');
  outbox.add(large('p:onPending:1', 'onPending'));
  for (let i = 0; i < 22; i++) outbox.add(large(`r${i}:onRefresh:1`, 'onRefresh'));
  expect(outbox.has('p:onPending:1')).toBe(true);
  expect(outbox.has('r0:onRefresh:1')).toBe(false);
  expect(outbox.has('r21:onRefresh:1')).toBe(true);
});

test('there is room for two thousand contacts; those of which nothing matters make way', () => {
  const { outbox, full } = tab(new SharedStorage(), 'a');
  outbox.add(aHappening('d:onDestroy:1', { event: 'onDestroy' }));
  for (let i = 0; i < maxContacts; i++) outbox.add(aHappening(`c${i}:onConnecting:1`));
  expect(outbox.has('d:onDestroy:1')).toBe(false);
  expect(full).not.toHaveBeenCalled();
  outbox.add(aHappening('c7:onEnded:1', { event: 'onEnded' })); // of a contact that is in
  expect(full).not.toHaveBeenCalled();
  outbox.add(aHappening('one more:onConnecting:1'));
  expect(full.mock.calls).toEqual([[true]]);
});

test('a full outbox of a tab that was closed is sent from the next, and empties', () => {
  const shared = new SharedStorage();
  const a = tab(shared, 'a');
  for (let i = 0; i < 25; i++) a.outbox.add(large(`c${i}:onEnded:1`, 'onEnded'));
  const b = tab(shared, 'b', a.clock.reloaded());
  expect(keys(b.outbox)).toEqual(keys(a.outbox));
  b.outbox.add(large('new:onEnded:1', 'onEnded'));
  expect(b.full).toHaveBeenCalledWith(true);
  for (const key of keys(b.outbox)) b.outbox.acknowledge(key);
  expect(shared.names()).toEqual([]);
  b.outbox.add(large('new:onEnded:1', 'onEnded'));
  expect(keys(b.outbox)).toEqual(['new:onEnded:1']);
});

test('what is too large in bytes is not kept: a refresh loses what makes it so, anything else goes and is said', () => {
  const { outbox, lost } = tab(new SharedStorage(), 'a');
  const text = 'ü'.repeat(maxMessage / 2); // fits in characters, not in bytes
  outbox.add(aHappening('c:onEnded:1', { event: 'onEnded', payload: { text } }));
  expect(lost).toHaveBeenCalledWith('c:onEnded:1', 'it is too large');
  const contact = aContact({ contactId: 'c', attributes: { text } });
  outbox.add(aHappening('c:onRefresh:1', { event: 'onRefresh', contact, payload: { text } }));
  outbox.add(aHappening('c:onMissed:1', { event: 'onMissed' }));
  const [refresh, missed] = [...outbox.pending()].map((e) => e.fact);
  expect(refresh).toMatchObject({ key: 'c:onRefresh:1', contact: { attributes: {} } });
  expect(refresh).not.toHaveProperty('payload');
  expect(missed?.key).toBe('c:onMissed:1');
});

test('what the storage has no room for lives in memory, and is stored when there is room', () => {
  const shared = new SharedStorage();
  const { outbox } = tab(shared, 'a');
  outbox.add(aHappening('c:1'));
  shared.quota = 0;
  outbox.add(aHappening('c:2'));
  outbox.rescan();
  expect(keys(outbox)).toEqual(['c:1', 'c:2']);
  expect(shared.names()).toEqual([`${prefix}c:1`]);
  shared.quota = Number.POSITIVE_INFINITY;
  outbox.acknowledge('c:1');
  expect(shared.names()).toEqual([`${prefix}c:2`]);
});

test('a brief event is not left to anybody', () => {
  const shared = new SharedStorage();
  const { outbox } = tab(shared, 'a');
  outbox.add(aHappening('click'), { brief: true });
  outbox.add(aHappening('c:1'));
  outbox.acknowledge('c:1');
  expect(keys(outbox)).toEqual(['click']);
  expect(shared.names()).toEqual([]);
});

test('what others did while nobody told is found by looking', () => {
  const shared = new SharedStorage();
  const { outbox } = tab(shared, 'a');
  outbox.add(aHappening('c:1'));
  const deaf = new Outbox({ ...other(shared.tab().storage), user: '005', load: 'b' });
  const unheard = new Outbox({ ...other(shared.tab().storage), user: '005', load: 'c' });
  deaf.add(aHappening('c:2'));
  deaf.acknowledge('c:1');
  expect(keys(unheard)).toEqual(['c:1']);
  unheard.rescan();
  expect(keys(unheard)).toEqual(['c:2']);
});
