import { expect, test } from 'vitest';
import { omniHappening } from './omni-events.ts';

const channel = { channelId: '0N9000000000001', developerName: 'Phone' };
const lunch = { statusId: '0N5000000000001', statusName: 'Lunch', statusApiName: 'Lunch_Break' };

test('a change of status is told as the platform says it, with its channels read', () => {
  const params = { ...lunch, channels: JSON.stringify([channel]), reason: 'OmniManualStatusChange' };
  expect(omniHappening({ name: 'omniChannelStatusChanged', params }, 'load', 3)).toEqual({
    source: 'salesforceAgent',
    event: 'onStateChange',
    key: 'omni:load:3',
    replay: false,
    payload: { ...lunch, channels: [channel], reason: 'OmniManualStatusChange' },
  });
});

test.each([
  ['no text', 7, []],
  ['no list', '{}', []],
  ['no JSON', '[', []],
  ['a list already', [channel, 'x'], [channel]],
])('channels that are %s do no harm', (_, channels, read) => {
  const fact = omniHappening({ name: 'omniChannelStatusChanged', params: { ...lunch, channels } }, 'load', 1);
  expect(fact?.payload).toMatchObject({ channels: read, reason: '' });
});

test('a log-out is a change to Offline, and says what it is', () => {
  expect(omniHappening({ name: 'omniChannelLogout', params: { reason: 'x' } }, 'load', 1)).toMatchObject({
    event: 'onStateChange',
    payload: {
      statusId: '',
      statusName: 'Offline',
      statusApiName: 'Offline',
      channels: [],
      reason: 'x',
      loggedOut: true,
    },
  });
});

test('work has the same key in every tab; a load has not', () => {
  const work = { workItemId: '500000000000001', workId: '0Bz000000000001' };
  const accepted = (load: string) => omniHappening({ name: 'omniChannelWorkAccepted', params: work }, load, 1);
  expect(accepted('a')).toEqual(accepted('b'));
  expect(accepted('a')).toMatchObject({ key: 'omni:work:0Bz000000000001:onWorkAccepted', payload: work });
  const params = { configuredCapacity: 5, previousWorkload: 1, newWorkload: 2 };
  expect(omniHappening({ name: 'omniChannelWorkloadChanged', params }, 'a', 2)).toMatchObject({
    event: 'onWorkloadChanged',
    key: 'omni:a:2',
    payload: params,
  });
});

test.each(['omniChannelLoginSuccess', 'omniChannelWorkAssigned', 'omniChannelConnectionError', 'a later one'])(
  '%s is nothing that flows hear of',
  (name) => expect(omniHappening({ name, params: { workId: '0Bz' } }, 'a', 1)).toBeNull(),
);

test('work without an id is not told', () => {
  expect(omniHappening({ name: 'omniChannelWorkAccepted', params: {} }, 'a', 1)).toBeNull();
});
