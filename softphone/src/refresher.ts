/** How long the keyboard has to be silent before a record is loaded again, milliseconds. */
const quietFor = 5_000;
/** What the console needs to do it, milliseconds. */
const margin = 500;
/** A record is loaded again at most so often by a page: whoever works in it is not to be disturbed. */
const perRecord = 2;
const maxRecords = 500;

/**
 * Loads the record in front again, so that what was written shows, without taking away what a person is typing: a key in the softphone
 * is all that can be seen of that.
 */
export class Refresher {
  private typedAt = Number.NEGATIVE_INFINITY;
  private inFront = '';
  private readonly counts = new Map<string, number>();

  constructor(private readonly mono: () => number) {}

  typed(): void {
    this.typedAt = this.mono();
  }

  /** What the console shows now; "" is no record. */
  shows(recordId: string): void {
    this.inFront = recordId;
  }

  /** Resolves with whether it was done within so many milliseconds; rejects when the console refuses. */
  async refresh(recordId: string, within: number, load: () => Promise<void>): Promise<{ refreshed: boolean }> {
    const until = this.mono() + within - margin;
    for (;;) {
      if (!this.isInFront(recordId) || this.countOf(recordId) >= perRecord) return { refreshed: false };
      const quietAt = this.typedAt + quietFor;
      const now = this.mono();
      if (quietAt <= now) break;
      if (quietAt > until) return { refreshed: false };
      await new Promise((resolve) => setTimeout(resolve, quietAt - now));
    }
    this.count(recordId);
    await load();
    return { refreshed: true };
  }

  private isInFront(recordId: string): boolean {
    return recordId !== '' && same(recordId) === same(this.inFront);
  }

  private countOf(recordId: string): number {
    return this.counts.get(same(recordId)) ?? 0;
  }

  private count(recordId: string): void {
    this.counts.set(same(recordId), this.countOf(recordId) + 1);
    for (const id of this.counts.keys()) if (this.counts.size > maxRecords) this.counts.delete(id);
  }
}

/** Ids of records have two forms: the longer one repeats the shorter one, with a checksum. */
const same = (recordId: string): string => recordId.slice(0, 15);
