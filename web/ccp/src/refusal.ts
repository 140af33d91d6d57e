import { isRecord } from './record.ts';

/** Something the agent asked for that did not happen; the message is a sentence for the agent. */
export class Refusal extends Error {}

const sentences: Record<string, string> = {
  InvalidStateException: 'That is not possible right now.',
  BadEndpointException: 'That number cannot be called.',
  QuotaExceededException: 'You cannot take another contact now.',
  InvalidConfigurationException: 'The contact centre does not offer that.',
};

/** What the library hands to failure callbacks is text: JSON with the service's exception, or no reason at all. */
export function refusal(doing: string, error: unknown): Refusal {
  const sentence = sentences[exceptionOf(error)];
  return new Refusal(sentence === undefined ? `Could not ${doing}. Try again.` : `Could not ${doing}. ${sentence}`);
}

function exceptionOf(error: unknown): string {
  if (typeof error !== 'string') return '';
  try {
    const read: unknown = JSON.parse(error);
    return isRecord(read) && typeof read.type === 'string' ? read.type : '';
  } catch {
    return '';
  }
}
