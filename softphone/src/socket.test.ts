// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Outbox } from './outbox.ts';
import { AdapterSocket, type Listener, retryAfter } from './socket.ts';
import { aHappening, FakeSocket } from './testing.ts';

interface Desk {
  socket: AdapterSocket;
  opened: FakeSocket[];
  outbox: Outbox;
  heard: string[];
}

function desk(): Desk {
  const opened: FakeSocket[] = [];
  const heard: string[] = [];
  const listener: Listener = {
    welcome: (w) => heard.push(`welcome ${w.agent}`),
    command: (c) => heard.push(`command ${c.id}`),
    notice: (n) => heard.push(`notice ${n.text}`),
    away: () => heard.push('away'),
    signedOut: () => heard.push('signed out'),
  };
  const outbox = new Outbox(sessionStorage, 3);
  const socket = new AdapterSocket({
    url: 'ws://adapter.example/ws',
    page: 'p-1',
    build: 'test',
    inPanel: true,
    outbox,
    listener,
    random: () => 1,
    open: () => {
      const s = new FakeSocket();
      opened.push(s);
      return asWebSocket(s);
    },
  });
  return { socket, opened, outbox, heard };
}

/** The fake has every member that the conversation uses. */
function asWebSocket(s: FakeSocket): WebSocket {
  const proxy: unknown = s;
  if (isSocket(proxy)) return proxy;
  throw new Error('not a socket');
}

function isSocket(v: unknown): v is WebSocket {
  return v instanceof FakeSocket;
}

beforeEach(() => {
  sessionStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('the socket', () => {
  test('says hello first and nothing before it is welcome', () => {
    const { socket, opened, heard } = desk();
    socket.tell(aHappening('a'));
    socket.start('session');
    opened[0]?.opens();
    expect(opened[0]?.sent.map((m) => m.type)).toEqual(['hello']);
    opened[0]?.welcomes();
    expect(opened[0]?.events()).toEqual(['a']);
    expect(heard).toEqual(['welcome Amelia']);
  });

  test('sends again after a drop what was not acknowledged', () => {
    const { socket, opened, heard } = desk();
    socket.start('session');
    opened[0]?.welcomes();
    socket.tell(aHappening('a'));
    socket.tell(aHappening('b'));
    opened[0]?.hears({ type: 'ack', ack: { seq: 1 } });
    opened[0]?.drops();
    socket.tell(aHappening('c'));
    vi.advanceTimersByTime(500);
    opened[1]?.welcomes();
    expect(opened[1]?.events()).toEqual(['b', 'c']);
    expect(heard).toEqual(['welcome Amelia', 'away', 'welcome Amelia']);
  });

  test('keeps a bounded number of events and drops the oldest', () => {
    const { socket, opened, outbox } = desk();
    for (const key of ['a', 'b', 'c', 'd']) socket.tell(aHappening(key));
    socket.start('session');
    opened[0]?.welcomes();
    expect(opened[0]?.events()).toEqual(['b', 'c', 'd']);
    expect(outbox.dropped).toBe(1);
  });

  test('gives up a session that the adapter does not know, and does not try again', () => {
    const { socket, opened, heard } = desk();
    socket.start('session');
    opened[0]?.opens();
    opened[0]?.drops(4401);
    vi.advanceTimersByTime(120_000);
    expect(heard).toEqual(['signed out']);
    expect(opened).toHaveLength(1);
  });

  test('does not wait for a welcome for ever', () => {
    const { socket, opened, heard } = desk();
    socket.start('session');
    opened[0]?.opens();
    vi.advanceTimersByTime(8_000 + 500);
    expect(heard).toEqual(['away']);
    expect(opened).toHaveLength(2);
  });

  test('keeps a result until the adapter is back', () => {
    const { socket, opened } = desk();
    socket.start('session');
    opened[0]?.welcomes();
    opened[0]?.drops();
    socket.answer({ id: 'x', ok: true });
    vi.advanceTimersByTime(500);
    opened[1]?.welcomes();
    expect(opened[1]?.sent.filter((m) => m.type === 'result')).toEqual([
      { type: 'result', result: { id: 'x', ok: true } },
    ]);
  });

  test('answers for a result that is too large, and forgets an event that is', () => {
    const { socket, opened, outbox } = desk();
    socket.start('session');
    opened[0]?.welcomes();
    socket.answer({ id: 'x', ok: true, value: 'v'.repeat(300_000) });
    socket.tell({ ...aHappening('big'), payload: { text: 'v'.repeat(300_000) } });
    expect(opened[0]?.sent.slice(1)).toEqual([
      { type: 'result', result: { id: 'x', ok: false, error: 'The result is too large.' } },
    ]);
    expect(outbox.pending()).toEqual([]);
  });

  test.each(['', 'not json', '[]', '{"type":"ack"}', '{"type":"ack","ack":{"seq":-1}}', '{"type":"later"}'])(
    'shrugs at %j',
    (m) => {
      const { socket, opened, heard } = desk();
      socket.start('session');
      opened[0]?.welcomes();
      opened[0]?.hears(m);
      expect(heard).toEqual(['welcome Amelia']);
    },
  );
});

test('the outbox survives a reload with new numbers', () => {
  const before = new Outbox(sessionStorage);
  before.add(aHappening('a'));
  before.add(aHappening('b'));
  before.acknowledge(1);
  expect(new Outbox(sessionStorage).pending()).toEqual([{ ...aHappening('b'), seq: 1 }]);
});

test('waits double up to a limit, and are spread', () => {
  expect([0, 1, 2, 20].map((n) => retryAfter(n, 1))).toEqual([500, 1000, 2000, 30_000]);
  expect(retryAfter(0, 0)).toBe(250);
});
