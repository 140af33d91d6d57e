import { connected, gather, lost } from './peer.ts';
import { errors, isAnswer, Signalling } from './signalling.ts';
import { streams, type Transport } from './streams.ts';

/** How a call gets its microphone. */
export type OpenMicrophone = (echoCancellation: boolean) => Promise<MediaStream>;

/** The library's own side of a softphone session: what it sets on a session and what it calls. */
type Told = ((session: Session, reason?: string) => void) | undefined;

/**
 * How long a call that is wanted now may be without sound: milliseconds from the microphone on, in steps. A page that gets no time to
 * run counts fewer of them.
 */
const soundWithin = 1500;
const step = 100;

/** The sessions of this page that are under way, by contact. */
export const sessions = new Map<string, Session>();

let changed = () => {};
/** Tells when a session begins or is gone. */
export function onSessions(f: () => void): void {
  changed = f;
}

/** One call's audio: offers with relayed candidates only, takes the answer, plays what it hears. */
export class Session {
  mediaStream: MediaStream | undefined;
  echoCancellation = true;
  remoteAudioElement: HTMLAudioElement | undefined;
  sessionReport: Record<string, unknown> = {};
  onSessionFailed: Told;
  onSessionConnected: Told;
  onSessionCompleted: Told;
  onLocalStreamAdded: ((session: Session, stream: MediaStream) => void) | undefined;
  _pc: RTCPeerConnection | undefined;
  private signalling: Signalling | undefined;
  private over = false;
  private peer: string | undefined;
  private isWanted = false;
  /** What is waited for; undefined before there is a microphone, and once there is sound. */
  private waits: 'ice' | 'answer' | undefined;
  private waited: ReturnType<typeof setInterval> | undefined;
  protected microphone: OpenMicrophone = (echoCancellation) =>
    navigator.mediaDevices.getUserMedia({ audio: { echoCancellation } });

  /** What the library reads by these names to say what failed. */
  constructor(
    readonly _signalingUri: string,
    readonly _iceServers: RTCIceServer[],
    private readonly token: string,
    _logger: unknown,
    readonly callId: string,
    private readonly connectionId: string,
    private readonly transport: Transport,
  ) {}

  connect(): void {
    sessions.set(this.callId, this);
    changed();
    void this.start().catch((e: unknown) => this.fail(e));
  }

  /** Somebody waits for the sound now: what does not come soon has failed. */
  want(): void {
    this.isWanted = true;
    this.hurry();
  }

  setMuted(muted: boolean): void {
    for (const track of this.mediaStream?.getAudioTracks() ?? []) track.enabled = !muted;
  }

  hangup(): void {
    if (this.over) return;
    this.over = true;
    // Named, so that the goodbye of a tab that has lost the audio does not end the winner's.
    void this.signalling
      ?.ask('bye', { contactId: this.callId, callContextToken: this.token, peerConnectionId: this.peer })
      .catch(() => undefined)
      .finally(() => this.signalling?.close());
    this.release();
    this.onSessionCompleted?.(this);
  }

  async getUserAudioStats(): Promise<unknown> {
    return this.stats('outbound-rtp', 'audio_input');
  }

  async getRemoteAudioStats(): Promise<unknown> {
    return this.stats('inbound-rtp', 'audio_output');
  }

  private async start(): Promise<void> {
    const began = new Date();
    this.mediaStream ??= stopping(
      await this.microphone(this.echoCancellation).catch(() => {
        throw new Error(errors.GUM_OTHER_FAILURE);
      }),
    );
    if (this.over) {
      this.release();
      return;
    }
    this.wait('ice');
    const stream = this.mediaStream;
    const pc = new RTCPeerConnection({
      iceServers: this._iceServers,
      iceTransportPolicy: 'relay',
      rtcpMuxPolicy: 'require',
      bundlePolicy: 'balanced',
    });
    this._pc = pc;
    pc.ontrack = (e) => {
      if (this.remoteAudioElement) this.remoteAudioElement.srcObject = e.streams[0] ?? new MediaStream([e.track]);
    };
    for (const track of stream.getAudioTracks()) pc.addTrack(track, stream);
    this.onLocalStreamAdded?.(this, stream);
    this.signalling = new Signalling(this.transport, this.connectionId, () => this.hangup());
    const candidates = await gather(pc);
    this.wait('answer');
    const answer = await this.signalling.ask('invite', {
      sdp: pc.localDescription?.sdp,
      candidates,
      callContextToken: this.token,
      contactId: this.callId,
    });
    if (!isAnswer(answer)) throw new Error('Invalid Remote SDP');
    this.peer = answer.peerConnectionId;
    if (this.over) return;
    this.wait('ice');
    await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    for (const candidate of answer.candidates) await pc.addIceCandidate(candidate);
    void this.signalling.ask('accept', { contactId: this.callId }).catch((e: unknown) => this.fail(e));
    await connected(pc);
    if (this.over) return;
    this.wait(undefined);
    this.sessionReport = { sessionStartTime: began, sessionConnectTime: new Date() };
    this.onSessionConnected?.(this);
    lost(pc, (how) => (how === 'failed' ? this.fail(new Error(errors.ICE_COLLECTION_TIMEOUT)) : this.drop()));
  }

