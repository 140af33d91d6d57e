// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Desk } from './dispatch.ts';
import { softphoneFrame } from './frame.ts';
import { call } from './protocol.ts';

const desk: Desk = {
  view: () => ({ url: '/lightning/page/home' }),
  pop: async () => null,
  search: async () => {
    throw new Error('not asked');
  },
  save: async () => '',
  settings: () => ({}),
  layout: async () => {
    throw new Error('not asked');
  },
  refresh: () => undefined,
  panelVisible: () => true,
  setPanel: () => undefined,
  enableClickToDial: () => undefined,
  started: () => undefined,
  completeWork: () => undefined,
};
const adapter = { adapterUrl: 'https://a.example/cti', standbyUrl: 'https://b.example/standby', timeout: 2000 };

beforeEach(() => {
  vi.useFakeTimers();
  window.sessionStorage.clear();
});
afterEach(() => vi.useRealTimers());

/** Attaches a softphone to a frame, and says its start in its name. */
function open(made = adapter) {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const softphone = softphoneFrame(desk, made, '06m');
  frame.src = softphone.src;
  const nonce = new URL(softphone.src).searchParams.get('nonce') ?? '';
  const detach = softphone.attach(frame);
  const starts = () =>
    window.dispatchEvent(
      new MessageEvent('message', {
        source: frame.contentWindow,
        origin: 'https://a.example',
        data: call(nonce, 1, 'notifyInitializationComplete', {}),
      }),
    );
  return { frame, softphone, detach, starts };
}

test('a softphone that does not start in time gives way to its standby address, for the session', () => {
  const { frame, detach } = open();
  vi.advanceTimersByTime(1999);
  expect(frame.src).toContain('https://a.example/cti?');
  vi.advanceTimersByTime(1);
  expect(frame.src).toContain('https://b.example/standby?mode=Lightning&sfdcIFrameOrigin=');
  detach();
  expect(open().frame.src).toContain('https://b.example/standby?');
});

test('a softphone that says that it has started stays', () => {
  const { frame, starts } = open();
  starts();
  vi.advanceTimersByTime(10_000);
  expect(frame.src).toContain('https://a.example/cti?');
});

test('without a standby address or a time nothing takes its place', () => {
  for (const made of [
    { ...adapter, standbyUrl: '' },
    { ...adapter, timeout: 0 },
  ]) {
    const { frame } = open(made);
    vi.advanceTimersByTime(10_000);
    expect(frame.src).toContain('https://a.example/cti?');
  }
});
