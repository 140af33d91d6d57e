/** What stands in a softphone error's type if the microphone failed; the second report of one failure has the reason's own words. */
export const microphoneFailures: string[] = ['microphone_not_shared', 'GUM Other Failure'];

/** What an agent is told of a softphone error. */
export interface Problem {
  text: string;
  /** Nothing of the call is heard, and nobody is. */
  isSilence: boolean;
  /** Its audio can be begun again; of a missing microphone its own offer tells more. */
  canRetry: boolean;
}

export function problem(kind: string, message: string, isFirefox = false): Problem {
  const text = silences[kind]?.concat(isFirefox && kind === 'ice_collection_timeout' ? firefoxNeeds : '');
  if (text !== undefined) return { text, isSilence: true, canRetry: true };
  if (microphoneFailures.includes(kind))
    return { text: 'Your microphone cannot be used.', isSilence: true, canRetry: false };
  return { text: others[kind] ?? `The softphone has a problem: ${message || kind}`, isSilence: false, canRetry: false };
}

const silences: Record<string, string> = {
  ice_collection_timeout: 'Your browser found no way to the contact centre’s audio. Check the network, then try again.',
  signalling_handshake_failure: 'The contact centre’s audio did not answer in time. Check the network, then try again.',
  signalling_connection_failure: 'The contact centre’s audio cannot be reached. Check the network, then try again.',
  webrtc_error: 'Your browser could not begin the audio. Try again.',
};

const firefoxNeeds =
  ' For a contact centre on this machine, Firefox needs media.peerconnection.ice.loopback set to true in about:config.';

const others: Record<string, string> = {
  user_busy_error: 'Your audio is in use in another tab.',
};

/** A call whose audio was here, or in another page of this browser, and is nowhere now. */
export const lost = {
  text:
    'You and the caller do not hear each other any more: the sound went with a page that was closed or loaded again, ' +
    'or is in another browser. End the call, then call back.',
  canRetry: false,
};

/** Failure callbacks give text of JSON, or a word. */
export function reason(error: unknown): string {
  const text = String(error);
  const found = /"message":"([^"]+)"/.exec(text)?.[1];
  return found ? `That did not work: ${found}.` : 'That did not work. Try again.';
}
