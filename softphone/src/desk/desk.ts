import { Refused } from '../words.ts';
import { Pending } from './pending.ts';
import { heardOf, type Road } from './road.ts';

/** Milliseconds. */
const helloWithin = 1_500;
const answerWithin = 8_000;
/** Between two rounds of all roads, doubled each time: the component is rendered once the console has loaded, or is not there at all. */
const firstWait = 1_000;
const longestWait = 30_000;
/** A component that answered is asked now and then whether it still does, and again before it counts as gone: consoles are busy. */
const lookEvery = 20_000;
/** A console that was just loaded renders the component within so long, if it has it. */
const rendersWithin = 8_000;
const waitsWithin = 4_000;
const lookWithin = 5_000;

export interface DeskListener {
  /** The component answers now, by a road, perhaps as a new one; null: it answers no more. */
  stands(road: string | null): void;
  /** Something happened in the console. */
  event(name: string, detail: Record<string, unknown>): void;
}

/**
 * The package's component in the console, as far as one of the roads leads there. They are tried in their order, and the first by which
 * the component answers is taken until it answers no more; then all are tried again.
 */
export class Desk {
  private road: Road | null = null;
  private listener: DeskListener | null = null;
  private readonly pending: Pending;
  /** How to hear no more, by road: of all while the component is looked for, of one then. */
  private readonly stops = new Map<Road, () => void>();
  private looking: ReturnType<typeof setInterval> | undefined;
  private isLooking = false;
  /** When the search began, by the page's monotonic clock. */
  private searching = 0;
  /** Those who wait for the component. */
  private readonly waiting = new Set<() => void>();
  /** Ends a wait of the search: the component has said that it is ready. */
  private wake: () => void = () => {};

  /** `page` names this page load. */
  constructor(
    private readonly roads: readonly Road[],
    private readonly page: string,
  ) {
    this.pending = new Pending(page);
  }

  get isThere(): boolean {
    return this.road !== null;
  }

  /** Resolves with whether the component answers, after a wait while it may only be about to: its console was just loaded. */
  async comes(): Promise<boolean> {
    const left = Math.min(waitsWithin, this.searching + rendersWithin - performance.now());
    if (this.isThere || !this.listener || left <= 0) return this.isThere;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, left);
      this.waiting.add(end);
    });
    return this.isThere;
  }

  /** Looks for the component from now on; returns how to stop. */
  start(listener: DeskListener): () => void {
    this.listener = listener;
    void this.search();
    return () => {
      this.listener = null;
      this.leave();
      this.wake();
    };
  }

  /** Resolves with the answer; rejects with the component's own words, or refused if none came. */
  async ask(call: string, args?: Record<string, unknown>): Promise<unknown> {
    const { road } = this;
    if (!road) throw new Refused('command.silent', { asked: call });
    try {
      return await this.pending.put(road, call, answerWithin, args);
    } catch (e) {
      if (e instanceof Refused) void this.look();
      throw e;
    }
  }

  private async search(): Promise<void> {
    this.searching = performance.now();
    for (const road of this.roads) this.hearBy(road);
    for (let wait = firstWait; this.listener; wait = Math.min(2 * wait, longestWait)) {
      const ready = new Promise<'ready'>((resolve) => {
        this.wake = () => resolve('ready');
      });
      const found = await this.firstOf(ready);
      if (found === null) await within(wait, ready);
      else if (found !== 'ready') return this.take(found);
    }
  }

  /** The first road by which the component answers; none, or it has said meanwhile that all are worth another try. */
  private async firstOf(ready: Promise<'ready'>): Promise<Road | 'ready' | null> {
    for (const road of this.roads) {
      const first = await Promise.race([this.answers(road, helloWithin), ready]);
      if (first === 'ready') return first;
      if (first) return road;
    }
    return null;
  }

  private answers(road: Road, within: number): Promise<boolean> {
    return this.pending.put(road, 'hello', within).then(
      () => true,
      () => false,
    );
  }

  private take(road: Road): void {
    if (!this.listener) return;
    for (const other of this.stops.keys()) if (other !== road) this.stop(other);
    this.road = road;
    for (const end of this.waiting) end();
    this.looking = setInterval(() => void this.look(), lookEvery);
    this.listener.stands(road.name);
  }

  /** Whether the component still answers, asked twice. */
  private async look(): Promise<void> {
    const { road } = this;
    if (!road || this.isLooking) return;
    this.isLooking = true;
    const isThere = (await this.answers(road, lookWithin)) || (await this.answers(road, lookWithin));
    this.isLooking = false;
    if (isThere || road !== this.road) return;
    this.leave();
    this.listener?.stands(null);
    void this.search();
  }

  /** Hears nothing more, and waits for nothing more. */
  private leave(): void {
    this.road = null;
    clearInterval(this.looking);
    for (const road of this.stops.keys()) this.stop(road);
    this.pending.end();
  }

  private stop(road: Road): void {
    this.stops.get(road)?.();
    this.stops.delete(road);
  }

  private hearBy(road: Road): void {
    const stop = road.listen((message) => {
      const heard = heardOf(message, this.page);
      if (heard?.is === 'event') this.happened(road, heard.name, heard.detail);
      else if (heard) this.pending.hear(road, heard);
    });
    this.stops.set(road, stop);
  }

  /** A component that says that it is ready is a new one. */
  private happened(road: Road, name: string, detail: Record<string, unknown>): void {
    if (this.road === null) {
      if (name === 'ready') this.wake();
    } else if (road === this.road) {
      if (name === 'ready') this.listener?.stands(road.name);
      else this.listener?.event(name, detail);
    }
  }
}

/** Waits so long, milliseconds, or until it is time. */
async function within(ms: number, soonest: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    soonest,
    new Promise((resolve) => {
      timer = setTimeout(resolve, ms);
    }),
  ]);
  clearTimeout(timer);
}
