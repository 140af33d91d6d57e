import { isResult, type Result } from './wire/read.ts';

/** How many commands are remembered, as begun and as done. */
const limit = 200;

/**
 * What has become of commands, for when one comes again. What is of this page alone stays in its memory; all else is in storage that
 * the user's tabs share, until the session with the adapter ends.
 */
export class Remembered {
  private readonly here = new Map<string, Result>();
  private readonly done: string;
  private readonly begun: string;

  constructor(
    private readonly storage: Storage,
    user: string,
  ) {
    this.done = `patchcord:${user}:done`;
    this.begun = `patchcord:${user}:begun`;
  }

  resultOf(id: string): Result | undefined {
    return this.here.get(id) ?? this.list(this.done, isResult).find((r) => r.id === id);
  }

  isBegun(id: string): boolean {
    return this.list(this.begun, isText).includes(id);
  }

  /** Must come before what cannot be repeated. */
  begin(id: string): void {
    this.write(this.begun, [...this.list(this.begun, isText), id]);
  }

  /** One of this page alone outlives no reload; another one of the same command replaces it. */
  keep(result: Result, ofThisPage: boolean): void {
    this.here.delete(result.id);
    this.here.set(result.id, result);
    for (const id of this.here.keys()) if (this.here.size > limit) this.here.delete(id);
    if (ofThisPage) return;
    this.write(this.done, [...this.list(this.done, isResult).filter((r) => r.id !== result.id), result]);
  }

  clear(): void {
    this.here.clear();
    this.storage.removeItem(this.done);
    this.storage.removeItem(this.begun);
  }

  private list<T>(name: string, isOne: (v: unknown) => v is T): T[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(name) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isOne) : [];
    } catch {
      return [];
    }
  }

  /** When there is no room the oldest are forgotten. */
  private write(name: string, all: unknown[]): void {
    for (let kept = all.slice(-limit); kept.length > 0; kept = kept.slice(Math.ceil(kept.length / 2))) {
      try {
        this.storage.setItem(name, JSON.stringify(kept));
        return;
      } catch {
        if (kept.length === 1) return; // not even one fits: it is known in this page alone
      }
    }
  }
}

const isText = (v: unknown): v is string => typeof v === 'string';
