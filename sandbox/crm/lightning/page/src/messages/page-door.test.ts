// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { pageDoor } from './page-door.ts';
import { type Ask, asked } from './protocol.ts';
import { MessageService } from './service.ts';

/** A page at the console's door; what the console tells it is kept. */
function atDoor(active: () => boolean = () => true) {
  const service = new MessageService([{ name: 'Desk__c', token: 't1' }]);
  const told: unknown[] = [];
  const door = pageDoor(service, 'n1', (data) => told.push(data), active);
  const ask = (what: Ask, nonce = 'n1') => door.hear(asked(nonce, what));
  return { service, told, door, ask };
}
const subscribe = (everywhere: boolean, channel = 't1', subscription = 's1'): Ask => ({
  kind: 'subscribe',
  channel,
  subscription,
  everywhere,
});

test('a page hears what it publishes itself, by its own name for the subscription', async () => {
  const { told, ask } = atDoor();
  ask(subscribe(false));
  ask({ kind: 'publish', channel: 't1', message: { n: 1 } });
  await Promise.resolve();
  expect(told).toEqual([expect.objectContaining({ kind: 'message', subscription: 's1', message: { n: 1 } })]);
});

test('a page behind others hears only if it asked for the whole application', async () => {
  const { told, ask, service } = atDoor(() => false);
  ask(subscribe(false, 't1', 'here'));
  ask(subscribe(true, 't1', 'everywhere'));
  service.publish('Desk__c', {});
  await Promise.resolve();
  expect(told).toEqual([expect.objectContaining({ subscription: 'everywhere' })]);
});

test('a channel’s name is no token', () => {
  const { told, ask } = atDoor();
  ask({ kind: 'publish', channel: 'Desk__c', message: {} });
  expect(told).toEqual([expect.objectContaining({ kind: 'refused' })]);
});

test('whoever does not know the nonce is not heard, nor is nonsense', () => {
  const { told, ask, door } = atDoor();
  ask({ kind: 'publish', channel: 'nope', message: {} }, 'n2');
  for (const data of [
    'text',
    null,
    { mark: 'sforce.one', nonce: 'n1', kind: 'publish', channel: 't1', message: 'text' },
  ])
    door.hear(data);
  expect(told).toEqual([]);
});

test('a page that has gone hears nothing', async () => {
  const { told, ask, door, service } = atDoor();
  ask(subscribe(true));
  door.end();
  service.publish('Desk__c', {});
  await Promise.resolve();
  expect(told).toEqual([]);
});
