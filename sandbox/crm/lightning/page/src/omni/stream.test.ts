// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pause, socketStream } from './stream.ts';

/** A socket that the test drives. */
class Wire extends EventTarget {
  static made: Wire[] = [];
  isClosed = false;

  constructor(readonly address: string) {
    super();
    Wire.made.push(this);
  }

  says = (data: unknown) => this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(data) }));
  breaks = (code = 1006) => this.dispatchEvent(new CloseEvent('close', { code }));
  close() {
    this.isClosed = true;
    this.breaks(1000);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Wire);
  Wire.made = [];
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** What a follower of a stream hears, and how it stops. */
function following() {
  const heard: unknown[] = [];
  let lost = 0;
  const stop = socketStream('ws://crm.example/stream')({
    heard: (data) => heard.push(data),
    lost: () => {
      lost += 1;
    },
  });
  const last = () => {
    const wire = Wire.made.at(-1);
    if (!wire) throw new Error('no socket');
    return wire;
  };
  return { heard, stop, last, lost: () => lost };
}

test('a broken connection is told once, and made again until it holds', () => {
  const { heard, last, lost } = following();
  last().says('one');
  last().breaks();
  for (let tries = 0; tries < 4; tries++) {
    vi.advanceTimersByTime(pause(tries));
    last().breaks();
  }
  expect(Wire.made).toHaveLength(5);
  vi.advanceTimersByTime(pause(4));
  last().says('two');
  expect(heard).toEqual(['one', 'two']);
  expect(lost()).toBe(1);
});

test('the pauses grow to a quarter of a minute', () => {
  expect([0, 1, 2, 10].map(pause)).toEqual([500, 1000, 2000, 15_000]);
});

test('nothing is tried again once the session has ended', () => {
  const { last } = following();
  last().breaks(4401);
  vi.advanceTimersByTime(60_000);
  expect(Wire.made).toHaveLength(1);
});

test('who stops following closes the connection, and a pending attempt', () => {
  const { last, stop, lost } = following();
  last().says('one');
  stop();
  expect(last().isClosed).toBe(true);
  const other = following();
  other.last().breaks();
  other.stop();
  vi.advanceTimersByTime(60_000);
  expect(Wire.made).toHaveLength(2);
  expect(lost()).toBe(0);
});
