import { afterEach, expect, test, vi } from 'vitest';
import { answer, event, isCall } from '../open-cti/protocol.ts';
import { openCti } from './opencti.ts';

const origin = 'http://localhost:8080';

/** A softphone page in a frame: what it posts to its parent is kept, and the parent can answer. */
function framed(query: string) {
  const listeners: ((e: unknown) => void)[] = [];
  const posted: { data: unknown; to: string }[] = [];
  const parent = { postMessage: (data: unknown, to: string) => posted.push({ data, to }) };
  const page = {
    location: { href: `http://localhost:8081/apex/Page?${query}` },
    parent,
    addEventListener: (_: string, listener: (e: unknown) => void) => listeners.push(listener),
  };
  const hear = (data: unknown, from: unknown = parent, at = origin) => {
    for (const listener of listeners) listener({ data, source: from, origin: at });
  };
  return { page, posted, hear };
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
