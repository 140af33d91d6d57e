import { afterEach, expect, test, vi } from 'vitest';
import { answer, event, isCall, published } from '../open-cti/protocol.ts';
import { openCti } from './opencti.ts';

const origin = 'http://localhost:8080';

/** A softphone page in a frame: what it posts to its parent is kept, and the parent can answer. */
function framed(query: string) {
  const listeners: ((e: unknown) => void)[] = [];
  const leaving: ((e: unknown) => void)[] = [];
  const posted: { data: unknown; to: string }[] = [];
  const parent = { postMessage: (data: unknown, to: string) => posted.push({ data, to }) };
  const page = {
    location: { href: `http://localhost:8081/apex/Page?${query}` },
    parent,
    addEventListener: (type: string, listener: (e: unknown) => void) =>
      (type === 'message' ? listeners : leaving).push(listener),
  };
  const hear = (data: unknown, from: unknown = parent, at = origin) => {
    for (const listener of listeners) listener({ data, source: from, origin: at });
  };
  const leave = () => {
    for (const listener of leaving) listener({});
  };
  return { page, posted, hear, leave };
}

const inPanel = `mode=Lightning&sfdciframeorigin=${encodeURIComponent(origin)}&nonce=n1`;

/** Calls one method of the published API, whatever its type. */
function use(api: Record<string, unknown>, method: string, args?: unknown) {
  const f = api[method];
  if (typeof f !== 'function') throw new Error(`no method ${method}`);
  f(args);
}

const open = (query: string) => {
  const frame = framed(query);
  return { ...frame, api: openCti(frame.page as unknown as Window) };
};

afterEach(() => vi.restoreAllMocks());

test('a call goes to the named origin with the nonce, and its answer to the callback', () => {
  const { api, posted, hear } = open(inPanel);
  const callback = vi.fn();
  use(api, 'screenPop', { type: 'sobject', params: { recordId: 'x' }, callback });
  const [sent] = posted;
  expect(sent?.to).toBe(origin);
  expect(isCall(sent?.data, 'n1')).toBe(true);
  hear(answer('n1', 1, { success: true, returnValue: 1, errors: null }));
  expect(callback).toHaveBeenCalledExactlyOnceWith({ success: true, returnValue: 1, errors: null });
});

test('strangers, other origins and wrong nonces are not heard', () => {
  const { api, hear } = open(inPanel);
  const callback = vi.fn();
  use(api, 'getAppViewInfo', { callback });
  const body = { success: true, returnValue: null, errors: null };
  hear(answer('n1', 1, body), {});
  hear(answer('n1', 1, body), undefined, 'http://localhost:9999');
  hear(answer('n2', 1, body));
  hear('nonsense');
  expect(callback).not.toHaveBeenCalled();
});

test('the last listener hears the click, unwrapped', () => {
  const { api, hear } = open(inPanel);
  const first = vi.fn();
  const second = vi.fn();
  use(api, 'onClickToDial', { listener: first });
  use(api, 'onClickToDial', { listener: second });
  hear(event('n1', 'clickToDial', { number: '(206) 555-0142' }));
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledExactlyOnceWith({ number: '(206) 555-0142' });
});

test('outside of a panel nothing is posted and the callback says so', async () => {
  const { api, posted } = open('');
  const answered = new Promise((resolve) => use(api, 'getAppViewInfo', { callback: resolve }));
  expect(await answered).toMatchObject({ success: false, errors: [{ code: 'NOT_IN_CONSOLE' }] });
  expect(posted).toEqual([]);
});

test.each([
  ['getAppViewInfo', { callback: 'no function' }],
  ['onClickToDial', {}],
])('%s with %j is an error on the page’s console', (method, args) => {
  const { api, posted } = open(inPanel);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  use(api, method, args);
  expect(error).toHaveBeenCalledOnce();
  expect(posted).toEqual([]);
});

const good = { success: true, returnValue: null, errors: null };

/** The name that the page gave to its last subscription. */
function nameOf(posted: { data: unknown }[]): string {
  const data = posted.at(-1)?.data;
  if (!isCall(data, 'n1')) throw new Error('no call');
  return String(data.args.subscription);
}

test('a listener hears its channel until it unsubscribes with what the callback got', () => {
  const { api, posted, hear } = open(inPanel);
  const listener = vi.fn();
  const callback = vi.fn();
  use(api, 'subscribe', { channelName: 'Desk__c', listener, callback });
  const name = nameOf(posted);
  hear(published('n1', name, { n: 1 }));
  hear(published('n1', 'another', { n: 2 }));
  hear(answer('n1', 1, good));
  expect(callback).toHaveBeenCalledExactlyOnceWith({ ...good, subscription: expect.anything() });
  use(api, 'unsubscribe', { subscription: callback.mock.calls[0]?.[0]?.subscription, callback });
  expect(nameOf(posted)).toBe(name);
  hear(answer('n1', 2, good));
  hear(published('n1', name, { n: 3 }));
  expect(callback).toHaveBeenCalledTimes(2);
  expect(listener).toHaveBeenCalledExactlyOnceWith({ n: 1 });
});

test('a subscription to a channel that is not there is refused, and its listener forgotten', () => {
  const { api, posted, hear } = open(inPanel);
  const listener = vi.fn();
  const callback = vi.fn();
  use(api, 'subscribe', { channelName: 'Nope__c', listener, callback });
  const refused = { success: false, returnValue: null, errors: [{ code: 'UNKNOWN_CHANNEL', description: '' }] };
  hear(answer('n1', 1, refused));
  hear(published('n1', nameOf(posted), {}));
  expect(callback).toHaveBeenCalledExactlyOnceWith(refused);
  expect(listener).not.toHaveBeenCalled();
});

test.each([
  ['a function', { f: () => 1 }, 'INVALID_PARAM'],
  ['a symbol', { s: Symbol('s') }, 'INVALID_PARAM'],
  ['no object', 'text', 'INVALID_PARAM'],
  ['more than 64 KB', { text: 'x'.repeat(64 * 1024) }, 'LIMIT_EXCEEDED'],
])('a message with %s does not leave the page', async (_, message, code) => {
  const { api, posted } = open(inPanel);
  const told = new Promise((callback) => use(api, 'publish', { channelName: 'Desk__c', message, callback }));
  expect(await told).toMatchObject({ success: false, errors: [{ code }] });
  expect(posted).toEqual([]);
});

test('a page that goes takes its subscriptions with it', () => {
  const { api, posted, leave } = open(inPanel);
  use(api, 'subscribe', { channelName: 'Desk__c', listener: () => undefined });
  const name = nameOf(posted);
  leave();
  expect(posted).toHaveLength(2);
  expect(posted[1]?.data).toMatchObject({ method: 'unsubscribe', args: { subscription: name } });
});
