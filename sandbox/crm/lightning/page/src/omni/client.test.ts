import { expect, test } from 'vitest';
import type { Decoder } from '../decode.ts';
import { OmniLink } from './client.ts';
import type { OmniEvent } from './omni.ts';
import type { Follower } from './stream.ts';
import { nothing, type OmniState } from './wire.ts';

const available = {
  statusId: '0N5Pc0000000001',
  statusName: 'Available',
  statusApiName: 'Available',
  channels: [{ channelId: '0N9Pc0000000001', developerName: 'Cases' }],
};
const online: OmniState = { ...nothing, version: 1, statuses: [available], statusId: available.statusId };
const work = {
  workItemId: '500Pc0000000001',
  workId: '0BzPc0000000001',
  isEngaged: false,
  recordId: '500Pc0000000001AAA',
  name: '00001000',
  subject: '',
  since: '2026-11-28T08:00:00.000Z',
};

/** A console's Omni-Channel whose server answers this state, and which is told things by `tell`. */
function at(answer: OmniState) {
  let follower: Follower | null = null;
  const asked: string[] = [];
  const opened: string[] = [];
  const heard: OmniEvent[] = [];
  let inFront = true;
  const omni = new OmniLink({
    api: {
      call: async <T>(method: string, path: string, decode: Decoder<T>, body?: unknown) => {
        asked.push([method, path, body === undefined ? '' : JSON.stringify(body)].join(' ').trim());
        return decode(answer, path);
      },
    },
    stream: (f) => {
      follower = f;
      return () => {
        follower = null;
      };
    },
    open: (id) => opened.push(id),
    isInFront: () => inFront,
  });
  const stop = omni.start();
  omni.listen((e) => heard.push(e));
  return {
    omni,
    asked,
    opened,
    heard,
    stop,
    follows: () => follower !== null,
    hide: () => {
      inFront = false;
    },
    tell: (state: OmniState, ...events: { name: string; params: Record<string, string> }[]) =>
      follower?.heard({ events, state }),
    lose: () => follower?.lost(),
  };
}

test('a status is set by the server, and known at once', async () => {
  const { omni, asked } = at(online);
  expect(omni.status()).toBeNull();
  expect(await omni.setStatus(available.statusId)).toEqual(available);
  expect(omni.status()).toEqual(available);
  expect(asked).toEqual([`PUT /omni/presence {"statusId":"${available.statusId}","reason":"OmniToolkitStatusChange"}`]);
});

test('an answer that comes after a later message of the stream changes nothing', async () => {
  const { omni, tell } = at(online);
  tell({ ...online, version: 2, statusId: '' }, { name: 'omniChannelLogout', params: {} });
  await omni.logout();
  expect(omni.status()).toBeNull();
});

test('events are heard until the listener ends, those that nobody knows never', () => {
  const { omni, tell, heard } = at(online);
  const own: string[] = [];
  const end = omni.listen((e) => own.push(e.name));
  tell(online, { name: 'omniChannelLoginSuccess', params: {} }, { name: 'omniChannelTomorrow', params: {} });
  end();
  tell({ ...online, version: 2 }, { name: 'omniChannelLogout', params: { reason: 'DuplicateLogin' } });
  expect(own).toEqual(['omniChannelLoginSuccess']);
  expect(heard.map((e) => e.name)).toEqual(['omniChannelLoginSuccess', 'omniChannelLogout']);
});

test('work that is accepted here opens once', async () => {
  const { omni, tell, opened, asked } = at({ ...online, version: 3, works: [{ ...work, isEngaged: true }] });
  tell({ ...online, version: 2, works: [work] });
  const accepting = omni.accept('0BzPc0000000001AAA');
  tell(
    { ...online, version: 3, works: [{ ...work, isEngaged: true }] },
    { name: 'omniChannelWorkAccepted', params: { workId: work.workId, workItemId: work.workItemId } },
  );
  await accepting;
  expect(opened).toEqual(['500Pc0000000001AAA']);
  expect(asked).toEqual(['POST /omni/works/0BzPc0000000001AAA/accept']);
});

test('work that accepts itself opens in the tab in front only, what is accepted elsewhere in none', () => {
  const front = at(online);
  const behind = at(online);
  behind.hide();
  const of = (name: string) => ({ name, params: { workId: work.workId, workItemId: work.workItemId } });
  const state = { ...online, version: 2, works: [{ ...work, isEngaged: true }] };
  for (const tab of [front, behind]) tab.tell(state, of('omniChannelWorkAssigned'), of('omniChannelWorkAccepted'));
  expect(front.opened).toEqual(['500Pc0000000001AAA']);
  expect(behind.opened).toEqual([]);
  front.tell({ ...state, version: 3 }, of('omniChannelWorkAccepted'));
  expect(front.opened).toEqual(['500Pc0000000001AAA']);
});

test('a lost connection is told to who is logged in', () => {
  const { tell, lose, heard } = at(online);
  lose();
  expect(heard).toEqual([]);
  tell(online);
  lose();
  expect(heard.map((e) => e.name)).toEqual(['omniChannelConnectionError']);
});

test('the end of the console ends the stream', () => {
  const { stop, follows } = at(online);
  expect(follows()).toBe(true);
  stop();
  expect(follows()).toBe(false);
});
