import type { Candidate, Server } from './wire.ts';

const gatherWithin = 8000; // milliseconds

/** Why there is no sound: the person refused, there is no microphone, or the network has no way. */
export class Soundless extends Error {
  constructor(readonly why: 'denied' | 'missing' | 'sound') {
    super(why);
  }
}

/** The sound of one call: microphone, connection, and the loudspeaker's element. */
export class CallAudio {
  private tracks: MediaStreamTrack[] = [];
  private pc: RTCPeerConnection | undefined;
  private closed = false;

  constructor(
    private readonly loudspeaker: HTMLAudioElement,
    /** The way to the exchange broke. */
    private readonly lost: () => void,
  ) {}

  /** Asks for the microphone and makes the offer; throws Soundless. */
  async open(servers: Server[]): Promise<{ sdp: string; candidates: Candidate[] }> {
    const stream = await microphone();
    this.tracks = stream.getTracks();
    if (this.closed) {
      this.close();
      throw new Soundless('sound');
    }
    // Relayed candidates only: the way that agents' browsers take too, and the one that works on every machine.
    const pc = new RTCPeerConnection({ iceServers: servers, iceTransportPolicy: 'relay', rtcpMuxPolicy: 'require' });
    this.pc = pc;
    pc.ontrack = (e) => {
      this.loudspeaker.srcObject = e.streams[0] ?? new MediaStream([e.track]);
    };
    pc.onconnectionstatechange = () => {
      if (pc.connectionState === 'failed') this.lost();
    };
    for (const track of this.tracks) pc.addTrack(track, stream);
    const candidates = await gather(pc);
    return { sdp: pc.localDescription?.sdp ?? '', candidates };
  }

  async accept(sdp: string, candidates: Candidate[]): Promise<void> {
    if (!this.pc || this.closed) return;
    await this.pc.setRemoteDescription({ type: 'answer', sdp });
    for (const candidate of candidates) await this.pc.addIceCandidate(candidate);
  }

  mute(muted: boolean): void {
    for (const track of this.tracks) track.enabled = !muted;
  }

  /** Presses a key, as telephones do: in the audio's own stream. */
  press(key: string): void {
    this.pc?.getSenders()[0]?.dtmf?.insertDTMF(key);
  }

  close(): void {
    this.closed = true;
    for (const track of this.tracks) track.stop();
    this.pc?.close();
    this.loudspeaker.srcObject = null;
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (e) {
    const name = e instanceof DOMException ? e.name : '';
    throw new Soundless(name === 'NotFoundError' ? 'missing' : 'denied');
  }
}

/** Makes the offer and waits for the first candidate: all audio goes one way. */
async function gather(pc: RTCPeerConnection): Promise<Candidate[]> {
  const found = new Promise<Candidate[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Soundless('sound')), gatherWithin);
    pc.onicecandidate = (e) => {
      if (e.candidate?.candidate === '') return;
      clearTimeout(timer);
      if (e.candidate) resolve([{ ...e.candidate.toJSON(), candidate: e.candidate.candidate }]);
      else reject(new Soundless('sound'));
    };
  });
  await pc.setLocalDescription(await pc.createOffer());
  return found;
}
