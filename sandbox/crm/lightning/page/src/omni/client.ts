import type { Api } from '../api.ts';
import type { OmniChannel } from './omni.ts';
import type { Stream } from './stream.ts';
import {
  known,
  message,
  nothing,
  type OmniEvent,
  type OmniState,
  omniState,
  type PresenceStatus,
  type Work,
} from './wire.ts';

/** What the console's own pages use of Omni-Channel besides. */
export interface OmniClient extends OmniChannel {
  view(): OmniState;
  subscribe(changed: () => void): () => void;
}

interface Parts {
  api: Pick<Api, 'call'>;
  stream: Stream;
  /** Opens the record of work that was accepted here. */
  open(recordId: string): void;
  /** Whether this page is the one in front of the person. */
  isInFront(): boolean;
}

const short = (id: string) => id.slice(0, 15);

/** The person's Omni-Channel by the server: it asks, and the stream tells all tabs what came of it. */
export class OmniLink implements OmniClient {
  private state = nothing;
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(e: OmniEvent) => void>();

  constructor(private readonly parts: Parts) {}

  /** Follows the server until the answer is called. */
  start(): () => void {
    return this.parts.stream({
      heard: (data) => {
        const { events, state } = message(data, 'stream');
        this.replace(state);
        const all = known(events);
        if (this.parts.isInFront()) for (const work of acceptedUnasked(all, state)) this.parts.open(work.recordId);
        for (const event of all) this.tell(event);
      },
      lost: () => {
        if (this.state.statusId === '') return;
        this.tell({
          name: 'omniChannelConnectionError',
          params: { error: 'The connection to Omni-Channel was lost.' },
        });
      },
    });
  }

  view = (): OmniState => this.state;
  subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  status = (): PresenceStatus | null => statusOf(this.state);
  works = () => this.state.works.map(({ workItemId, workId, isEngaged }) => ({ workItemId, workId, isEngaged }));
  workload = () => ({
    configuredCapacity: this.state.configuredCapacity,
    currentWorkload: this.state.currentWorkload,
  });
  listen = (hear: (e: OmniEvent) => void): (() => void) => {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  };

  async setStatus(statusId: string, reason = 'OmniToolkitStatusChange'): Promise<PresenceStatus> {
    const state = await this.ask('PUT', '/omni/presence', { statusId, reason });
    const status = statusOf(state);
    if (!status) throw new Error('You were logged out of Omni-Channel meanwhile.');
    return status;
  }

  async logout(): Promise<void> {
    await this.ask('DELETE', '/omni/presence');
  }

  async accept(workId: string): Promise<void> {
    const work = this.state.works.find((w) => short(w.workId) === short(workId));
    await this.ask('POST', `/omni/works/${encodeURIComponent(workId)}/accept`);
    if (work) this.parts.open(work.recordId);
  }

  async decline(workId: string, reason = ''): Promise<void> {
    await this.ask('POST', `/omni/works/${encodeURIComponent(workId)}/decline`, { reason });
  }

  async close(workId: string): Promise<void> {
    await this.ask('POST', `/omni/works/${encodeURIComponent(workId)}/close`);
  }

  private async ask(method: string, path: string, body?: unknown): Promise<OmniState> {
    const state = await this.parts.api.call(method, path, omniState, body);
    this.replace(state);
    return state;
  }

  /** Answers and the stream come in any order: what is older than what is known says nothing. */
  private replace(state: OmniState) {
    if (state.version <= this.state.version) return;
    this.state = state;
    for (const changed of this.listeners) changed();
  }

  private tell(event: OmniEvent) {
    for (const hear of this.hearers) hear(event);
  }
}

/** Work that was accepted as it was assigned, as some presence configurations have it: nobody opened it by hand. */
const acceptedUnasked = (events: OmniEvent[], state: OmniState): Work[] =>
  state.works.filter((w) =>
    (['omniChannelWorkAssigned', 'omniChannelWorkAccepted'] as const).every((name) =>
      events.some((e) => e.name === name && e.params.workId === w.workId),
    ),
  );

const statusOf = (state: OmniState): PresenceStatus | null =>
  state.statuses.find((s) => s.statusId === state.statusId) ?? null;
