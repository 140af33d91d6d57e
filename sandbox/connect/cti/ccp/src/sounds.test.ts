import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lost, problem } from './problems.ts';
import { type Session, sessions } from './softphone.ts';
import { beginWhereAccepted, Sounds } from './sounds.ts';
import type { Agent, Contact } from './streams.ts';

class Call {
  state = 'connected';
  constructor(readonly contactId: string) {}
  getStatus = () => ({ type: this.state });
  getAgentConnection = () => ({ connectionId: `connection of ${this.contactId}` });
  isSoftphoneCall = () => true;
  isInbound = () => true;
  getType = () => 'voice';
  get contact(): Contact {
    return this as unknown as Contact;
  }
}

const agentWith = (...calls: Call[]) => ({ getContacts: () => calls }) as unknown as Agent;
const noWay = problem('ice_collection_timeout', '');

/** As much of the library as is touched here. */
function library(part: object = {}) {
  const ears: { ready?: () => void; began?: (s: { connectionId: string }) => void } = {};
  const startSession = vi.fn();
  const core = {
    softphoneManager: { startSession } as { startSession: typeof startSession } | undefined,
    onSoftphoneSessionInit: (f: (s: { connectionId: string }) => void) => {
      ears.began = f;
    },
    getEventBus: () => ({
      subscribe: (_: string, f: () => void) => {
        ears.ready = f;
      },
    }),
  };
  const connect = {
    core,
    isFirefoxBrowser: () => true,
    ifMaster: (_: string, yes: () => void) => queueMicrotask(yes),
    MasterTopics: { SOFTPHONE: 'softphone' },
    ConnectionEvents: { READY_TO_START_SESSION: 'ready' },
    ...part,
  };
  vi.stubGlobal('window', { connect });
  return { ears, core, startSession };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  sessions.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a call that failed stays so until its audio begins again, in whatever page', () => {
  const { ears } = library();
  const sounds = new Sounds(() => {}, vi.fn());
  const call = new Call('c-1');
  call.state = 'connecting';
  expect(sounds.fails(call.contact, noWay)).toBe(true);
  call.state = 'connected'; // accepted all the same
  expect(sounds.look(agentWith(call), true)).toMatchObject({ text: noWay.text, canRetry: true });
  ears.began?.({ connectionId: 'connection of another' });
  expect(sounds.look(agentWith(call), true)?.text).toBe(noWay.text);
  ears.began?.({ connectionId: 'connection of c-1' });
  expect(sounds.look(agentWith(call), true)).toBeUndefined();
});

test('what is no loss of sound, or of no live call, or of one that is heard here, is no trouble of the call', () => {
  library();
  const sounds = new Sounds(() => {}, vi.fn());
  const call = new Call('c-1');
  expect(sounds.fails(call.contact, problem('user_busy_error', ''))).toBe(false);
  expect(sounds.fails(undefined, noWay)).toBe(false);
  call.state = 'ended';
  expect(sounds.fails(call.contact, noWay)).toBe(false);
  call.state = 'connected';
  sessions.set('c-1', { want: () => {} } as unknown as Session);
  expect(sounds.fails(call.contact, noWay)).toBe(false);
});

test('a page that is not the softphone’s cannot begin it again', () => {
  const { core } = library();
  core.softphoneManager = undefined;
  const sounds = new Sounds(() => {}, vi.fn());
  const call = new Call('c-1');
  sounds.fails(call.contact, noWay);
  expect(sounds.look(agentWith(call), true)?.canRetry).toBe(false);
});

test('a connected call whose sound nobody has is lost; one that is heard here is hurried', () => {
  library();
  const asked: string[] = [];
  const sounds = new Sounds((id) => asked.push(id), vi.fn());
  const call = new Call('c-1');
  expect(sounds.look(agentWith(call), false)).toBeUndefined();
  expect(asked).toEqual([]);
  expect(sounds.look(agentWith(call), true)).toBeUndefined();
  vi.advanceTimersByTime(2_000);
  expect(sounds.look(agentWith(call), true)).toBe(lost);
  const want = vi.fn();
  sessions.set('c-1', { want } as unknown as Session);
  expect(sounds.look(agentWith(call), true)).toBeUndefined();
  expect(want).toHaveBeenCalledOnce();
});

test('in Firefox the page where a call is accepted begins its audio, if the library has not, and once', async () => {
  const { ears, startSession } = library();
  const call = new Call('c-1');
  beginWhereAccepted(() => call.contact);
  ears.ready?.();
  ears.ready?.();
  expect(startSession).not.toHaveBeenCalled(); // the library may still be about to
  await vi.advanceTimersByTimeAsync(0);
  expect(startSession).toHaveBeenCalledExactlyOnceWith(call.contact, 'connection of c-1');
  const other = new Call('c-2');
  sessions.set('c-2', {} as Session);
  beginWhereAccepted(() => other.contact);
  ears.ready?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(startSession).toHaveBeenCalledOnce();
});

test('in other browsers the library needs no help', () => {
  const { ears } = library({ isFirefoxBrowser: () => false });
  beginWhereAccepted(() => undefined);
  expect(ears.ready).toBeUndefined();
});
