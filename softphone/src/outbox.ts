import type { Clock } from './clock.ts';
import { worthOf } from './contact-events.ts';
import { bytesOf, type Happening, isFields, isHappening, maxMessage } from './wire/read.ts';

/** A fact that the adapter has not acknowledged. */
export interface Entry {
  readonly fact: Happening;
  /** The page load that told it, and its place in that. */
  readonly load: string;
  readonly n: number;
  /** When it happened, by that load's clocks. */
  readonly mono: number;
  readonly wall: number;
  /** The tab that told it could not send it: any other may. */
  readonly held: boolean;
}

export interface OutboxConfig {
  storage: Storage;
  /** User of the CRM: each has an outbox of their own, whoever uses the browser. */
  user: string;
  /** Names this page load. */
  load: string;
  clock: Clock;
  /** There is no room for what may not be lost, or there is again. */
  full(full: boolean): void;
  /** A fact that will never be told, and why. */
  lost(key: string, why: string): void;
}

export const maxContacts = 2_000;
/** UTF-16 units are what browsers count, at least 5 million for an origin; a UTF-8 byte is at most one of them. */
export const maxBytes = 4 << 20;
/** Milliseconds. What is older is not told any more. */
export const maxAge = 7 * 24 * 60 * 60 * 1000;
/** What the message around a fact needs. */
const envelope = 128;

/** How a fact is taken: see `Outbox.add`. */
export interface Telling {
  at?: { mono: number; wall: number };
  brief?: boolean;
  held?: boolean;
}

interface Kept extends Entry {
  readonly bytes: number;
  saved: boolean;
}

/**
 * The facts that the adapter has not acknowledged, oldest first, each under its key. They are in storage that all tabs share, and
 * outlive the tab; this is one tab's view of it. When it is full, refreshes go first, then whatever else can be done without; what a
 * contact went through is never dropped for something else.
 */
export class Outbox {
  private readonly prefix: string;
  private readonly entries = new Map<string, Kept>();
  /** How many facts there are of each contact. */
  private readonly contacts = new Map<string, number>();
  private bytes = 0;
  private last = 0;
  private isFull = false;
  /** Facts that the storage refused. */
  private readonly unsaved = new Set<string>();

  constructor(private readonly c: OutboxConfig) {
    this.prefix = `patchcord:${c.user}:fact:`;
    this.rescan();
  }

