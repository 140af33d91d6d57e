// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Streams } from './streams.ts';
import type { TelephonyListener } from './telephony.ts';

type Ear = (payload?: unknown) => void;

/** As much of the library as this module touches. The test says what happens, as its data provider does: all in one go. */
class Library {
  private readonly ears = new Map<string, Ear[]>();
  contacts: FakeContact[] = [];
  isSoftphone = true;
  state = { name: 'Available', type: 'routable', startTimestamp: new Date(5) };
  readonly dialled: { success(): void; failure(e: string): void }[] = [];

  on(name: string, ear: Ear): { unsubscribe(): void } {
    this.ears.set(name, [...(this.ears.get(name) ?? []), ear]);
    return { unsubscribe: () => {} };
  }

  fire(name: string, payload?: unknown): void {
    for (const ear of this.ears.get(name) ?? []) ear(payload);
  }

  readonly agent = {
    getConfiguration: () => ({
      username: 'agent',
      name: 'Amelia',
      routingProfile: { name: 'Basic' },
      agentARN: 'arn:aws:connect:eu-west-2:1:instance/i/agent/a',
    }),
    getState: () => this.state,
    getNextState: () => null,
    getContacts: () => this.contacts,
    getAgentStates: () => [],
    connect: (_endpoint: unknown, done: { success(): void; failure(e: string): void }) => this.dialled.push(done),
    ...Object.fromEntries(
      ['StateChange', 'Refresh', 'Routable', 'NotRoutable', 'Offline', 'Error', 'AfterCallWork', 'SoftphoneError'].map(
        (n) => [`on${n}`, (ear: Ear) => this.on(`agent ${n}`, ear)],
      ),
    ),
  };

  readonly global = {
    core: {
      initCCP: (box: HTMLElement) => {
        const frame: unknown = { allow: 'microphone' };
        if (isNode(frame)) box.appendChild(frame);
      },
      onInitialized: (ear: Ear) => this.on('initialised', ear),
      onIframeRetriesExhausted: () => {},
      onSoftphoneSessionInit: (ear: Ear) => this.on('session', ear),
      onAuthFail: (ear: Ear) => this.on('auth', ear),
      getEventBus: () => ({ subscribe: (name: string, ear: Ear) => this.on(name, ear) }),
      upstream: { onUpstream: (name: string, ear: Ear) => this.on(name, ear) },
    },
    storageAccess: { onRequest: () => ({ unsubscribe: () => {} }) },
    MasterTopics: { SOFTPHONE: 'softphone' },
    ifMaster: (topic: string, yes: () => void, no: () => void, justAsking: boolean) => {
      expect([topic, justAsking]).toEqual(['softphone', true]);
      if (this.isSoftphone) yes();
      else no();
    },
    EventType: { TERMINATED: 'terminated', ACKNOWLEDGE: 'acknowledge' },
    ContactType: { VOICE: 'voice' },
    Endpoint: { byPhoneNumber: (n: string) => n },
    agent: (ear: Ear) => this.on('agent', ear),
    contact: (ear: Ear) => this.on('contact', ear),
  };

  /** The first snapshot of a page. */
  signsIn(): void {
    this.fire('initialised');
    this.fire('agent', this.agent);
    for (const c of this.contacts) this.fire('contact', c);
  }
}

class FakeContact {
  private readonly ears = new Map<string, Ear>();
  state: { type: string; timestamp: Date } | null = { type: 'connecting', timestamp: new Date(100) };

  constructor(private readonly id: string) {
    for (const n of [
      'Incoming',
      'Connecting',
      'Pending',
      'Accepted',
      'Connected',
      'Refresh',
      'Missed',
      'Ended',
      'Destroy',
    ])
      Reflect.set(this, `on${n}`, (ear: Ear) => this.ears.set(n, ear));
  }

  fire(name: string): void {
    this.ears.get(name)?.();
  }

