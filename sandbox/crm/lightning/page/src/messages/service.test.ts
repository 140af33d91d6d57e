// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { FrameSubscriptions } from './frame-subscriptions.ts';
import { largestMessage } from './message.ts';
import { MessageService } from './service.ts';

const channels = [
  { name: 'Desk__c', token: 't1' },
  { name: 'Other__c', token: 't2' },
];

/** Subscribes and keeps what is heard. */
function hearing(service: MessageService, channel: string, hears?: () => boolean) {
  const heard: unknown[] = [];
  const end = service.subscribe(channel, (message) => heard.push(message), hears);
  return { heard, end };
}

test('whoever is subscribed to the channel hears a copy, the publisher not before it has gone on', async () => {
  const service = new MessageService(channels);
  const one = hearing(service, 'Desk__c');
  const two = hearing(service, 'Desk__c');
  const other = hearing(service, 'Other__c');
  const message = { list: [1] };
  service.publish('Desk__c', message);
  message.list.push(2);
  expect(one.heard).toEqual([]);
  await Promise.resolve();
  expect(one.heard).toEqual([{ list: [1] }]);
  expect(two.heard).toEqual(one.heard);
  expect(two.heard[0]).not.toBe(one.heard[0]);
  expect(other.heard).toEqual([]);
});

test('a subscription that has ended hears nothing, not even what was said before', async () => {
  const service = new MessageService(channels);
  const { heard, end } = hearing(service, 'Desk__c');
  service.publish('Desk__c', {});
  end();
  await Promise.resolve();
  expect(heard).toEqual([]);
});

test('a place that is not active hears nothing until it is', async () => {
  const service = new MessageService(channels);
  let active = false;
  const { heard } = hearing(service, 'Desk__c', () => active);
  service.publish('Desk__c', { n: 1 });
  await Promise.resolve();
  active = true;
  service.publish('Desk__c', { n: 2 });
  await Promise.resolve();
  expect(heard).toEqual([{ n: 2 }]);
});

test('a hearer that throws does not keep the message from the next', async () => {
  const service = new MessageService(channels);
  const report = vi.fn();
  vi.stubGlobal('reportError', report);
  service.subscribe('Desk__c', () => {
    throw new Error('own trouble');
  });
  const { heard } = hearing(service, 'Desk__c');
  service.publish('Desk__c', {});
  await Promise.resolve();
  expect(heard).toHaveLength(1);
  expect(report).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

test.each([
  ['a channel that is not there', 'Nope__c', {}, 'UNKNOWN_CHANNEL'],
  ['a token for a name', 't1', {}, 'UNKNOWN_CHANNEL'],
  ['no channel', undefined, {}, 'INVALID_PARAM'],
  ['a list', 'Desk__c', [1], 'INVALID_PARAM'],
  ['a function within', 'Desk__c', { deep: [{ f() {} }] }, 'INVALID_PARAM'],
  ['a cycle', 'Desk__c', cycle, 'INVALID_PARAM'],
  ['too much', 'Desk__c', { text: 'ü'.repeat(largestMessage / 2) }, 'LIMIT_EXCEEDED'],
])('refuses %s', (_, channel, message, code) => {
  expect(() => new MessageService(channels).publish(channel, message)).toThrow(expect.objectContaining({ code }));
});

test('knows channels by the token of Visualforce', () => {
  const service = new MessageService(channels);
  expect(service.named('t2')).toBe('Other__c');
  expect(() => service.named('Other__c')).toThrow(expect.objectContaining({ code: 'UNKNOWN_CHANNEL' }));
});

test('a frame has at most a hundred subscriptions, each with a name of its own', () => {
  const own = new FrameSubscriptions(new MessageService(channels), () => undefined);
  for (let n = 0; n < 100; n++) own.subscribe(`s${n}`, 'Desk__c');
  expect(() => own.subscribe('s100', 'Desk__c')).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  own.unsubscribe('s0');
  expect(() => own.unsubscribe('s0')).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }));
  expect(() => own.subscribe('s1', 'Desk__c')).toThrow(expect.objectContaining({ code: 'INVALID_PARAM' }));
  own.subscribe('s100', 'Desk__c');
});
