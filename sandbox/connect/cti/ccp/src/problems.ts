/** What stands in a softphone error's type if the microphone failed; the second report of one failure has the reason's own words. */
export const microphoneFailures: string[] = ['microphone_not_shared', 'GUM Other Failure'];

/** What an agent is told of a softphone error. */
export const problem = (kind: string, message: string): string =>
  problems[kind] ?? `The softphone has a problem: ${message || kind}`;

const problems: Record<string, string> = {
  ice_collection_timeout: 'Your browser found no way to the contact centre’s audio. Check the network, then try again.',
  signalling_handshake_failure: 'The contact centre did not answer in time. Try again.',
  user_busy_error: 'Your audio is in use in another tab.',
};

/** Failure callbacks give text of JSON, or a word. */
export function reason(error: unknown): string {
  const text = String(error);
  const found = /"message":"([^"]+)"/.exec(text)?.[1];
  return found ? `That did not work: ${found}.` : 'That did not work. Try again.';
}
