import { errors } from './signalling.ts';

const gatherWithin = 8000;

/** Makes the offer and waits for its candidates. */
export async function gather(pc: RTCPeerConnection): Promise<RTCIceCandidateInit[]> {
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

/** Waits until audio can flow. */
export async function connected(pc: RTCPeerConnection): Promise<void> {
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

/** Says when a connection that was there is gone for good: the way to the far side failed, or that side has closed it. */
export function lost(pc: RTCPeerConnection, told: (how: 'failed' | 'closed') => void): void {
  const look = () => {
    if (pc.connectionState === 'failed' || pc.connectionState === 'closed') told(pc.connectionState);
  };
  pc.onconnectionstatechange = look;
  for (const { transport } of pc.getReceivers()) {
    if (!transport) continue;
    transport.onstatechange = () => {
      if (transport.state === 'closed' || transport.state === 'failed') told(transport.state);
    };
  }
  look();
}