  private wait(what: 'ice' | 'answer' | undefined): void {
    this.waits = this.over ? undefined : what;
    if (!this.waits) clearInterval(this.waited);
    this.hurry();
  }

  private hurry(): void {
    if (!this.isWanted || !this.waits || this.waited !== undefined) return;
    let left = soundWithin / step;
    this.waited = setInterval(() => {
      left--;
      if (left <= 0)
        this.fail(
          new Error(this.waits === 'answer' ? errors.SIGNALLING_HANDSHAKE_FAILURE : errors.ICE_COLLECTION_TIMEOUT),
        );
    }, step);
  }

  /** The far side has let this audio go: another tab has it. */
  private drop(): void {
    if (this.over) return;
    this.over = true;
    this.signalling?.close();
    this.release();
    this.onSessionCompleted?.(this);
  }

  private fail(e: unknown): void {
    if (this.over) return;
    this.over = true;
    this.signalling?.close();
    this.release();
    const reason = e instanceof Error ? e.message : 'unknown';
    this.sessionReport = { ...this.sessionReport, ...failureOf(reason) };
    this.onSessionFailed?.(this, reason);
  }

  private release(): void {
    clearInterval(this.waited);
    if (sessions.get(this.callId) === this) sessions.delete(this.callId);
    // While the library puts another microphone in place, it is sent already and not yet in the stream.
    const sent = this._pc?.getSenders().map((sender) => sender.track) ?? [];
    for (const track of [...(this.mediaStream?.getTracks() ?? []), ...sent]) track?.stop();
    this._pc?.close();
    // A session that came after this one plays in the same element.
    if (this.remoteAudioElement && !sessions.has(this.callId)) this.remoteAudioElement.srcObject = null;
    changed();
  }

  private async stats(kind: string, name: string): Promise<unknown> {
    const report = await this._pc?.getStats();
    const found = {
      timestamp: new Date(),
      softphoneStreamType: name,
      packetsCount: 0,
      packetsLost: 0,
      audioLevel: 0,
      rttMilliseconds: 0,
      jbMilliseconds: 0,
    };
    report?.forEach((s: { type: string; packetsSent?: number; packetsReceived?: number; packetsLost?: number }) => {
      if (s.type !== kind) return;
      found.packetsCount = s.packetsSent ?? s.packetsReceived ?? 0;
      found.packetsLost = s.packetsLost ?? 0;
    });
    return found;
  }
}

/** What the report of a call says of a failure. */
function failureOf(reason: string): Record<string, boolean> {
  switch (reason) {
    case errors.ICE_COLLECTION_TIMEOUT:
      return { iceCollectionFailure: true };
    case errors.SIGNALLING_HANDSHAKE_FAILURE:
      return { handshakingFailure: true };
    case errors.USER_BUSY:
      return { userBusyFailure: true };
    case errors.GUM_OTHER_FAILURE:
      return { gumOtherFailure: true };
    default:
      return {};
  }
}

/** A stream that lets go of a microphone when the library has put another in its place: it takes the old one out and leaves it open. */
function stopping(stream: MediaStream): MediaStream {
  const remove = stream.removeTrack.bind(stream);
  stream.removeTrack = (track) => {
    remove(track);
    track.stop();
  };
  return stream;
}

/** Gives the library its softphone, which speaks into the microphone that is opened for it. */
export function install(open: OpenMicrophone): void {
  streams().RTCSession = class extends Session {
    protected override microphone = open;
  };
  streams().RTCErrors = errors;
}
