import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { agentHappening, contactHappening, isToldToFlows, sourceOf } from './contact-events.ts';
import { type Locks, standForElection } from './election.ts';
import { Outbox } from './outbox.ts';
import { leftAfter, Teller } from './teller.ts';
import { aContact, anAgent, FakeClock, FakeLocks, SharedStorage } from './testing.ts';
import { version } from './wire/read.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Around {
  shared?: SharedStorage;
  locks?: Locks;
  clock?: FakeClock;
  load?: string;
}

let ids = 0;

/** One tab; what it sends is what it may send of the outbox. */
function tab({ shared = new SharedStorage(), locks, clock = new FakeClock(), load = 'a' }: Around = {}) {
  const { storage, hear } = shared.tab();
  const outbox = new Outbox({ storage, user: '005', load, clock, full: () => {}, lost: () => {} });
  hear((name, value) => {
    const key = outbox.hear(name, value);
    if (key !== null) teller.hear(key);
  });
  const around = { canTell: true };
  const [clickLost, elected, send] = [vi.fn(), vi.fn(), vi.fn()];
  const teller = new Teller({
    user: '005',
    load,
    outbox,
    locks,
    clock,
    signedInAt: () => 77,
    canTell: () => around.canTell,
    send,
    elected,
    clickLost,
    id: () => `id-${++ids}`,
  });
  const sends = () => [...outbox.pending()].filter((e) => teller.sends(e)).map((e) => e.fact.key);
  return { teller, outbox, sends, around, clickLost, elected, send, clock };
}

const elected = (around: Around = {}) => {
  const t = tab(around);
  t.teller.stand();
  return t;
};

test('a call is told event by event, with keys that do not change', () => {
  const { teller, sends, send } = elected();
  teller.contact('onConnecting', aContact(), anAgent, 100, false);
  teller.contact('onConnected', aContact({ state: 'connected' }), anAgent, 200, false);
  teller.contact('onEnded', aContact({ state: 'ended' }), anAgent, 300, false);
  expect(sends()).toEqual(['c-1:onConnecting:100', 'c-1:onConnected:200', 'c-1:onEnded:300']);
  expect(send).toHaveBeenCalledTimes(4); // one for the election
});

test('a failure of a call’s audio is told once, however often and in how many tabs it is heard', () => {
  const shared = new SharedStorage();
  const locks = new FakeLocks();
  const [first, second] = [elected({ shared, locks, load: 'a' }), elected({ shared, locks, load: 'b' })];
  for (const t of [first, second, first]) t.teller.soundFailed('c-1', 'ice_collection_timeout', anAgent);
  expect([...first.sends(), ...second.sends()]).toEqual(['agent:agent:onSoftphoneError:c-1:ice_collection_timeout']);
  expect([...first.outbox.pending()][0]?.fact).toMatchObject({
    source: 'connectAgent',
    payload: { contactId: 'c-1', errorType: 'ice_collection_timeout' },
  });
});

test('a refresh is told only when something changed, and somebody wants it', () => {
  const { teller, sends } = elected();
  const refresh = (attributes: Record<string, string>) =>
    teller.contact('onRefresh', aContact({ attributes }), null, 100, false);
  refresh({});
  refresh({ tier: 'gold' });
  expect(sends()).toEqual([]);
  teller.want(['connectVoiceContact.onRefresh']);
  refresh({ tier: 'gold' });
  expect(sends()).toEqual([]);
  refresh({ tier: 'silver' });
  refresh({ tier: 'silver' });
  expect(sends()).toEqual([expect.stringMatching(/^c-1:onRefresh:/)]);
  teller.want(['connectChatContact.onRefresh']);
  refresh({ tier: 'bronze' });
  expect(sends()).toHaveLength(1);
});

