import { afterEach, expect, test, vi } from 'vitest';
import { isAsk, told } from '../messages/protocol.ts';
import { sforceOne } from './sforce-one.ts';

const origin = 'http://localhost:8080';
const inConsole = `sfdcIFrameOrigin=${encodeURIComponent(origin)}&nonce=n1`;

/** A Visualforce page in a frame: what it posts to its parent is kept, and the parent can answer. */
function framed(query: string) {
  const heard: Record<string, ((e: unknown) => void)[]> = { message: [], pagehide: [] };
  const posted: { data: unknown; to: string }[] = [];
  const parent = { postMessage: (data: unknown, to: string) => posted.push({ data, to }) };
  const page = {
    location: { href: `http://localhost:8081/apex/Page?${query}` },
    parent,
    addEventListener: (type: string, listener: (e: unknown) => void) => heard[type]?.push(listener),
  };
  const happens = (type: string, event: unknown) => {
    for (const listener of heard[type] ?? []) listener(event);
  };
  const hear = (data: unknown, from: unknown = parent, at = origin) =>
    happens('message', { data, source: from, origin: at });
  return { one: sforceOne(page as unknown as Window), posted, hear, leave: () => happens('pagehide', {}) };
}

function open() {
  const { one, ...rest } = framed(inConsole);
  if (!one) throw new Error('no sforce.one');
  return { one, ...rest };
}

afterEach(() => vi.restoreAllMocks());

test.each(['', 'nonce=n1', `sfdcIFrameOrigin=${encodeURIComponent(origin)}`])(
  'a page outside of the console has none: %j',
  (query) => expect(framed(query).one).toBeNull(),
);

test('a listener hears its subscription from the console only, until it ends', () => {
  const { one, posted, hear } = open();
  const listener = vi.fn();
  const subscription = one.subscribe('t1', listener, { scope: 'APPLICATION' });
  expect(posted[0]).toMatchObject({ to: origin, data: { kind: 'subscribe', channel: 't1', everywhere: true } });
  const message = (n: number) => ({
    kind: 'message' as const,
    subscription: subscription.subscription,
    message: { n },
  });
  hear(told('n1', message(1)));
  hear(told('n2', message(2)));
  hear(told('n1', message(3)), {});
  hear(told('n1', message(4)), undefined, 'http://localhost:9999');
  one.unsubscribe(subscription);
  hear(told('n1', message(5)));
  expect(listener).toHaveBeenCalledExactlyOnceWith({ n: 1 });
  expect(() => one.unsubscribe(subscription)).toThrow('no such subscription');
});

test('a message goes to the console’s origin with the nonce; one with a function goes nowhere', () => {
  const { one, posted } = open();
  one.publish('t1', { a: 1 });
  expect(posted[0]?.to).toBe(origin);
  expect(isAsk(posted[0]?.data, 'n1')).toBe(true);
  expect(() => one.publish('t1', { f: () => 1 })).toThrow("can't contain a function");
  expect(() => one.publish(undefined, {})).toThrow('$MessageChannel');
  expect(() => one.subscribe('t1', 'no function')).toThrow('must be a function');
  expect(posted).toHaveLength(1);
});

test('what the console refuses stands on the page’s console', () => {
  const { hear } = open();
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  hear(told('n1', { kind: 'refused', reason: 'Desk__c is no token of a message channel.' }));
  expect(error).toHaveBeenCalledExactlyOnceWith('sforce.one: Desk__c is no token of a message channel.');
});

test('a page that goes ends its subscriptions', () => {
  const { one, posted, leave } = open();
  one.subscribe('t1', () => undefined);
  leave();
  expect(posted.map(({ data }) => data)).toEqual([
    expect.objectContaining({ kind: 'subscribe' }),
    expect.objectContaining({ kind: 'unsubscribe' }),
  ]);
});
