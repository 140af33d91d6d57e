// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest';
import { openCtiRoad } from './open-cti-road.ts';
import type { Ask, Road } from './road.ts';
import { visualforceRoad } from './visualforce-road.ts';
import { windowRoad } from './window-road.ts';

const ask: Ask = { to: 'desk', from: 'p', id: '1', call: 'hello' };

/** A page with what the platform puts into it. */
const pageWith = (sforce: unknown) => Object.assign(Object.create(window), { sforce }) as Window;

function heardBy(road: Road) {
  const heard: unknown[] = [];
  return { heard, stop: road.listen((m) => heard.push(m)) };
}

afterEach(() => vi.restoreAllMocks());

/** Open CTI whose answers wait until the test gives them. */
function openCti() {
  const calls: { method: string; args: Record<string, unknown> }[] = [];
  const method = (name: string) => (args: Record<string, unknown>) => void calls.push({ method: name, args });
  const opencti = Object.fromEntries(['publish', 'subscribe', 'unsubscribe'].map((n) => [n, method(n)]));
  const call = (i: number, name: string) => {
    const { listener, callback, ...args } = calls[i]?.args ?? expect.fail(`no call ${i}`);
    expect(calls[i]?.method).toBe(name);
    const use = (f: unknown, with_: unknown) => (typeof f === 'function' ? f(with_) : expect.fail('no function'));
    return { args, hears: (m: unknown) => use(listener, m), answers: (a: unknown) => use(callback, a) };
  };
  return { road: openCtiRoad(pageWith({ opencti }), 'AC_Desk__c'), calls, call };
}

test.each([
  ['beside success, as the guide’s example has it', (subscription: object) => ({ success: true, subscription })],
  ['returned, as all other methods do', (returnValue: object) => ({ success: true, returnValue, errors: null })],
])('through Open CTI the channel goes by its name, and the subscription comes %s', (_, answerWith) => {
  const { road, call, calls } = openCti();
  const { heard, stop } = heardBy(road);
  const subscribed = call(0, 'subscribe');
  expect(subscribed.args).toEqual({ channelName: 'AC_Desk__c' });
  subscribed.hears({ a: 1 });
  const subscription = {};
  subscribed.answers(answerWith(subscription));
  stop();
  expect(call(1, 'unsubscribe').args.subscription).toBe(subscription);
  subscribed.hears({ a: 2 });
  expect(heard).toEqual([{ a: 1 }]);
  expect(calls).toHaveLength(2);
});

test('a subscription to Open CTI that comes after its end is given back; one that is refused is not', () => {
  const late = openCti();
  heardBy(late.road).stop();
  expect(late.calls).toHaveLength(1);
  late.call(0, 'subscribe').answers({ success: true, subscription: { n: 1 } });
  expect(late.call(1, 'unsubscribe').args).toEqual({ subscription: { n: 1 } });
  const refused = openCti();
  const { stop } = heardBy(refused.road);
  refused.call(0, 'subscribe').answers({ success: false, errors: ['no'] });
  stop();
  expect(refused.calls).toHaveLength(1);
});

test('what Open CTI does not publish is refused', async () => {
  const { road, call } = openCti();
  const sent = road.send(ask);
  expect(call(0, 'publish').args).toEqual({ channelName: 'AC_Desk__c', message: ask });
  call(0, 'publish').answers({ success: false, errors: [{ description: 'No such channel.' }] });
  await expect(sent).rejects.toThrow('No such channel.');
});

test('through Visualforce messages go with the token, application-wide, until the end', async () => {
  const subscription = {};
  const one = { publish: vi.fn(), subscribe: vi.fn(() => subscription), unsubscribe: vi.fn() };
  const road = visualforceRoad(pageWith({ one }), 'token');
  const hear = () => {};
  const stop = road.listen(hear);
  expect(one.subscribe).toHaveBeenCalledExactlyOnceWith('token', hear, { scope: 'APPLICATION' });
  await road.send(ask);
  expect(one.publish).toHaveBeenCalledExactlyOnceWith('token', ask);
  expect(one.publish.mock.contexts[0]).toBe(one);
  stop();
  expect(one.unsubscribe).toHaveBeenCalledExactlyOnceWith(subscription);
});

test('through the window they go to the console’s origin alone, and come from it alone', async () => {
  const post = vi.spyOn(window, 'postMessage').mockImplementation(() => {});
  const parent = Object.assign(Object.create(window), { postMessage: post });
  const page = Object.assign(Object.create(window), {
    parent,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  }) as Window;
  const origin = 'https://org.lightning.force.com';
  const road = windowRoad(page, origin);
  await road.send(ask);
  expect(post).toHaveBeenCalledExactlyOnceWith(ask, origin);
  const { heard, stop } = heardBy(road);
  const comes = (data: unknown, from: string, source: unknown) => {
    const e = new MessageEvent('message', { data, origin: from });
    Object.defineProperty(e, 'source', { value: source });
    window.dispatchEvent(e);
  };
  comes('right', origin, parent);
  comes('another origin', 'https://org.vf.force.com', parent);
  comes('another window', origin, window);
  stop();
  comes('late', origin, parent);
  expect(heard).toEqual(['right']);
});

test.each<[string, Road]>([
  ['Open CTI of a version without messages', openCtiRoad(pageWith({ opencti: {} }), 'AC_Desk__c')],
  ['no Open CTI', openCtiRoad(pageWith(undefined), 'AC_Desk__c')],
  ['no sforce.one', visualforceRoad(pageWith({}), 'token')],
  ['sforce.one without messages', visualforceRoad(pageWith({ one: {} }), 'token')],
  ['no token', visualforceRoad(pageWith({ one: { publish: () => {}, subscribe: () => {} } }), '')],
  ['no console around the page', windowRoad(window, 'https://org.lightning.force.com')],
  ['a console of which nobody knows the origin', windowRoad(pageWith({}), '')],
])('with %s nothing is sent, and nothing breaks', async (_, road) => {
  const { heard, stop } = heardBy(road);
  await expect(road.send(ask)).rejects.toThrow();
  stop();
  expect(heard).toEqual([]);
});
