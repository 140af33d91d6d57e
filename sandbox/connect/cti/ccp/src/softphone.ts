import { errors, isAnswer, Signalling } from './signalling.ts';
import { streams, type Transport } from './streams.ts';

/** How a call gets its microphone. */
export type OpenMicrophone = (echoCancellation: boolean) => Promise<MediaStream>;

/** The library's own side of a softphone session: what it sets on a session and what it calls. */
type Told = ((session: Session, reason?: string) => void) | undefined;

const gatherWithin = 8000;

/** The sessions of this page that are under way, by contact. */
export const sessions = new Map<string, Session>();

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
  protected microphone: OpenMicrophone = (echoCancellation) =>
    navigator.mediaDevices.getUserMedia({ audio: { echoCancellation } });

  constructor(
    _signalingEndpoint: string,
    private readonly iceServers: RTCIceServer[],
    private readonly token: string,
    _logger: unknown,
    readonly callId: string,
    private readonly connectionId: string,
    private readonly transport: Transport,
  ) {}

  connect(): void {
    sessions.set(this.callId, this);
    void this.start().catch((e: unknown) => this.fail(e));
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
    const stream = this.mediaStream;
    const pc = new RTCPeerConnection({
      iceServers: this.iceServers,
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
    const answer = await this.signalling.ask('invite', {
      sdp: pc.localDescription?.sdp,
      candidates,
      callContextToken: this.token,
      contactId: this.callId,
    });
    if (!isAnswer(answer)) throw new Error('Invalid Remote SDP');
    this.peer = answer.peerConnectionId;
    if (this.over) return;
    await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    for (const candidate of answer.candidates) await pc.addIceCandidate(candidate);
    void this.signalling.ask('accept', { contactId: this.callId }).catch((e: unknown) => this.fail(e));
    await connected(pc);
    if (this.over) return;
    this.sessionReport = { sessionStartTime: began, sessionConnectTime: new Date() };
    this.onSessionConnected?.(this);
    lost(pc, () => this.drop());
  }

  /** The far side has let this audio go: another tab has it, or the way to it is lost. */
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
    this.onSessionFailed?.(this, e instanceof Error ? e.message : 'unknown');
  }

  private release(): void {
    if (sessions.get(this.callId) === this) sessions.delete(this.callId);
    // While the library puts another microphone in place, it is sent already and not yet in the stream.
    const sent = this._pc?.getSenders().map((sender) => sender.track) ?? [];
    for (const track of [...(this.mediaStream?.getTracks() ?? []), ...sent]) track?.stop();
    this._pc?.close();
    // A session that came after this one plays in the same element.
    if (this.remoteAudioElement && !sessions.has(this.callId)) this.remoteAudioElement.srcObject = null;
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

/** A stream that lets go of a microphone when the library has put another in its place: it takes the old one out and leaves it open. */
function stopping(stream: MediaStream): MediaStream {
  const remove = stream.removeTrack.bind(stream);
  stream.removeTrack = (track) => {
    remove(track);
    track.stop();
  };
  return stream;
}

/** Makes the offer and waits for its candidates. */
async function gather(pc: RTCPeerConnection): Promise<RTCIceCandidateInit[]> {
  const candidates: RTCIceCandidateInit[] = [];
  const enough = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => (candidates.length > 0 ? resolve() : reject(new Error(errors.ICE_COLLECTION_TIMEOUT))),
      gatherWithin,
    );
    pc.onicecandidate = (e) => {
      if (e.candidate?.candidate) candidates.push(e.candidate.toJSON());
      // One relayed candidate is enough: all audio is in one stream.
      if (candidates.length > 0 || !e.candidate) {
        clearTimeout(timer);
        if (candidates.length > 0) resolve();
        else reject(new Error(errors.ICE_COLLECTION_TIMEOUT));
      }
    };
  });
  await pc.setLocalDescription(await pc.createOffer());
  await enough;
  return candidates;
}

async function connected(pc: RTCPeerConnection): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (pc.connectionState === 'connected') resolve();
      if (pc.connectionState === 'failed' || pc.connectionState === 'closed')
        reject(new Error(errors.ICE_COLLECTION_TIMEOUT));
    };
    pc.onconnectionstatechange = look;
    look();
  });
}

/** Says when a connection that was there is gone for good. */
function lost(pc: RTCPeerConnection, told: () => void): void {
  const look = () => {
    if (pc.connectionState === 'failed' || pc.connectionState === 'closed') told();
  };
  pc.onconnectionstatechange = look;
  for (const { transport } of pc.getReceivers()) {
    if (!transport) continue;
    transport.onstatechange = () => {
      if (transport.state === 'closed' || transport.state === 'failed') told();
    };
  }
  look();
}

/** Gives the library its softphone, which speaks into the microphone that is opened for it. */
export function install(open: OpenMicrophone): void {
  streams().RTCSession = class extends Session {
    protected override microphone = open;
  };
  streams().RTCErrors = errors;
}
