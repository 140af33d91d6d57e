import { type AudioStats, heardAudio, sentAudio } from './audio-stats.ts';
import { type Answer, type Offer, Signalling, SignallingError, type SocketManager } from './signalling.ts';

/** Reasons of failure by the names that the library compares. */
export const RTCErrors = {
  ICE_COLLECTION_TIMEOUT: 'Ice Collection Timeout',
  USER_BUSY: 'User Busy',
  SIGNALLING_CONNECTION_FAILURE: 'Signalling Connection Failure',
  SIGNALLING_HANDSHAKE_FAILURE: 'Signalling Handshake Failure',
  GUM_TIMEOUT_FAILURE: 'GUM Timeout Failure',
  GUM_OTHER_FAILURE: 'GUM Other Failure',
  CALL_NOT_FOUND: 'Call Not Found',
  MEDIA_FAILURE: 'Media Failure',
} as const;

export type RTCError = (typeof RTCErrors)[keyof typeof RTCErrors];

/** What the library sends to the service after a call; times are milliseconds. */
export interface SessionReport {
  sessionStartTime: Date;
  sessionEndTime: Date;
  gumTimeMillis: number;
  iceCollectionTimeMillis: number;
  handshakingTimeMillis: number;
  preTalkingTimeMillis: number;
  talkingTimeMillis: number;
  gumTimeoutFailure: boolean;
  gumOtherFailure: boolean;
  iceCollectionFailure: boolean;
  handshakingFailure: boolean;
  userBusyFailure: boolean;
  peerConnectionFailed: boolean;
}

class Failure extends Error {
  constructor(readonly reason: RTCError) {
    super(reason);
  }
}

const microphoneWithin = 10_000;
const candidateWithin = 8_000;

/**
 * The audio of one call, in the shape that the published library drives: it sets the callbacks and the audio element, and
 * calls connect and hangup. Names that begin with an underscore are the library's, not ours.
 */
export class RTCSession {
  onSessionConnected: (session: RTCSession) => void = () => {};
  onSessionCompleted: (session: RTCSession) => void = () => {};
  onSessionFailed: (session: RTCSession, reason: string) => void = () => {};
  onLocalStreamAdded: (session: RTCSession, stream: MediaStream) => void = () => {};
  remoteAudioElement: HTMLAudioElement | null = null;
  /** The microphone; the library may give one before connect. */
  mediaStream: MediaStream | null = null;
  echoCancellation = true;
  _pc: RTCPeerConnection | null = null;
  _isUserProvidedStream = false;
  readonly sessionReport: SessionReport = newReport();
  private readonly signalling: Signalling;
  private readonly tracks = new Set<MediaStreamTrack>();
  private state: 'new' | 'joining' | 'talking' | 'over' = 'new';

  constructor(
    readonly _signalingUri: string,
    readonly _iceServers: RTCIceServer[],
    token: string,
    _logger: unknown,
    readonly callId: string,
    connectionId: string,
    sockets: SocketManager,
  ) {
    this.signalling = new Signalling(sockets, connectionId, callId, token);
    this.signalling.onBye = () => this.finish(null);
    this.signalling.onRefused = (error) => this.finish(reasonOf(error));
  }

  /** Sets the audio up; how it went is told by the callbacks. */
  connect(): void {
    if (this.state !== 'new') return;
    this.state = 'joining';
    this.join().catch((error: unknown) => this.finish(reasonOf(error)));
  }

  hangup(): void {
    if (this.state === 'over') return;
    const said = this.state === 'talking' ? this.signalling.bye() : Promise.resolve();
    this.finish(null, said);
  }

  async getUserAudioStats(): Promise<AudioStats> {
    return heardAudio(await this.stats(), Date.now());
  }

  async getRemoteAudioStats(): Promise<AudioStats> {
    return sentAudio(await this.stats(), Date.now());
  }

  private async stats(): Promise<Iterable<unknown>> {
    if (this._pc === null) throw new Error('there is no audio');
    return [...(await this._pc.getStats()).values()];
  }

  private async join(): Promise<void> {
    const report = this.sessionReport;
    const began = Date.now();
    const microphone = this.mediaStream ?? (await openMicrophone(this.echoCancellation));
    if (this.state === 'over') {
      for (const track of microphone.getTracks()) track.stop();
      return;
    }
    report.gumTimeMillis = Date.now() - began;
    this.mediaStream = microphone;
    for (const track of microphone.getTracks()) this.tracks.add(track);

    const pc = this.peer(microphone);
    const offer = await describe(pc);
    report.iceCollectionTimeMillis = Date.now() - began - report.gumTimeMillis;
    const invited = Date.now();
    const answer = await this.signalling.invite(offer);
    if (this.state === 'over') return;
    await take(pc, answer);
    report.handshakingTimeMillis = Date.now() - invited;
    report.preTalkingTimeMillis = Date.now() - began;
    if (this.state !== 'joining') return;
    this.state = 'talking';
    this.signalling.accept();
    this.onSessionConnected(this);
  }

