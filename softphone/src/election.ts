/** What of the browser's lock manager is used. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, take: () => Promise<void>): Promise<unknown>;
}

/**
 * One of a user's tabs tells what all of them see of agent and contacts. The browser's lock elects it; when that tab ends or resigns,
 * the next one in the queue takes over. Where there are no locks every tab tells, and the adapter sorts it out by the facts' keys.
 * What it returns resigns.
 */
export function standForElection(user: string, locks: Locks | undefined, elected: () => void): () => void {
  if (!locks) {
    elected();
    return () => {};
  }
  const resign = new AbortController();
  let release: (() => void) | undefined;
  locks
    .request(`patchcord:${user}`, { signal: resign.signal }, () => {
      if (resign.signal.aborted) return Promise.resolve();
      elected();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    .catch(() => {}); // resigned while in the queue
  return () => {
    resign.abort();
    release?.();
  };
}
