import { version } from './wire/read.ts';

/** What of the browser's lock manager is used. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, take: () => Promise<void>): Promise<unknown>;
}

/**
 * One of a user's tabs tells what all of them see of agent and contacts. The browser's lock elects it; when that tab ends or resigns,
 * the next one in the queue takes over. Where there are no locks, or a browser denies them to a page inside another, every tab tells,
 * and the adapter sorts it out by the facts' keys. Pages of another version elect among themselves: an old one may not be listened to
 * any more. What it returns resigns.
 */
export function standForElection(user: string, locks: Locks | undefined, elected: () => void): () => void {
  if (!locks) {
    elected();
    return () => {};
  }
  const resign = new AbortController();
  let release: (() => void) | undefined;
  const take = () => {
    if (resign.signal.aborted) return Promise.resolve();
    elected();
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  const denied = () => {
    if (!resign.signal.aborted) elected(); // otherwise it resigned while in the queue
  };
  try {
    locks.request(`patchcord:${user}:${version}`, { signal: resign.signal }, take).catch(denied);
  } catch {
    denied();
  }
  return () => {
    resign.abort();
    release?.();
  };
}