  private peer(microphone: MediaStream): RTCPeerConnection {
    const pc = new RTCPeerConnection({
      iceServers: this._iceServers,
      iceTransportPolicy: 'relay',
      rtcpMuxPolicy: 'require',
      bundlePolicy: 'balanced',
    });
    this._pc = pc;
    pc.ontrack = ({ streams, track }) => this.play(streams[0] ?? new MediaStream([track]));
    pc.onconnectionstatechange = () => {
      if (pc.connectionState !== 'failed') return;
      this.sessionReport.peerConnectionFailed = true;
      this.finish(RTCErrors.MEDIA_FAILURE, this.signalling.bye());
    };
    for (const track of microphone.getAudioTracks()) pc.addTrack(track, microphone);
    this.onLocalStreamAdded(this, microphone);
    return pc;
  }

  private play(stream: MediaStream): void {
    const element = this.remoteAudioElement;
    if (element === null) return;
    element.srcObject = stream;
    element.play().catch(() => {}); // refused until the agent has clicked somewhere: the attribute autoplay then starts it
  }

  /** Ends the session once: releases everything first, tells afterwards. */
  private finish(reason: RTCError | null, said: Promise<void> = Promise.resolve()): void {
    if (this.state === 'over') return;
    const talked = this.state === 'talking';
    this.state = 'over';
    this.release();
    void said.finally(() => this.signalling.close());
    const report = this.sessionReport;
    report.sessionEndTime = new Date();
    const lasted = report.sessionEndTime.getTime() - report.sessionStartTime.getTime();
    report.talkingTimeMillis = talked ? lasted - report.preTalkingTimeMillis : 0;
    if (reason === null) this.onSessionCompleted(this);
    else {
      note(report, reason);
      this.onSessionFailed(this, reason);
    }
  }

  private release(): void {
    for (const sender of this._pc?.getSenders() ?? []) sender.track?.stop();
    for (const track of this.tracks) track.stop();
    this.tracks.clear();
    this._pc?.close();
    const element = this.remoteAudioElement;
    if (element !== null) element.srcObject = null;
  }
}

async function openMicrophone(echoCancellation: boolean): Promise<MediaStream> {
  let late = false;
  const asked = navigator.mediaDevices.getUserMedia({ audio: { echoCancellation } });
  asked.then(
    (stream) => {
      if (late) for (const track of stream.getTracks()) track.stop();
    },
    () => {},
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new Failure(RTCErrors.GUM_TIMEOUT_FAILURE));
    }, microphoneWithin);
  });
  try {
    return await Promise.race([asked, tooLong]);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(RTCErrors.GUM_OTHER_FAILURE);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes the offer and waits for the first relayed candidate: one is enough for one line of audio. */
async function describe(pc: RTCPeerConnection): Promise<Offer> {
  const candidates: RTCIceCandidateInit[] = [];
  const collected = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Failure(RTCErrors.ICE_COLLECTION_TIMEOUT)), candidateWithin);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== '') candidates.push(candidate.toJSON());
      if (candidates.length === 0 && candidate !== null) return;
      clearTimeout(timer);
      if (candidates.length > 0) resolve();
      else reject(new Failure(RTCErrors.ICE_COLLECTION_TIMEOUT));
    };
  });
  const offer = await pc.createOffer();
  await Promise.all([pc.setLocalDescription(offer), collected]);
  return { sdp: offer.sdp ?? '', candidates: [...candidates] };
}

async function take(pc: RTCPeerConnection, answer: Answer): Promise<void> {
  await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
  for (const candidate of answer.candidates) await pc.addIceCandidate(candidate);
}

function reasonOf(error: unknown): RTCError {
  if (error instanceof Failure) return error.reason;
  if (!(error instanceof SignallingError)) return RTCErrors.MEDIA_FAILURE;
  if (error.code === 486) return RTCErrors.USER_BUSY;
  return error.code === 404 ? RTCErrors.CALL_NOT_FOUND : RTCErrors.SIGNALLING_HANDSHAKE_FAILURE;
}

function note(report: SessionReport, reason: RTCError): void {
  report.gumTimeoutFailure = reason === RTCErrors.GUM_TIMEOUT_FAILURE;
  report.gumOtherFailure = reason === RTCErrors.GUM_OTHER_FAILURE;
  report.iceCollectionFailure = reason === RTCErrors.ICE_COLLECTION_TIMEOUT;
  report.userBusyFailure = reason === RTCErrors.USER_BUSY;
  report.handshakingFailure = reason === RTCErrors.SIGNALLING_HANDSHAKE_FAILURE || report.userBusyFailure;
}

function newReport(): SessionReport {
  const now = new Date();
  return {
    sessionStartTime: now,
    sessionEndTime: now,
    gumTimeMillis: 0,
    iceCollectionTimeMillis: 0,
    handshakingTimeMillis: 0,
    preTalkingTimeMillis: 0,
    talkingTimeMillis: 0,
    gumTimeoutFailure: false,
    gumOtherFailure: false,
    iceCollectionFailure: false,
    handshakingFailure: false,
    userBusyFailure: false,
    peerConnectionFailed: false,
  };
}
