// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Entry } from './entry.ts';
import { Memory } from './memory.ts';
import type { Telephony } from './telephony.ts';
import { aHand } from './testing.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  localStorage.clear();
});
afterEach(() => void vi.useRealTimers());

const telephony = (box: HTMLElement): Telephony => ({
  isThere: true,
  show: vi.fn(() => box.append(document.createElement('iframe'))),
  reload: vi.fn(),
  sees: () => null,
  region: () => '',
  isSoftphoneCall: () => false,
  dial: async () => {},
  accept: async () => {},
  end: async () => {},
  goOffline: async () => {},
  terminate: () => {},
  hand: aHand(),
  echo: () => {},
});

function way() {
  const box = document.createElement('div');
  const popup = { closed: false, close: vi.fn(), location: { replace: vi.fn() } };
  vi.spyOn(window, 'open').mockImplementation(() => (isWindow(popup) ? popup : null));
  const memory = new Memory(localStorage, '005');
  const phone = telephony(box);
  const known: string[] = [];
  const entry = new Entry({
    page: window,
    pageId: 'p',
    settings: {
      adapterUrl: 'https://adapter.example',
      ccpUrl: 'https://a.my.connect.aws/',
      userId: '005',
      orgId: '',
      mayUse: true,
      channel: '',
    },
    memory,
    telephony: phone,
    box,
    known: (session) => known.push(session),
    blocked: () => {},
    changed: () => {},
  });
  const handOver = (session: string) => {
    const data = { type: 'patchcord:signed-in', session, ccpUrl: '' };
    const e = new MessageEvent('message', { data, origin: 'https://adapter.example' });
    Object.defineProperty(e, 'source', { value: popup });
    window.dispatchEvent(e);
  };
  return { entry, memory, phone, known, handOver };
}

const isWindow = (v: unknown): v is Window => typeof v === 'object';

test('a sign-in is named by when it was; signing in to the adapter again is not another one', () => {
  const { entry, memory, known, handOver } = way();
  entry.click(false);
  handOver('first');
  expect(memory.read()).toMatchObject({ session: 'first', since: 1_000_000 });
  entry.acknowledged();
  vi.setSystemTime(2_000_000);
  entry.click(false);
  handOver('second');
  expect(memory.read()).toMatchObject({ session: 'second', since: 1_000_000 });
  expect(known).toEqual(['first', 'second']);
});

test('a panel that a sign-in brought to life is told to other tabs, one that was resumed is not', () => {
  const { entry, memory, handOver } = way();
  entry.click(false);
  handOver('s');
  expect(memory.read().panelAt).toBe(0);
  entry.acknowledged();
  expect(memory.read().panelAt).toBe(1_000_000);
  const later = way();
  later.memory.change({ panelAt: 1 });
  later.entry.resume();
  later.entry.acknowledged();
  expect(later.memory.read().panelAt).toBe(1);
});

test('a tab that hears of a sign-in opens its panel, or loads the one that it has again', () => {
  const { entry, memory, phone } = way();
  entry.signedInElsewhere();
  expect(phone.show).not.toHaveBeenCalled(); // nobody has signed in
  memory.change({ since: 5 });
  entry.signedInElsewhere();
  expect(entry.state.at).toBe('resuming');
  expect([vi.mocked(phone.show).mock.calls.length, vi.mocked(phone.reload).mock.calls.length]).toEqual([1, 0]);
  entry.signedInElsewhere();
  expect(phone.show).toHaveBeenCalledOnce(); // it is at it
  vi.advanceTimersByTime(7_000);
  expect(entry.state.at).toBe('out');
  entry.signedInElsewhere();
  expect(phone.reload).toHaveBeenCalledOnce();
});
