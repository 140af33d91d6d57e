// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isRecord } from '../decode.ts';
import { MessageService } from '../messages/service.ts';
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
const messages = new MessageService([{ name: 'Desk__c', token: 't1' }]);
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
  const softphone = softphoneFrame(desk, messages, made, '06m');
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
  const asks = (id: number, method: string, args: Record<string, unknown>) =>
    window.dispatchEvent(
      new MessageEvent('message', {
        source: frame.contentWindow,
        origin: 'https://a.example',
        data: call(nonce, id, method, args),
      }),
    );
  const posted: unknown[] = [];
  if (frame.contentWindow) frame.contentWindow.postMessage = (data: unknown) => posted.push(data);
  return { frame, softphone, detach, starts, asks, posted };
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

test('a softphone hears what others say on a channel, and is told of one that is not there', async () => {
  const { asks, posted, detach } = open();
  asks(1, 'subscribe', { channelName: 'Desk__c', subscription: 's1' });
  asks(2, 'subscribe', { channelName: 'Nope__c', subscription: 's2' });
  messages.publish('Desk__c', { text: 'hello' });
  await vi.waitFor(() => expect(posted).toHaveLength(3));
  for (const data of [
    { kind: 'message', subscription: 's1', message: { text: 'hello' } },
    { id: 1, answer: { success: true, returnValue: null, errors: null } },
    { id: 2, answer: expect.objectContaining({ success: false }) },
  ])
    expect(posted).toContainEqual(expect.objectContaining(data));
  asks(3, 'unsubscribe', { subscription: 's1' });
  messages.publish('Desk__c', { text: 'unheard' });
  asks(4, 'getAppViewInfo', {});
  await vi.waitFor(() => expect(posted).toHaveLength(5));
  expect(posted.filter((data) => isRecord(data) && data.kind === 'message')).toHaveLength(1);
  detach();
});

test('a frame that is taken away has no subscriptions left', async () => {
  const { asks, posted, detach } = open();
  asks(1, 'subscribe', { channelName: 'Desk__c', subscription: 's1' });
  await vi.waitFor(() => expect(posted).toHaveLength(1));
  detach();
  messages.publish('Desk__c', {});
  await vi.advanceTimersByTimeAsync(1);
  expect(posted).toHaveLength(1);
});
