// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outbox } from './outbox.ts';
import { retryAfter } from './sending.ts';
import { AdapterSocket, type Listener } from './socket.ts';
import { aContact, aHappening, anAgent, asWebSocket, FakeClock, FakeSocket, SharedStorage } from './testing.ts';
import { closeCodes, version } from './wire/read.ts';

function desk() {
  const opened: FakeSocket[] = [];
  const heard: string[] = [];
  const listener: Listener = {
    welcome: (w) => heard.push(`welcome ${w.agent}`),
    command: (c) => heard.push(`command ${c.id}`),
    notice: (n) => heard.push(`notice ${n.text}`),
    over: (code) => heard.push(`over ${code}`),
    caller: (c) => heard.push(`caller ${c.kind}`),
    refused: (r) => heard.push(`refused ${r.key} ${r.reason}`),
    paused: (p) => heard.push(p ? 'paused' : 'goes on'),
    away: () => heard.push('away'),
    stopped: (session, s) => heard.push(`${session} stopped ${s.why} ${s.reason}`),
  };
  const { storage } = new SharedStorage().tab();
  const lost: string[] = [];
  const clock = new FakeClock();
  const outbox = new Outbox({
    storage,
    user: '005',
    load: 'p-1',
    clock,
    full: () => {},
    lost: (key, why) => lost.push(`${key}: ${why}`),
  });
  const socket = new AdapterSocket({
    url: 'ws://adapter.example/ws',
    hello: () => ({
      user: '005',
      page: 'p-1',
      front: { visible: true, touchedAgo: 7 },
      capabilities: ['console'],
      build: 'test',
    }),
    queue: outbox,
    listener,
    random: () => 1,
    open: () => {
      const s = new FakeSocket();
      opened.push(s);
      return asWebSocket(s);
    },
  });
  const tell = (...keys: string[]) => {
    for (const key of keys) outbox.add(aHappening(key));
    socket.pump();
  };
  const at = (i: number) => opened[i] ?? expect.fail(`no socket ${i}`);
  const start = () => {
    socket.start('session');
    at(0).welcomes();
    return at(0);
  };
  return { socket, opened, outbox, heard, lost, tell, start, at, clock };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the socket', () => {
  test('says who it is first, and nothing before it is welcome', () => {
    const { socket, at, heard, tell } = desk();
    tell('a');
    socket.front({ visible: false, touchedAgo: 1 });
    socket.see({ agent: anAgent, contacts: [] });
    socket.start('session');
    at(0).opens();
    const front = { visible: true, touchedAgo: 7 };
    expect(at(0).sent).toEqual([
      {
        type: 'hello',
        hello: {
          version,
          session: 'session',
          user: '005',
          page: 'p-1',
          front,
          capabilities: ['console'],
          build: 'test',
        },
      },
    ]);
    at(0).welcomes();
    expect(at(0).events()).toEqual(['a']);
    expect(heard).toEqual(['welcome Amelia']);
  });

  test('sends an event in the turn in which it is told, with its age', () => {
    const { start, outbox, socket, clock } = desk();
    const far = start();
    outbox.add(aHappening('a'));
    clock.passes(3);
    socket.pump();
    expect(far.sent.at(-1)).toMatchObject({ type: 'event', event: { key: 'a', age: 3 } });
    socket.pump();
    expect(far.events()).toEqual(['a']);
  });

  test('sends again after a drop what was not acknowledged', () => {
    const { start, tell, at, heard } = desk();
    const far = start();
    tell('a', 'b');
    far.acknowledges('a');
    far.drops();
    tell('c');
    vi.advanceTimersByTime(500);
    at(1).welcomes();
    expect(at(1).events()).toEqual(['b', 'c']);
    expect(heard).toEqual(['welcome Amelia', 'away', 'welcome Amelia']);
  });

  test('has at most two hundred events on their way', () => {
    const { start, tell } = desk();
    const far = start();
    const keys = Array.from({ length: 250 }, (_, i) => `k${i}`);
    tell(...keys);
    expect(far.events()).toEqual(keys.slice(0, 200));
    far.acknowledges('k0', 'k1');
    expect(far.events()).toEqual(keys.slice(0, 202));
  });

  test('drops what is never kept, and goes on with what is behind it', () => {
    const { start, tell, heard, lost, outbox } = desk();
    const far = start();
    tell('a', 'b');
    far.hears({ type: 'refusal', refusal: { key: 'a', reason: 'malformed', retryAfter: 0 } });
    expect(lost).toEqual(['a: malformed']);
    expect(outbox.has('b')).toBe(true);
    tell('c');
    expect(far.events()).toEqual(['a', 'b', 'c']);
    expect(heard).toEqual(['welcome Amelia', 'refused a malformed']);
  });

  test.each(['full', 'tooMany'])('is silent for as long as the adapter says when it is %s, and keeps all', (reason) => {
    const { start, tell, heard, socket, outbox } = desk();
    const far = start();
    tell('a', 'b');
    for (const key of ['a', 'b']) far.hears({ type: 'refusal', refusal: { key, reason, retryAfter: 3_000 } });
    tell('c');
    socket.answer({ id: 'x', outcome: 'done' });
    expect(socket.canTell).toBe(false);
    expect(far.kinds()).toEqual(['hello', 'event', 'event', 'result']);
    vi.advanceTimersByTime(3_000);
    expect(far.events()).toEqual(['a', 'b', 'a', 'b', 'c']);
    expect(heard.filter((h) => !h.startsWith('refused'))).toEqual(['welcome Amelia', 'paused', 'goes on']);
    expect([...outbox.pending()]).toHaveLength(3);
  });

  test('a drop ends the silence: the next adapter may have room', () => {
    const { start, tell, heard, at } = desk();
    const far = start();
    tell('a');
    far.hears({ type: 'refusal', refusal: { key: 'a', reason: 'full', retryAfter: 60_000 } });
    far.drops();
    vi.advanceTimersByTime(500);
    at(1).welcomes();
    expect(at(1).events()).toEqual(['a']);
    expect(heard).toContain('goes on');
  });

  test('tells what it sees after the events that wait', () => {
    const { start, tell, socket } = desk();
    const far = start();
    const keys = Array.from({ length: 201 }, (_, i) => `k${i}`);
    tell(...keys);
    socket.see({ agent: anAgent, contacts: [aContact()] });
    expect(far.kinds()).not.toContain('sees');
    far.acknowledges('k0');
    expect(far.kinds().slice(-2)).toEqual(['event', 'sees']);
  });

  test('what it sees goes without attributes when it is too much', () => {
    const { start, socket } = desk();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const far = start();
    const contacts = Array.from({ length: 10 }, (_, i) =>
      aContact({ contactId: `c${i}`, attributes: { text: 'ü'.repeat(16_000) } }),
    );
    socket.see({ agent: anAgent, contacts });
    const last = far.sent.at(-1);
    expect(last?.type === 'sees' && last.sees.contacts.map((c) => c.attributes)).toEqual(Array(10).fill({}));
  });

  test.each([
    ['signIn', closeCodes.signIn, ''],
    ['otherUser', closeCodes.otherUser, ''],
    ['version', closeCodes.version, '3'],
  ])('gives up when the adapter closes with %s, and does not try again', (why, code, reason) => {
    const { socket, opened, at, heard } = desk();
    socket.start('session');
    at(0).opens();
    at(0).drops(code, reason);
    socket.hurry();
    vi.advanceTimersByTime(120_000);
    expect(heard).toEqual([`session stopped ${why} ${reason}`]);
    expect(opened).toHaveLength(1);
  });

  test('stops when it is told that the session has ended', () => {
    const { start, opened, heard } = desk();
    start().hears({ type: 'signedOut' });
    vi.advanceTimersByTime(120_000);
    expect(heard).toEqual(['welcome Amelia', 'session stopped signIn ']);
    expect(opened).toHaveLength(1);
  });

  test('does not wait for a welcome for ever', () => {
    const { socket, opened, at, heard } = desk();
    socket.start('session');
    at(0).opens();
    vi.advanceTimersByTime(8_000 + 500);
    expect(heard).toEqual(['away']);
    expect(opened).toHaveLength(2);
  });

  test('takes another socket when nothing is heard of an event: a machine that is gone ends none', () => {
    const { start, tell, at, heard, opened } = desk();
    const far = start();
    tell('a');
    far.acknowledges('a');
    vi.advanceTimersByTime(14_000);
    tell('b', 'c');
    vi.advanceTimersByTime(4_000);
    far.acknowledges('b');
    vi.advanceTimersByTime(4_999);
    expect(heard).toEqual(['welcome Amelia']);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['welcome Amelia', 'away']);
    vi.advanceTimersByTime(500);
    at(1).welcomes();
    expect(at(1).events()).toEqual(['c']);
    at(1).acknowledges('c');
    vi.advanceTimersByTime(600_000);
    expect(opened).toHaveLength(2);
  });

  test('waits longer for an adapter that has acknowledged nothing yet: it may be slow, and the next one too', () => {
    const { start, tell, heard } = desk();
    start();
    tell('a');
    vi.advanceTimersByTime(14_999);
    expect(heard).toEqual(['welcome Amelia']);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(['welcome Amelia', 'away']);
  });

  test('waits longer each time for an adapter that welcomes it and cuts it off', () => {
    const { start, at, opened } = desk();
    start().drops();
    vi.advanceTimersByTime(500);
    at(1).welcomes();
    at(1).drops();
    vi.advanceTimersByTime(500);
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(500);
    at(2).welcomes();
    vi.advanceTimersByTime(5_000);
    at(2).drops();
    vi.advanceTimersByTime(500);
    expect(opened).toHaveLength(4);
  });

  test('a new session takes the place of the old one', () => {
    const { start, socket, at, heard } = desk();
    const far = start();
    socket.start('another');
    far.hears({ type: 'notice', notice: { level: 'info', text: 'late' } });
    at(1).opens();
    expect(at(1).sent).toMatchObject([{ hello: { session: 'another' } }]);
    expect(heard).toEqual(['welcome Amelia']);
  });

  test('keeps a result until the adapter is back, and answers for one that is too large', () => {
    const { start, socket, at } = desk();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    start().drops();
    socket.answer({ id: 'x', outcome: 'done' });
    socket.answer({ id: 'y', outcome: 'done', value: 'ü'.repeat(200_000) });
    vi.advanceTimersByTime(500);
    at(1).welcomes();
    expect(at(1).sent.slice(1)).toEqual([
      { type: 'result', result: { id: 'x', outcome: 'done' } },
      { type: 'result', result: { id: 'y', outcome: 'refused', error: 'The result is too large.' } },
    ]);
  });

  test.each(['', 'not json', '[]', '{"type":"ack"}', '{"type":"ack","ack":{"seq":1}}', '{"type":"later"}'])(
    'shrugs at %j',
    (m) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
      const { start, heard } = desk();
      start().hears(m);
      expect(heard).toEqual(['welcome Amelia']);
    },
  );
});

test('waits double up to a limit, and are spread', () => {
  expect([0, 1, 2, 20].map((n) => retryAfter(n, 1))).toEqual([500, 1000, 2000, 30_000]);
  expect(retryAfter(0, 0)).toBe(250);
  expect([1012, 1013, 1006].map((code) => retryAfter(20, 1, code))).toEqual([2000, 2000, 30_000]);
});
