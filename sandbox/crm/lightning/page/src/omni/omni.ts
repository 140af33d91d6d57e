import type { OmniEvent, PresenceStatus } from './wire.ts';

export type { OmniEvent, PresenceStatus } from './wire.ts';

/**
 * Omni-Channel as the person in front of this console has it: what the platform's toolkit for Aura components can ask and hears. Ids that
 * it gives have 15 characters, as the platform's have in places; it takes 15 and 18.
 */
export interface OmniChannel {
  /** The person's presence status; null: logged out. */
  status(): PresenceStatus | null;
  /** Logs in if needed; rejects with the platform's words. */
  setStatus(statusId: string, reason?: string): Promise<PresenceStatus>;
  logout(): Promise<void>;
  works(): { workItemId: string; workId: string; isEngaged: boolean }[];
  workload(): { configuredCapacity: number; currentWorkload: number };
  accept(workId: string): Promise<void>;
  decline(workId: string, reason?: string): Promise<void>;
  close(workId: string): Promise<void>;
  /** Hears what happens from now on, in all tabs of the person; the answer ends it. */
  listen(hear: (e: OmniEvent) => void): () => void;
}

/** The utility item that logs people in: without it in an app's utility bar the app has no Omni-Channel. */
export const omniWidget = 'runtime_service_omnichannel:omniWidget';
