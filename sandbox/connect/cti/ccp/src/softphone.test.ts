import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Session } from './softphone.ts';
import type { Transport } from './streams.ts';

/** A browser's connection whose far end is the test. */
class Connection {
  static all: Connection[] = [];
  connectionState = 'new';
  localDescription = { sdp: 'offer' };
  onicecandidate: ((e: unknown) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  constructor(readonly config: RTCConfiguration) {
    Connection.all.push(this);
  }
  addTrack() {}
  close() {}
  getSenders = () => [];
  getReceivers = () => [];
  createOffer = async () => ({});
  setLocalDescription = async () => {};
  setRemoteDescription = async () => {};
  addIceCandidate = async () => {};
  finds(candidate: string | null): void {
    this.onicecandidate?.({ candidate: candidate === null ? null : { candidate, toJSON: () => ({ candidate }) } });
  }
  becomes(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

/** Signalling that answers what it is asked, unless it is silent. */
function exchange(silent = false): Transport {
  let hear: (m: { content: unknown }) => void = () => {};
  return {
    subscribeTopics() {},
    onMessage: (_, f) => {
      hear = f;
      return () => {};
    },
    sendMessage: (m) => {
      const { connectionId, jsonRpcMsg } = m as { connectionId: string; jsonRpcMsg: { id: string } };
      const result = { sdp: 'answer', candidates: [] };
      if (!silent) hear({ content: JSON.stringify({ connectionId, jsonRpcMsg: { id: jsonRpcMsg.id, result } }) });
    },
  };
}

const servers = [{ urls: ['turn:127.0.0.1:3478'] }];
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

async function call(transport = exchange()) {
  const session = new Session('wss://signalling', servers, 'token', null, 'c-1', 'connection', transport);
  const stream = { getAudioTracks: () => [], getTracks: () => [], removeTrack() {} };
  session.mediaStream = stream as unknown as MediaStream;
  const failed: string[] = [];
  session.onSessionFailed = (_, reason) => failed.push(reason ?? '');
  const ended = vi.fn();
  session.onSessionCompleted = ended;
  const connected = vi.fn();
  session.onSessionConnected = connected;
  session.connect();
  await settle();
  const pc = Connection.all.at(-1) ?? expect.fail('no connection');
  return { session, pc, failed, connected, ended };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('RTCPeerConnection', Connection);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('the library finds the servers and the address that it tells of by its own names', async () => {
  const { session, pc } = await call();
  expect(session).toMatchObject({ _iceServers: servers, _signalingUri: 'wss://signalling' });
  expect(pc.config).toMatchObject({ iceServers: servers, iceTransportPolicy: 'relay' });
});

test('a call that finds no candidate fails at once, with what the report says of it', async () => {
  const { session, pc, failed } = await call();
  pc.finds(null);
  await settle();
  expect(failed).toEqual(['Ice Collection Timeout']);
  expect(session.sessionReport).toMatchObject({ iceCollectionFailure: true });
});

test('while it rings there is time; once it is wanted, a call without a way fails within two seconds', async () => {
  const { session, pc, failed } = await call();
  pc.finds('candidate');
  await settle(60_000);
  expect(failed).toEqual([]);
  session.want();
  await settle(1_000);
  session.want(); // drawn again, the page says it again
  expect(failed).toEqual([]);
  await settle(600);
  expect(failed).toEqual(['Ice Collection Timeout']);
  await settle(60_000);
  expect(failed).toHaveLength(1);
});

test('one whose exchange is silent fails as such', async () => {
  const { session, pc, failed } = await call(exchange(true));
  session.want();
  pc.finds('candidate');
  await settle(2_000);
  expect(failed).toEqual(['Signalling Handshake Failure']);
});

test('one that is heard in time does not fail, until its way is lost; the far side may let go of it', async () => {
  const { session, pc, failed, connected } = await call();
  session.want();
  pc.finds('candidate');
  await settle();
  pc.becomes('connected');
  await settle(60_000);
  expect(connected).toHaveBeenCalledOnce();
  expect(failed).toEqual([]);
  pc.becomes('failed');
  expect(failed).toEqual(['Ice Collection Timeout']);
  const other = await call();
  other.pc.finds('candidate');
  await settle();
  other.pc.becomes('connected');
  await settle();
  other.pc.becomes('closed');
  expect(other.failed).toEqual([]);
  expect(other.ended).toHaveBeenCalledOnce();
});