  getContactId = () => this.id;
  getInitialContactId = () => this.id;
  getType = () => 'voice';
  getState = () => {
    if (!this.state) throw new Error('gone');
    return this.state;
  };
  isInbound = () => true;
  isConnected = () => this.state?.type === 'connected';
  isSoftphoneCall = () => true;
  getAgentConnection = () => ({ getConnectionId: () => `connection of ${this.id}` });
  /** The customer's leg. */
  leg: { type: string; timestamp?: Date } = { type: 'connecting' };
  getInitialConnection = () => ({ getEndpoint: () => ({ phoneNumber: '+1' }), getState: () => this.leg });
  getQueue = () => ({ name: 'Basic', queueARN: 'arn' });
  getAttributes = () => ({});
}

let library: Library;
beforeEach(() => {
  vi.useFakeTimers();
  library = new Library();
  vi.stubGlobal('connect', library.global);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function phone() {
  const heard: string[] = [];
  const refreshes: unknown[] = [];
  const listener: TelephonyListener = {
    acknowledged: () => heard.push('acknowledged'),
    ended: () => heard.push('ended'),
    exhausted: () => {},
    storage: () => {},
    snapshot: () => heard.push('snapshot'),
    agent: (event, agent, replay) => heard.push(`${event} ${agent.state} ${agent.since}${replay ? ' replay' : ''}`),
    standing: () => {},
    refreshed: (agent, around) => refreshes.push([agent.state, around]),
    soundBegan: (id, here) => heard.push(`sound of ${id} ${here ? 'here' : 'elsewhere'}`),
    soundFailed: (kind) => heard.push(`no sound: ${kind}`),
    contact: (event, c, _, occurrence, replay) =>
      heard.push(`${event} ${c.contactId} ${c.state} ${occurrence}${replay ? ' replay' : ''}`),
  };
  const page: unknown = globalThis;
  const streams = new Streams(isWindow(page) ? page : expect.fail(), listener);
  const put: unknown[] = [];
  const box: unknown = { appendChild: (node: unknown) => put.push(node) };
  if (isBox(box)) streams.show(box, 'http://ccp.example/ccp-v2/?x', null);
  return { streams, heard, refreshes, put };
}

const isNode = (v: unknown): v is Node => typeof v === 'object';
const isWindow = (v: unknown): v is Window => v === globalThis;
const isBox = (v: unknown): v is HTMLElement => typeof v === 'object';

const settled = () => vi.advanceTimersByTimeAsync(0);

test('a hold and its end are told once each, by the contact centre’s clock', () => {
  const call = new FakeContact('c');
  library.contacts = [call];
  const { streams, heard } = phone();
  library.signsIn();
  heard.length = 0;
  const snapshot = (type: string, at?: number) => {
    call.leg = at === undefined ? { type } : { type, timestamp: new Date(at) };
    call.fire('Refresh');
    return streams.sees()?.contacts[0]?.hold;
  };
  expect(snapshot('hold', 90)).toBeUndefined(); // while it rings it is no hold
  call.state = { type: 'connected', timestamp: new Date(200) };
  call.leg = { type: 'connected', timestamp: new Date(190) };
  call.fire('Connected');
  expect(snapshot('connected', 190)).toEqual({ on: false, since: 190 });
  expect(snapshot('hold', 300)).toEqual({ on: true, since: 300 });
  expect(snapshot('hold', 300)).toEqual({ on: true, since: 300 });
  expect(snapshot('hold')).toBeUndefined();
  expect(snapshot('connected', 400)).toEqual({ on: false, since: 400 });
  expect(snapshot('disconnected', 500)).toBeUndefined();
  expect(heard.filter((h) => !h.startsWith('onRefresh'))).toEqual([
    'onConnected c connected 200 replay',
    'onHold c connected 300 replay',
    'onResume c connected 400 replay',
  ]);
});

test('a page that is loaded during a hold tells it under the same key', () => {
  const call = new FakeContact('c');
  call.state = { type: 'connected', timestamp: new Date(200) };
  call.leg = { type: 'hold', timestamp: new Date(300) };
  library.contacts = [call];
  const { heard } = phone();
  library.signsIn();
  call.fire('Connected');
  call.fire('Refresh');
  expect(heard.filter((h) => h.startsWith('onHold'))).toEqual(['onHold c connected 300 replay']);
});

test('the first snapshot is told in one go, and then that it is complete', async () => {
  const call = new FakeContact('c');
  library.contacts = [call];
  const { streams, heard } = phone();
  expect(streams.sees()).toBeNull();
  library.signsIn();
  call.fire('Connecting');
  library.fire('agent Routable');
  expect(heard).toEqual([
    'acknowledged',
    'onInit Available 5',
    'onConnecting c connecting 100 replay',
    'onRoutable Available 5 replay',
  ]);
  await settled();
  expect(heard.at(-1)).toBe('snapshot');
  expect(streams.sees()).toMatchObject({
    agent: { username: 'agent', since: 5 },
    contacts: [{ contactId: 'c', since: 100, phoneNumber: '+1' }],
  });
  expect(streams.region()).toBe('eu-west-2');
});

test('an event’s occurrence is when the contact got into its state; an acceptance is of its offer', async () => {
  const call = new FakeContact('c');
  const { heard } = phone();
  library.signsIn();
  await settled();
  library.fire('contact', call);
  call.fire('Connecting');
  call.state = { type: 'connected', timestamp: new Date(200) };
  call.fire('Accepted');
  call.fire('Connected');
  call.state = null;
  call.fire('Ended');
  call.fire('Ended');
  call.fire('Destroy');
  expect(heard.slice(-5)).toEqual([
    'onConnecting c connecting 100',
    'onAccepted c connected 100',
    'onConnected c connected 200',
    'onEnded c connected 0',
    'onDestroy c connected 0',
  ]);
});

test('after a sign-out nothing is seen until the agent has signed in again', async () => {
  const { streams, heard } = phone();
  library.signsIn();
  await settled();
  library.fire('terminated');
  library.fire('agent Refresh'); // a late answer of the old session
  expect(streams.sees()).toBeNull();
  expect(streams.region()).toBe('');
  await expect(streams.dial('+1', '')).rejects.toThrow('not signed in');
  await vi.advanceTimersByTimeAsync(3_000);
  library.fire('acknowledge');
  library.state = { name: 'Offline', type: 'offline', startTimestamp: new Date(9) };
  library.fire('agent Refresh');
  library.fire('agent Refresh');
  await settled();
  expect(heard).toEqual([
    'acknowledged',
    'onInit Available 5',
    'snapshot',
    'ended',
    'acknowledged',
    'onInit Offline 9',
    'snapshot',
  ]);
  expect(streams.sees()).toMatchObject({ agent: { state: 'Offline' } });
});

test('a refresh tells what else of the agent may change', async () => {
  const [call, going] = [new FakeContact('c'), new FakeContact('d')];
  going.state = null;
  const { refreshes } = phone();
  library.signsIn();
  library.contacts = [call, going];
  library.fire('agent Refresh');
  expect(refreshes).toEqual([
    [
      'Available',
      [
        '',
        [
          ['c', 'connecting'],
          ['d', ''],
        ],
      ],
    ],
  ]);
});

test('a dial ends as the contact centre says, in our words; without an answer it does not end', async () => {
  const { streams } = phone();
  library.signsIn();
  const [good, bad, open] = [streams.dial('+1', ''), streams.dial('+1', ''), streams.dial('+1', '')];
  library.dialled[0]?.success();
  library.dialled[1]?.failure('{"type":"InvalidStateException","message":"not possible in this state"}');
  await expect(good).resolves.toBeUndefined();
  await expect(bad).rejects.toMatchObject({ code: 'dial.state', said: expect.stringContaining('not possible') });
  let ended = false;
  void open.finally(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(ended).toBe(false);
});

test('where a call’s audio begins is told, and that it failed, in the library’s own word', async () => {
  library.contacts = [new FakeContact('c'), new FakeContact('d')];
  const { heard } = phone();
  library.signsIn();
  await settled();
  library.fire('session', { connectionId: 'connection of d' });
  library.isSoftphone = false;
  library.fire('session', { connectionId: 'connection of c' });
  library.fire('session', { connectionId: 'of a contact that is gone' });
  library.fire('session', null);
  library.fire('agent SoftphoneError', { errorType: 'webrtc_error' });
  library.fire('agent SoftphoneError', undefined);
  expect(heard.slice(3)).toEqual(['sound of d here', 'sound of c elsewhere', 'no sound: webrtc_error', 'no sound: ']);
});

test('the panel’s frame may choose the speaker, from when it is put into the page', () => {
  expect(phone().put).toEqual([{ allow: 'microphone; speaker-selection' }]);
});