describe('an agent’s refresh', () => {
  const hears = (t: ReturnType<typeof tab>, next: string) => t.teller.agentRefreshed(anAgent, [next, []]);

  test('is told only when something changed, somebody wants it, and things have come to rest', async () => {
    const t = elected();
    hears(t, '');
    hears(t, 'Lunch');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(t.sends()).toEqual([]);
    t.teller.want(['connectAgent.onRefresh']);
    hears(t, 'Lunch');
    for (const next of ['Break', 'Lunch', 'Break']) hears(t, next);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(t.sends()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(t.sends()).toEqual([expect.stringMatching(/^agent:agent:onRefresh:/)]);
    hears(t, 'Break');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(t.sends()).toHaveLength(1);
  });

  test('that is undone at once is none', async () => {
    const t = elected();
    t.teller.want(['connectAgent.onRefresh']);
    hears(t, '');
    hears(t, 'Lunch');
    hears(t, '');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(t.sends()).toEqual([]);
  });

  test('is not told of an agent who has signed out', async () => {
    const t = elected();
    t.teller.want(['connectAgent.onRefresh']);
    hears(t, '');
    hears(t, 'Lunch');
    t.teller.resign();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(t.sends()).toEqual([]);
  });
});

test('the start of a page is told once, when it is known that somebody wants it', () => {
  const { teller, outbox } = tab({ load: 'load-7' });
  teller.started();
  const told = () => [...outbox.pending()].map((e) => [e.fact.source, e.fact.key]);
  expect(told()).toEqual([]);
  teller.want(['initialization.onInit']);
  teller.want(['initialization.onInit']);
  teller.started(); // the agent has signed in again
  expect(told()).toEqual([['initialization', 'ui:onInit:load-7']]);
});

test('work of Sales Engagement is told if somebody wants it, also later', () => {
  const { teller, outbox, around } = tab();
  const work = { workId: '0Xb', completeWorkWhen: 'TASK_SAVED' };
  around.canTell = false;
  teller.workStarted(work);
  teller.want(['salesforceUi.onHvsWorkStart']);
  teller.workStarted(work);
  expect([...outbox.pending()].map((e) => [e.fact.event, e.fact.payload])).toEqual([['onHvsWorkStart', work]]);
});

test('a step in the console is told if somebody wants it, and not later', () => {
  const { teller, sends, around } = tab();
  teller.navigated({ url: '/' });
  teller.want(['salesforceUi.onNavigationChange']);
  around.canTell = false;
  teller.navigated({ url: '/' });
  expect(sends()).toEqual([]);
  around.canTell = true;
  teller.navigated({ url: '/' });
  expect(sends()).toEqual([expect.stringMatching(/^ui:onNavigationChange:/)]);
});

describe('a click', () => {
  const click = { number: '1', details: { number: '1' } };

  test('is told by the tab in which it happened, elected or not, and left to nobody', () => {
    const shared = new SharedStorage();
    const { teller, sends, clickLost } = tab({ shared });
    teller.clicked(click);
    expect(sends()).toHaveLength(1);
    expect(shared.names()).toEqual([]);
    expect(clickLost).not.toHaveBeenCalled();
  });

  test('is not kept for later while it cannot be told', () => {
    const { teller, sends, clickLost, around } = tab();
    around.canTell = false;
    teller.clicked(click);
    expect(sends()).toEqual([]);
    expect(clickLost).toHaveBeenCalledExactlyOnceWith('notTold');
  });

  test('that is not acknowledged in time is given up, and one that is stays quiet', () => {
    const { teller, outbox, sends, clickLost } = tab();
    teller.clicked(click);
    teller.clicked(click);
    outbox.acknowledge(sends()[0] ?? '');
    vi.advanceTimersByTime(10_000);
    expect(sends()).toEqual([]);
    expect(clickLost).toHaveBeenCalledExactlyOnceWith('unknown');
  });
});

test('what an agent chose is told, and kept until it is acknowledged', () => {
  const shared = new SharedStorage();
  const { teller, outbox } = tab({ shared });
  teller.chosen('c-1', '003');
  expect([...outbox.pending()].map((e) => e.fact)).toEqual([
    expect.objectContaining({
      source: 'patchcord',
      event: 'onChosen',
      key: expect.stringMatching(/^ui:onChosen:id-/),
      payload: { contactId: 'c-1', recordId: '003' },
    }),
  ]);
  expect(shared.names()).toHaveLength(1);
});

describe('the election', () => {
  test('a tab that is not elected is quiet; when it takes over it tells what is going on, dated when it happened', async () => {
    const [shared, locks] = [new SharedStorage(), new FakeLocks()];
    const a = elected({ shared, locks });
    const b = tab({ shared, locks, load: 'b' });
    b.teller.stand();
    b.teller.agent('onRoutable', { ...anAgent, since: 4 }, false, {});
    b.teller.agent('onRoutable', anAgent, false, {});
    b.teller.contact('onConnecting', aContact(), null, 100, false);
    b.clock.passes(500);
    b.teller.contact('onConnected', aContact({ state: 'connected' }), null, 150, false);
    expect([b.sends(), b.elected.mock.calls.length]).toEqual([[], 0]);
    a.teller.resign();
    await vi.waitFor(() => expect(b.teller.isElected).toBe(true));
    expect(a.teller.isElected).toBe(false);
    expect(b.sends().slice(-3)).toEqual(['agent:agent:onRoutable:5', 'c-1:onConnecting:100', 'c-1:onConnected:150']);
    expect([...b.outbox.pending()].map((e) => b.outbox.age(e)).slice(-2)).toEqual([500, 0]);
    expect(b.elected).toHaveBeenCalledOnce();
  });

  test('what another tab left is sent by the elected one at once, and by any other after a while', () => {
    const shared = new SharedStorage();
    const left = tab({ shared, load: 'closed' });
    left.teller.chosen('c-1', '003');
    const clock = left.clock.reloaded();
    const idle = tab({ shared, clock, load: 'b' });
    const speaker = elected({ shared, clock, load: 'c' });
    expect([idle.sends().length, speaker.sends().length]).toEqual([0, 1]);
    clock.passes(leftAfter + 1);
    expect(idle.sends()).toHaveLength(1);
  });

  test('a tab whose socket has come up sends what was told before, whoever told it', () => {
    const [shared, clock] = [new SharedStorage(), new FakeClock(5_000)];
    const a = elected({ shared, clock });
    const b = tab({ shared, clock, load: 'b' });
    a.teller.contact('onConnecting', aContact(), null, 100, false);
    clock.passes(30);
    expect(b.sends()).toEqual([]);
    b.teller.up();
    clock.passes(1);
    a.teller.contact('onConnected', aContact({ state: 'connected' }), null, 150, false);
    clock.passes(1);
    expect(b.sends()).toEqual(['c-1:onConnecting:100']);
  });

  test('what the elected tab has no socket for is sent by any other at once', () => {
    const shared = new SharedStorage();
    const a = elected({ shared });
    const b = tab({ shared, load: 'b' });
    a.around.canTell = false;
    a.teller.contact('onConnecting', aContact(), null, 100, false);
    a.teller.chosen('c-1', '003');
    const reloaded = tab({ shared, load: 'c' });
    for (const t of [b, reloaded]) expect(t.sends()).toEqual(['c-1:onConnecting:100', expect.stringMatching(/^ui:/)]);
  });

  test('a wall clock that was set back holds up nothing that another tab left', () => {
    const [shared, clock] = [new SharedStorage(), new FakeClock(5_000)];
    elected({ shared, clock }).teller.contact('onConnecting', aContact(), null, 100, false);
    const b = tab({ shared, clock, load: 'b' });
    clock.jumps(-3_600_000);
    expect(b.sends()).toEqual(['c-1:onConnecting:100']);
  });

  test('what an elected tab does not tell that is not awake is told by the others after a while', async () => {
    const [shared, locks] = [new SharedStorage(), new FakeLocks()];
    elected({ shared, locks }); // hears nothing
    const b = tab({ shared, locks, load: 'b' });
    b.teller.stand();
    b.teller.contact('onConnecting', aContact(), anAgent, 100, false);
    b.teller.agent('onInit', anAgent, false, {});
    b.teller.agent('onRoutable', anAgent, true, {});
    await vi.advanceTimersByTimeAsync(leftAfter - 1);
    expect(b.sends()).toEqual([]);
    b.clock.passes(leftAfter);
    await vi.advanceTimersByTimeAsync(1);
    expect(b.sends()).toEqual(['c-1:onConnecting:100']);
    expect([...b.outbox.pending()].map((e) => b.outbox.age(e))).toEqual([leftAfter]);
  });

  test('what all tabs see is told by the elected one alone, whoever hears of it first', async () => {
    const [shared, locks] = [new SharedStorage(), new FakeLocks()];
    const a = elected({ shared, locks });
    const b = tab({ shared, locks, load: 'b' });
    b.teller.stand();
    const both = [
      [a, b],
      [b, a],
    ] as const;
    for (const [i, tabs] of both.entries())
      for (const t of tabs) t.teller.contact('onConnecting', aContact(), anAgent, i, false);
    for (const key of a.sends()) a.outbox.acknowledge(key);
    b.clock.passes(leftAfter);
    await vi.advanceTimersByTimeAsync(leftAfter);
    expect([b.sends(), shared.names()]).toEqual([[], []]);
  });

  test('nothing is told for an agent who has signed out meanwhile', async () => {
    const locks = new FakeLocks();
    elected({ locks });
    const b = tab({ locks, load: 'b' });
    b.teller.stand();
    b.teller.contact('onConnecting', aContact(), anAgent, 100, false);
    b.teller.resign();
    await vi.advanceTimersByTimeAsync(leftAfter);
    expect(b.sends()).toEqual([]);
  });

  test('of contacts that are gone for long nothing is told again', async () => {
    const locks = new FakeLocks();
    const a = elected({ locks });
    const b = tab({ locks, load: 'b' });
    b.teller.stand();
    for (const [id, at] of [
      ['c-1', 1],
      ['c-2', 2],
    ] as const) {
      b.teller.contact('onConnecting', aContact({ contactId: id }), null, at, false);
      b.teller.contact('onDestroy', aContact({ contactId: id, state: 'ended' }), null, at, false);
      b.clock.passes(id === 'c-1' ? 60_000 : 0);
    }
    a.teller.resign();
    await vi.waitFor(() => expect(b.teller.isElected).toBe(true));
    expect(b.sends()).toEqual(['c-2:onConnecting:2', 'c-2:onDestroy:2']);
  });

  test('a tab that resigns while it waits is not elected, and may stand again', async () => {
    const locks = new FakeLocks();
    const a = elected({ locks });
    const b = tab({ locks, load: 'b' });
    b.teller.stand();
    b.teller.resign();
    a.teller.resign();
    const c = tab({ locks, load: 'c' });
    c.teller.stand();
    await vi.waitFor(() => expect(c.teller.isElected).toBe(true));
    expect(b.teller.isElected).toBe(false);
    b.teller.stand();
    c.teller.resign();
    await vi.waitFor(() => expect(b.teller.isElected).toBe(true));
  });

  test('a lock that comes after all is let go', async () => {
    let take = () => Promise.resolve();
    const late = { request: (_n: string, _o: object, t: () => Promise<void>) => new Promise(() => (take = t)) };
    const elected = vi.fn();
    standForElection('005', late, elected)();
    await expect(take()).resolves.toBeUndefined();
    expect(elected).not.toHaveBeenCalled();
  });

  test.each([
    [
      'at once',
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
    ],
    ['later', () => Promise.reject(new DOMException('denied', 'SecurityError'))],
  ])('where locks are denied, %s, every tab tells', async (_when, request) => {
    const { teller, sends } = tab({ locks: { request } });
    teller.stand();
    teller.contact('onConnecting', aContact(), null, 100, false);
    await vi.waitFor(() => expect(sends()).toEqual(['c-1:onConnecting:100']));
  });

  test('pages of another version elect among themselves', () => {
    const request = vi.fn(() => new Promise(() => {}));
    standForElection('005', { request }, () => {});
    expect(request).toHaveBeenCalledExactlyOnceWith(`patchcord:005:${version}`, expect.anything(), expect.anything());
  });

  test('without locks every tab tells, each event once', () => {
    const shared = new SharedStorage();
    const [a, b] = [elected({ shared }), elected({ shared, load: 'b' })];
    for (const { teller } of [a, b]) teller.contact('onConnecting', aContact(), null, 100, false);
    expect(a.sends()).toEqual(['c-1:onConnecting:100']);
    expect(b.sends()).toEqual(['c-1:onConnecting:100']);
  });
});

test.each([
  ['voice', 'connectVoiceContact'],
  ['queue_callback', 'connectQueueCallbackContact'],
  ['chat', 'connectChatContact'],
  ['task', 'connectTaskContact'],
])('a %s contact is of the source %s', (type, source) => expect(sourceOf(type)).toBe(source));

test('only a queued callback is incoming, and only it is not connecting', () => {
  expect([isToldToFlows('voice', 'onIncoming'), isToldToFlows('voice', 'onConnecting')]).toEqual([false, true]);
  expect([isToldToFlows('queue_callback', 'onIncoming'), isToldToFlows('queue_callback', 'onConnecting')]).toEqual([
    true,
    false,
  ]);
});

test('two rings of one contact are two occurrences', () => {
  const key = (since: number) => contactHappening(aContact(), null, 'onConnecting', since, false).key;
  expect(key(1)).not.toBe(key(2));
});

test('a sign-in is the same in whatever state a reload finds the agent; a state is the same as long as it lasts', () => {
  const { teller, sends } = elected();
  teller.agent('onInit', anAgent, false, {});
  teller.agent('onInit', { ...anAgent, state: 'AfterCallWork', since: 9 }, false, {});
  teller.agent('onAfterCallWork', { ...anAgent, state: 'AfterCallWork', since: 9 }, true, {});
  expect(sends()).toEqual(['agent:agent:onInit:77', 'agent:agent:onAfterCallWork:9']);
});

test('an agent event names the agent', () => {
  expect(agentHappening(anAgent, 'onRoutable', 5, false, { a: 1 })).toEqual({
    source: 'connectAgent',
    event: 'onRoutable',
    key: 'agent:agent:onRoutable:5',
    replay: false,
    agent: anAgent,
    payload: { a: 1 },
  });
});

test('a change of Omni-Channel is told by every tab that hears it, elected or not; work and load if somebody wants them', () => {
  const shared = new SharedStorage();
  const locks = new FakeLocks();
  const first = elected({ shared, locks, load: 'a' });
  const second = tab({ shared, locks, load: 'b' });
  const happens = (name: string, params = {}) => {
    for (const { teller } of [first, second]) teller.omni({ name, params });
  };
  happens('omniChannelStatusChanged', { statusId: '0N5' });
  happens('omniChannelWorkloadChanged', { newWorkload: 1 });
  happens('omniChannelWorkAccepted', { workId: '0Bz' });
  happens('omniChannelLoginSuccess', { statusId: '0N5' });
  const keys = () => [...new Set([...first.sends(), ...second.sends()])].toSorted();
  expect(keys()).toEqual(['omni:a:1', 'omni:b:1']);
  for (const { teller } of [first, second])
    teller.want(['salesforceAgent.onWorkAccepted', 'salesforceAgent.onWorkloadChanged']);
  happens('omniChannelWorkloadChanged', { newWorkload: 1 });
  happens('omniChannelWorkAccepted', { workId: '0Bz' });
  happens('omniChannelLogout');
  const loads = ['omni:a:1', 'omni:a:2', 'omni:a:4', 'omni:b:1', 'omni:b:2', 'omni:b:4'];
  expect(keys()).toEqual([...loads, 'omni:work:0Bz:onWorkAccepted']);
});
