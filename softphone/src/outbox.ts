import { type Happening, isFields, type PageEvent } from './wire/read.ts';

/** Where unacknowledged events outlive a reload. */
const key = 'patchcord:outbox';

/**
 * The events that the adapter has not acknowledged, oldest first, at most `limit`: when it is full the oldest goes. They are
 * kept in the tab's own storage; a page that loads takes over what the one before it left and numbers it anew.
 */
export class Outbox {
  private events: PageEvent[] = [];
  private last = 0;
  dropped = 0;

  constructor(
    private readonly storage: Storage,
    private readonly limit = 500,
  ) {
    for (const left of read(storage)) this.add(left);
  }

  add(happening: Happening): PageEvent {
    this.last += 1;
    const event = { ...happening, seq: this.last };
    this.events.push(event);
    while (this.events.length > this.limit) {
      this.events.shift();
      this.dropped += 1;
    }
    this.save();
    return event;
  }

  /** Everything up to seq is safe with the adapter. */
  acknowledge(seq: number): void {
    this.events = this.events.filter((e) => e.seq > seq);
    this.save();
  }

  /** An event that can never be sent. */
  forget(seq: number): void {
    this.events = this.events.filter((e) => e.seq !== seq);
    this.dropped += 1;
    this.save();
  }

  pending(): readonly PageEvent[] {
    return this.events;
  }

  private save(): void {
    try {
      this.storage.setItem(key, JSON.stringify(this.events));
    } catch {
      this.storage.removeItem(key); // full: the events live on in memory only
    }
  }
}

function read(storage: Storage): Happening[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isHappening) : [];
  } catch {
    return [];
  }
}

export function isHappening(v: unknown): v is Happening {
  return (
    isFields(v) &&
    typeof v.at === 'number' &&
    typeof v.source === 'string' &&
    typeof v.event === 'string' &&
    typeof v.key === 'string' &&
    typeof v.replay === 'boolean'
  );
}
