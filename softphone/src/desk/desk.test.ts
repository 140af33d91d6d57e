import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../words.ts';
import { Desk } from './desk.ts';
import { FakeRoad, hello } from './testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A page with three roads, and what it is told. */
function page() {
  const roads = [new FakeRoad('first'), new FakeRoad('second'), new FakeRoad('third')] as const;
  const [first, second, third] = roads;
  const told: unknown[] = [];
  const desk = new Desk(roads, 'page-1');
  const start = () =>
    desk.start({ stands: (road) => told.push(road), event: (name, detail) => told.push([name, detail]) });
  return { desk, first, second, third, roads, told, start };
}

const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('nothing is asked or heard before somebody wants to know', async () => {
  const { roads } = page();
  await passes(60_000);
  for (const road of roads) expect([road.asked.length, road.isHeard]).toEqual([0, false]);
});

test('the first road by which the component answers is taken, and the others are left alone', async () => {
  const { desk, first, second, third, told, start } = page();
  second.answers = hello;
  third.answers = hello;
  start();
  await passes(1_499);
  expect([desk.isThere, second.asked.length]).toEqual([false, 0]);
  await passes(1);
  expect(told).toEqual(['second']);
  expect(desk.isThere).toBe(true);
  expect([first.isHeard, second.isHeard, third.isHeard]).toEqual([false, true, false]);
  expect(third.asked).toEqual([]);
  expect(second.asked[0]).toEqual({ to: 'desk', from: 'page-1', id: '2', call: 'hello' });
});

test('a road that the platform does not have costs no wait', async () => {
  const { first, second, told, start } = page();
  first.isClosed = true;
  second.answers = hello;
  start();
  await passes(0);
  expect(told).toEqual(['second']);
});

test('a component that is not rendered yet is asked again, less and less often', async () => {
  const { first, third, told, start } = page();
  start();
  await passes(600_000);
  expect(told).toEqual([]);
  expect(first.asked.length).toBeGreaterThan(10);
  expect(first.asked.length).toBeLessThan(30);
  third.answers = hello;
  await passes(36_000);
  expect(told).toEqual(['third']);
});

test('a component that says that it is ready is asked at once, by the roads in their order', async () => {
  const { first, second, told, start } = page();
  start();
  await passes(600_000);
  first.answers = hello;
  second.answers = hello;
  second.tells('ready', { version: 1 });
  await passes(0);
  expect(told).toEqual(['first']);
});

test('a component that gets ready while another road is tried is found by the first', async () => {
  const { first, second, told, start } = page();
  start();
  await passes(1_600);
  expect(second.asked).toHaveLength(1);
  first.answers = hello;
  first.tells('ready');
  await passes(0);
  expect(told).toEqual(['first']);
});

/** A page whose component answers by its first road. */
async function connected() {
  const p = page();
  p.first.answers = { ...hello };
  const stop = p.start();
  await passes(0);
  return { ...p, stop };
}

test('questions are answered with what is to their id, by the road on which they went', async () => {
  const { desk, first, second } = await connected();
  const asked = desk.ask('workspace.closeTab', { tabId: 't' });
  const ask = first.asked.at(-1) ?? expect.fail('nothing asked');
  expect(ask).toMatchObject({ to: 'desk', from: 'page-1', call: 'workspace.closeTab', args: { tabId: 't' } });
  const answer = { to: 'page-1', id: ask.id, ok: true, value: 'right' };
  second.says({ ...answer, value: 'by another road' });
  first.says({ ...answer, to: 'page-2', value: 'of another page' });
  first.says({ ...answer, id: 'x', value: 'of another question' });
  first.says(ask);
  first.says('nonsense');
  first.says({ ...answer, ok: 'perhaps' });
  first.says(answer);
  await expect(asked).resolves.toBe('right');
  first.says({ ...answer, value: 'too late' });
});

test('a refusal has the component’s words', async () => {
  const { desk, first } = await connected();
  first.answers = {
    'omni.login': () => {
      throw new Error('The user is not an agent.');
    },
  };
  await expect(desk.ask('omni.login')).rejects.toThrow('The user is not an agent.');
});

test('a question without an answer ends, and the component counts as there while it says hello', async () => {
  const { desk, told } = await connected();
  const refused = expect(desk.ask('omni.login')).rejects.toBeInstanceOf(Refused);
  await passes(8_000);
  await refused;
  expect([desk.isThere, told]).toEqual([true, ['first']]);
});

test('what happens is told, of the road in use alone, and of nothing that is not an event', async () => {
  const { first, second, told } = await connected();
  first.tells('omniChannelLogout', { reason: 'r' });
  second.tells('omniChannelLogout');
  first.says({ to: 'pages', event: 7 });
  first.says({ to: 'pages', event: 'x', detail: 'none' });
  expect(told).toEqual(['first', ['omniChannelLogout', { reason: 'r' }], ['x', {}]]);
});

test('a component that is rendered anew is told as there', async () => {
  const { first, told } = await connected();
  first.tells('ready', { version: 1 });
  expect(told).toEqual(['first', 'first']);
});

test('a component that answers no more is said to be gone, what was asked ends, and it is looked for again', async () => {
  const { desk, first, third, told } = await connected();
  first.answers = null;
  await passes(20_000 + 9_000);
  expect(told).toEqual(['first']);
  const refused = expect(desk.ask('omni.logout')).rejects.toMatchObject({ code: 'command.silent' });
  await passes(1_000);
  await refused;
  expect([desk.isThere, told]).toEqual([false, ['first', null]]);
  await expect(desk.ask('omni.logout')).rejects.toMatchObject({ code: 'command.silent' });
  third.answers = hello;
  await passes(3_000);
  expect(told).toEqual(['first', null, 'third']);
});

test('a console that was busy once is not taken for one that is gone', async () => {
  const { first, told } = await connected();
  first.answers = null;
  await passes(20_000 + 4_999);
  first.answers = hello;
  await passes(60_000);
  const unanswered = first.asked[1] ?? expect.fail('not asked');
  first.says({ to: 'page-1', id: unanswered.id, ok: true }); // too late, and no harm
  expect(told).toEqual(['first']);
});

test('after the end nothing is asked, heard or waited for', async () => {
  const { desk, first, roads, stop } = await connected();
  const refused = expect(desk.ask('omni.logout')).rejects.toBeInstanceOf(Refused);
  stop();
  await refused;
  const asked = first.asked.length;
  await passes(120_000);
  expect(first.asked).toHaveLength(asked);
  expect(roads.some((r) => r.isHeard)).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test('an end in the middle of a search ends the search', async () => {
  const { roads, start, told } = page();
  const stop = start();
  await passes(700);
  stop();
  for (const road of roads) road.answers = hello;
  await passes(120_000);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('whoever needs the component waits while the console may still be loading, and no longer', async () => {
  const { desk, third, start } = page();
  await expect(desk.comes()).resolves.toBe(false); // nobody looks for it
  start();
  const early = desk.comes();
  await passes(1_000);
  third.answers = hello;
  await passes(3_000);
  await expect(early).resolves.toBe(true);
  await expect(desk.comes()).resolves.toBe(true);
});

test('a console without the component keeps nobody waiting, once it has had its time', async () => {
  const { desk, start } = page();
  start();
  const early = desk.comes();
  await passes(4_000);
  await expect(early).resolves.toBe(false);
  await passes(5_000);
  await expect(desk.comes()).resolves.toBe(false);
});
