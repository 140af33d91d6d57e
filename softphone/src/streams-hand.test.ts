// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { queueOf, streamsHand } from './streams-hand.ts';
import type { Hand } from './telephony.ts';

interface Done {
  success(value?: unknown): void;
  failure(error?: unknown): void;
}

const states = [
  { name: 'Available', type: 'routable', agentStateARN: 'arn:available' },
  { name: 'Lunch', type: 'not_routable', agentStateARN: 'arn:lunch' },
];

/** As much of the library's agent as a hand touches; `answer` is what the contact centre says to all that is asked of it. */
class Desk {
  readonly did: unknown[] = [];
  answer: (done: Done) => void = (done) => done.success();
  contacts = [this.contact('c')];
  signedIn = true;
  state = 'connected';

  contact(id: string) {
    const ask = (what: string) => (done: Done) => {
      this.did.push(what);
      this.answer(done);
    };
    return {
      getContactId: () => id,
      isConnected: () => true,
      getState: () => ({ type: this.state }),
      getAgentConnection: () => ({ destroy: ask(`hang up ${id}`) }),
      clear: ask(`clear ${id}`),
    };
  }

  readonly agent = {
    getConfiguration: () => ({
      name: 'Amelia',
      username: 'agent',
      softphoneEnabled: true,
      softphoneAutoAccept: false,
      extension: '+1',
      routingProfile: { name: 'Basic' },
    }),
    getState: () => ({ name: 'Busy', type: 'system', agentStateARN: null, startTimestamp: new Date(5) }),
    getAgentStates: () => states,
    getDialableCountries: () => ['us', 'gb'],
    getPermissions: () => ['outboundCall'],
    getContacts: () => this.contacts,
    getAllQueueARNs: () => ['arn:a', 'arn:b'],
    mute: () => this.did.push('mute'),
    unmute: () => this.did.push('unmute'),
    setState: (s: { name: string }, done: Done, options: unknown) => {
      this.did.push([s.name, options]);
      this.answer(done);
    },
    setConfiguration: (c: { softphoneEnabled: boolean; extension: string }, done: Done) => {
      this.did.push([c.softphoneEnabled, c.extension]);
      this.answer(done);
    },
    getEndpoints: (queues: string[], done: Done) => {
      this.did.push(queues);
      this.answer(done);
    },
  };

  hand(): Hand {
    return streamsHand(() => (this.signedIn && isAgent(this.agent) ? this.agent : null));
  }
}

function isAgent(v: unknown): v is connect.Agent {
  return typeof v === 'object';
}

let log: unknown;
beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('connect', { AgentStateType: { ROUTABLE: 'routable' }, getLog: () => log });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const status = (part: Partial<{ arn: string; name: string; routable: boolean }>) => ({
  arn: '',
  name: '',
  routable: false,
  ...part,
});

test.each<[string, (h: Hand) => Promise<unknown>, unknown]>([
  [
    'a status by name, after the contact',
    (h) => h.setStatus(status({ name: 'Lunch' })),
    ['Lunch', { enqueueNextState: true }],
  ],
  ['a status by ARN', (h) => h.setStatus(status({ arn: 'arn:lunch' })), ['Lunch', { enqueueNextState: true }]],
  [
    'the first routable status',
    (h) => h.setStatus(status({ routable: true })),
    ['Available', { enqueueNextState: true }],
  ],
  ['mute', (h) => h.mute(true), 'mute'],
  ['unmute', (h) => h.mute(false), 'unmute'],
  ['softphone', (h) => h.changePhone({ softphone: true, extension: '' }), [true, '+1']],
  ['desk phone', (h) => h.changePhone({ softphone: false, extension: '+2' }), [false, '+2']],
  ['hanging up', (h) => h.hangUp('c'), 'hang up c'],
])('%s', async (_, act, did) => {
  const d = new Desk();
  await act(d.hand());
  expect(d.did).toEqual([did]);
});

test('without a contact a status comes at once', async () => {
  const d = new Desk();
  d.contacts = [];
  await d.hand().setStatus(status({ name: 'Lunch' }));
  expect(d.did).toEqual([['Lunch', { enqueueNextState: false }]]);
});

