/** What of the browser's lock manager is used. */
export interface Locks {
  request(name: string, options: { signal: AbortSignal }, take: () => Promise<void>): Promise<unknown>;
}

/**
 * One of an agent's tabs speaks with the adapter. The browser's lock elects it; when that tab ends, the next one in the queue
 * takes over. Where there are no locks every tab speaks, and the adapter sorts it out by the events' keys.
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

/** Hands what happens in the other tabs to the elected one. */
export class TabLine<T> {
  private readonly channel: BroadcastChannel | null;

  constructor(name: string, isMessage: (v: unknown) => v is T, hear: (message: T) => void) {
    this.channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
    this.channel?.addEventListener('message', (e: MessageEvent<unknown>) => {
      if (isMessage(e.data)) hear(e.data);
    });
  }

  say(message: T): void {
    this.channel?.postMessage(message);
  }

  close(): void {
    this.channel?.close();
  }
}