  /** Takes a fact that happened now, or at `at`. What is there already keeps its time. A brief one is for this load alone. */
  add(fact: Happening, { at, brief = false, held = false }: Telling = {}): void {
    if (this.entries.has(fact.key)) return;
    const when = at ?? { mono: this.c.clock.mono(), wall: this.c.clock.wall() };
    this.last += 1;
    const told = { load: this.c.load, n: this.last, mono: when.mono, wall: when.wall, held };
    let text = JSON.stringify({ ...told, fact });
    let kept: Kept = { ...told, fact, bytes: this.sizeOf(fact.key, text), saved: false };
    if (bytesOf(text) > maxMessage - envelope && worthOf(fact) === 'refresh') {
      const { payload: _, ...lean } = fact.contact ? { ...fact, contact: { ...fact.contact, attributes: {} } } : fact;
      text = JSON.stringify({ ...told, fact: lean });
      kept = { ...kept, fact: lean, bytes: this.sizeOf(fact.key, text) };
    }
    if (bytesOf(text) > maxMessage - envelope) {
      this.c.lost(fact.key, 'it is too large');
      return;
    }
    if (!this.makeRoom(kept)) {
      this.c.lost(fact.key, 'there is no room');
      if (worthOf(fact) !== 'refresh') this.setFull(true);
      return;
    }
    this.insert(kept);
    if (!brief) this.save(kept, text);
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** The adapter has it, whoever told it. */
  acknowledge(key: string): void {
    if (!this.remove(key)) return;
    this.setFull(false);
    for (const e of this.entries.values()) if (!e.saved && this.unsaved.has(e.fact.key)) this.save(e, textOf(e));
  }

  /** It can never be told. */
  forget(key: string, why: string): void {
    if (!this.remove(key)) return;
    this.setFull(false);
    this.c.lost(key, why);
  }

  /** What is waiting, oldest first. */
  pending(): Iterable<Entry> {
    return this.entries.values();
  }

  /**
   * How many milliseconds ago it happened. By the wall clock for what another load left, because its monotonic clock is gone: that may
   * even be negative, and the adapter judges it.
   */
  age(e: Entry): number {
    const { clock, load } = this.c;
    return Math.round(e.load === load ? clock.mono() - e.mono : clock.wall() - e.wall);
  }

  /** Another tab changed the storage: what it left is seen here, and what it was acknowledged is gone. The key of what it left, or null. */
  hear(name: string | null, value: string | null): string | null {
    if (!name?.startsWith(this.prefix)) return null;
    const key = name.slice(this.prefix.length);
    if (value === null) {
      if (this.entries.get(key)?.saved && this.drop(key)) this.setFull(false);
      return null;
    }
    if (this.entries.has(key)) return key;
    const kept = this.read(key, value);
    if (kept) this.insert(kept);
    return kept ? key : null;
  }

  /** Looks at the storage itself, because a tab that ends tells nobody. What is too old goes. */
  rescan(): void {
    const there = new Set<string>();
    const found: Kept[] = [];
    for (const name of namesOf(this.c.storage, this.prefix)) {
      const key = name.slice(this.prefix.length);
      there.add(key);
      if (this.entries.has(key)) continue;
      const kept = this.read(key, this.c.storage.getItem(name) ?? '');
      if (kept) found.push(kept);
      else this.c.storage.removeItem(name); // nobody can read it
    }
    for (const kept of inOrder(found)) this.insert(kept);
    for (const [key, e] of this.entries) if (e.saved && !there.has(key)) this.drop(key);
    for (const [key, e] of this.entries) if (this.age(e) > maxAge) this.forget(key, 'it is too old');
  }

  private save(kept: Kept, text: string): void {
    try {
      this.c.storage.setItem(this.prefix + kept.fact.key, text);
      kept.saved = true;
      this.unsaved.delete(kept.fact.key);
    } catch {
      this.unsaved.add(kept.fact.key); // others use the storage too: it lives on in memory
    }
  }

  private read(key: string, value: string): Kept | null {
    try {
      const v: unknown = JSON.parse(value);
      if (!isFields(v) || !isHappening(v.fact) || v.fact.key !== key) return null;
      const { load, n, mono, wall, fact } = v;
      if (typeof load !== 'string' || typeof n !== 'number' || typeof mono !== 'number' || typeof wall !== 'number')
        return null;
      return { load, n, mono, wall, held: v.held === true, fact, bytes: this.sizeOf(key, value), saved: true };
    } catch {
      return null;
    }
  }

  private sizeOf(key: string, text: string): number {
    return bytesOf(this.prefix + key) + bytesOf(text);
  }

  private insert(kept: Kept): void {
    this.entries.set(kept.fact.key, kept);
    this.bytes += kept.bytes;
    const id = kept.fact.contact?.contactId;
    if (id !== undefined) this.contacts.set(id, (this.contacts.get(id) ?? 0) + 1);
  }

  private remove(key: string): boolean {
    const e = this.entries.get(key);
    if (e?.saved) this.c.storage.removeItem(this.prefix + key);
    return this.drop(key);
  }

  /** From memory alone. */
  private drop(key: string): boolean {
    const e = this.entries.get(key);
    if (!e) return false;
    this.entries.delete(key);
    this.unsaved.delete(key);
    this.bytes -= e.bytes;
    const id = e.fact.contact?.contactId;
    if (id === undefined) return true;
    const left = (this.contacts.get(id) ?? 1) - 1;
    if (left > 0) this.contacts.set(id, left);
    else this.contacts.delete(id);
    return true;
  }

  /** Drops what can be done without until the new one fits; nothing for the sake of what is worth less. */
  private makeRoom(e: Kept): boolean {
    const id = e.fact.contact?.contactId;
    const isKnown = id === undefined || this.contacts.has(id);
    while (this.bytes + e.bytes > maxBytes || (!isKnown && this.contacts.size >= maxContacts)) {
      const victim = this.victim(this.bytes + e.bytes <= maxBytes, worthOf(e.fact) === 'refresh');
      if (victim === null) return false;
      this.forget(victim, 'there is no room');
    }
    return true;
  }

  private victim(ofContact: boolean, refreshesOnly: boolean): string | null {
    let other: string | null = null;
    const indispensable = ofContact ? this.indispensable() : null;
    for (const [key, { fact }] of this.entries) {
      if (indispensable && (!fact.contact || indispensable.has(fact.contact.contactId))) continue;
      const worth = worthOf(fact);
      if (worth === 'refresh') return key;
      if (worth === 'other') other ??= key;
    }
    return refreshesOnly ? null : other;
  }

  /** Contacts of which something may not be lost. */
  private indispensable(): Set<string> {
    const out = new Set<string>();
    for (const { fact } of this.entries.values())
      if (fact.contact && worthOf(fact) === 'essential') out.add(fact.contact.contactId);
    return out;
  }

  private setFull(full: boolean): void {
    if (full === this.isFull) return;
    this.isFull = full;
    this.c.full(full);
  }
}

const textOf = ({ load, n, mono, wall, held, fact }: Entry): string =>
  JSON.stringify({ load, n, mono, wall, held, fact });

/** Each load's facts in the order in which it told them, the loads by their first: whatever people did to the clock in between. */
function inOrder(found: Kept[]): Kept[] {
  const first = new Map<string, number>();
  for (const e of found) first.set(e.load, Math.min(first.get(e.load) ?? e.wall, e.wall));
  const of = (e: Kept) => first.get(e.load) ?? 0;
  return found.sort((a, b) => of(a) - of(b) || (a.load < b.load ? -1 : a.load > b.load ? 1 : a.n - b.n));
}

function namesOf(storage: Storage, prefix: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < storage.length; i++) {
    const name = storage.key(i);
    if (name?.startsWith(prefix)) out.push(name);
  }
  return out;
}