test.each<[string, (h: Hand) => Promise<unknown>, string]>([
  ['a status that is not there', (h) => h.setStatus(status({ name: 'Nap' })), 'no status Nap'],
  ['a status of the contact centre’s own', (h) => h.setStatus(status({ name: 'Busy' })), 'no status Busy'],
  ['no status at all', (h) => h.setStatus(status({})), 'no status'],
  ['a contact of somebody else', (h) => h.clear('d'), 'not with the agent'],
])('%s is refused', async (_, act, why) => {
  const d = new Desk();
  await expect(act(d.hand())).rejects.toThrow(why);
  expect(d.did).toEqual([]);
});

test('nobody is muted without a call', async () => {
  const d = new Desk();
  d.contacts = [];
  await expect(d.hand().mute(true)).rejects.toThrow('no call');
  expect(d.did).toEqual([]);
});

test('the contact centre’s reason is told, and its silence too', async () => {
  const d = new Desk();
  d.state = 'ended';
  d.answer = (done) => done.failure('{"message":"Not in this state."}');
  await expect(d.hand().clear('c')).rejects.toThrow('Not in this state.');
  d.answer = (done) => done.failure(new Error('ValueError'));
  await expect(d.hand().clear('c')).rejects.toMatchObject({ args: { said: 'The contact centre refused.' } });
  d.answer = () => {};
  const told = expect(d.hand().clear('c')).rejects.toThrow('did not answer');
  await vi.advanceTimersByTimeAsync(14_000);
  await told;
});

test('nobody acts for an agent who is not signed in', async () => {
  const d = new Desk();
  d.signedIn = false;
  await expect(d.hand().agent()).rejects.toThrow('not signed in');
});

test('the agent in plain values', async () => {
  await expect(new Desk().hand().agent()).resolves.toEqual({
    name: 'Amelia',
    username: 'agent',
    state: { name: 'Busy', type: 'system', agentStateARN: '', startTimestamp: '1970-01-01T00:00:00.005Z' },
    softphoneEnabled: true,
    softphoneAutoAccept: false,
    extension: '+1',
    routingProfile: 'Basic',
    agentStates: states,
    dialableCountries: ['us', 'gb'],
    mayDialOut: true,
  });
});

test('quick connects of all queues, at most five hundred', async () => {
  const d = new Desk();
  const endpoints = Array.from({ length: 501 }, (_, i) => ({ endpointARN: `arn:${i}`, type: 'queue', name: `Q${i}` }));
  d.answer = (done) => done.success({ endpoints });
  const all = await d.hand().endpoints('');
  expect(d.did).toEqual([['arn:a', 'arn:b']]);
  expect(all).toHaveLength(500);
  expect(all[0]).toEqual({
    endpointARN: 'arn:0',
    endpointId: null,
    type: 'queue',
    name: 'Q0',
    phoneNumber: null,
    agentLogin: null,
    queue: null,
  });
});

test('of the log the latest lines, and no more than fit a message', async () => {
  const line = (text: string) => ({ time: new Date(0), level: 'INFO', text });
  log = { _rolledLogs: [line('x'.repeat(196_000)), line('"'.repeat(2_500))], _logs: [line('last')] };
  const said = await new Desk().hand().logs();
  expect(said.endsWith('""\n1970-01-01T00:00:00.000Z INFO last')).toBe(true);
  expect(said.length).toBeLessThan(3_000);
});

test.each([
  ['arn:instance/queue/q1', 'arn:instance/queue/q1'],
  ['q1', 'arn:instance/queue/q1'],
  ['Sales', 'arn:instance/queue/q1'],
  ['1', '1'],
  ['arn:elsewhere', 'arn:elsewhere'],
])('the queue %s is %s', (given, want) => {
  const queues = [{ queueARN: 'arn:instance/queue/q1', name: 'Sales' }];
  const agent: unknown = { getConfiguration: () => ({ routingProfile: { queues } }) };
  expect(isAgent(agent) && queueOf(agent, given)).toBe(want);
});

test.each(['ended', 'missed', 'rejected', 'error'])(
  'a contact that is %s can be cleared, and not hung up',
  async (state) => {
    const d = new Desk();
    d.state = state;
    await d.hand().clear('c');
    await expect(d.hand().hangUp('c')).rejects.toThrow('clear it instead');
    expect(d.did).toEqual(['clear c']);
  },
);

test('a contact that is on cannot be cleared', async () => {
  const d = new Desk();
  await expect(d.hand().clear('c')).rejects.toThrow('this one is connected');
  expect(d.did).toEqual([]);
});
