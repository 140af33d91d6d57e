import type { FromPage, Result } from './wire/read.ts';

/** Waits, in milliseconds. */
const firstRetry = 500;
const longestRetry = 30_000;

/** At most so many results wait for a socket; the adapter asks again for what is lost. */
const limit = 100;

/** Results of commands that nobody could be told. */
export class Results {
  private waiting: Result[] = [];

  keep(r: Result): void {
    this.waiting = [...this.waiting.filter((o) => o.id !== r.id), r].slice(-limit);
  }

  take(): Result[] {
    return this.waiting.splice(0);
  }
}

/** Notices that nothing is heard although something is expected. */
export class Silence {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly silent: () => void) {}

  /** From now on, within so many milliseconds; null for not any more. */
  expect(within: number | null): void {
    clearTimeout(this.timer);
    this.timer = within === null ? undefined : setTimeout(this.silent, within);
  }
}

/** Close codes of an adapter that is there, and takes the page in again soon: another node of it does, or its store is coming back. */
const soon = new Set([1012, 1013]);
const longestIfSoon = 2_000;

/**
 * How long to wait before the attempt after `failures` failures, of which the last ended with a close code (0 for none): doubling, and
 * never all pages at once.
 */
export function retryAfter(failures: number, random: number, code = 0): number {
  const longest = soon.has(code) ? longestIfSoon : longestRetry;
  const ceiling = Math.min(longest, firstRetry * 2 ** Math.min(failures, 16));
  return ceiling / 2 + (ceiling / 2) * random;
}

/** What is said instead of a message that is too large; null if nothing is left of it. Facts are measured before they are kept. */
export function smallerOf(m: FromPage): FromPage | null {
  if (m.type === 'result' && m.result.value !== undefined)
    return { type: 'result', result: { id: m.result.id, outcome: 'refused', error: 'The result is too large.' } };
  if (m.type !== 'sees' || m.sees.contacts.every((c) => Object.keys(c.attributes).length === 0)) return null;
  return { type: 'sees', sees: { ...m.sees, contacts: m.sees.contacts.map((c) => ({ ...c, attributes: {} })) } };
}
