import type { Clock } from './clock.ts';
import type { Click, OmniEvent, View } from './console.ts';
import {
  type AgentEventName,
  agentHappening,
  agentMark,
  type ContactEventName,
  contactHappening,
  isToldToFlows,
  pageHappening,
  refreshMark,
} from './contact-events.ts';
import { type Locks, standForElection } from './election.ts';
import { omniHappening } from './omni-events.ts';
import type { Entry, Outbox, Telling } from './outbox.ts';
import type { AgentFacts, ContactFacts, Happening } from './wire/read.ts';

export interface TellerConfig {
  user: string;
  /** Names this page load. */
  load: string;
  outbox: Outbox;
  locks: Locks | undefined;
  clock: Clock;
  /** When the agent signed in, epoch milliseconds. */
  signedInAt: () => number;
  /** A fact can be told at once. */
  canTell: () => boolean;
  /** There is something to send. */
  send: () => void;
  elected: () => void;
  /** A click was not passed on; or was, and nobody knows whether it arrived. */
  clickLost: (how: 'notTold' | 'unknown') => void;
  id: () => string;
}

/** How long a click may wait for its acknowledgement: later nobody expects the call, milliseconds. */
const clickWithin = 10_000;
/** What another tab has not told or got rid of in so long, because it is closed, asleep or cut off, is told by any; milliseconds. */
export const leftAfter = 1_000;
/** An agent's refreshes are told no closer together, milliseconds. */
const refreshEvery = 2_000;
/** What is told again after an election: of contacts that are gone only so long, and never more. */
const recentFor = 60_000;
const maxRecent = 500;
/** Facts of other tabs that are known to be told: more than happen while one of them may be late. */
const maxHeard = 1_000;

interface Recent {
  fact: Happening;
  at: { mono: number; wall: number };
  gone: boolean;
}

/**
 * Decides which tab tells what. Agent and contacts are seen alike by all tabs of a user: the elected one tells them. What happens in
 * one tab is told by that tab.
 */
export class Teller {
  private elected = false;
  private wanted: ReadonlySet<string> = new Set();
  private leave: (() => void) | null = null;
  private readonly refreshed = new Map<string, string>();
  private recent: Recent[] = [];
  private isStarted = false;
  private hasToldStart = false;
  /** The agent as seen last, and as told last. */
  private seenAgent: { agent: AgentFacts; mark: string } | null = null;
  private toldAgent = '';
  /** Keys of what other tabs tell, oldest first. */
  private readonly heard = new Set<string>();
  /** When this tab's socket came up, by the page's monotonic clock. */
  private upAt = 0;
  private refreshing: ReturnType<typeof setTimeout> | undefined;
  private omniFacts = 0;

  constructor(private readonly c: TellerConfig) {}

  get isElected(): boolean {
    return this.elected;
  }

  /** This tab sees an agent: it may be elected. */
  stand(): void {
    this.leave ??= standForElection(this.c.user, this.c.locks, () => this.take());
  }

  /** The agent has signed out here: another tab may see one. */
  resign(): void {
    this.leave?.();
    this.leave = null;
    this.elected = false;
    this.recent = [];
    clearTimeout(this.refreshing);
    this.refreshing = undefined;
    this.seenAgent = null;
    this.toldAgent = '';
  }

  /** This tab's socket has come up. */
  up(): void {
    this.upAt = this.c.clock.mono();
  }

  /** Another tab tells a fact. */
  hear(key: string): void {
    this.heard.add(key);
    for (const oldest of this.heard) {
      if (this.heard.size <= maxHeard) return;
      this.heard.delete(oldest);
    }
  }

  /** Names of events beyond those that are always told. */
  want(names: readonly string[]): void {
    this.wanted = new Set(names);
    this.tellStart();
  }

  /** The panel answered for the first time since the page was loaded. */
  started(): void {
    this.isStarted = true;
    this.tellStart();
  }

  contact(
    event: ContactEventName,
    c: ContactFacts,
    agent: AgentFacts | null,
    occurrence: number,
    replay: boolean,
  ): void {
    if (!isToldToFlows(c.type, event)) return;
    const isRefresh = event === 'onRefresh';
    const fact = contactHappening(c, agent, event, isRefresh ? refreshMark(c) : occurrence, replay);
    if (isRefresh && !this.isNews(c.contactId, fact)) return;
    this.tell(fact);
    if (event !== 'onDestroy') return;
    this.refreshed.delete(c.contactId);
    for (const r of this.recent) if (r.fact.contact?.contactId === c.contactId) r.gone = true;
  }

  agent(event: AgentEventName, agent: AgentFacts, replay: boolean, payload: Record<string, unknown>): void {
    const occurrence = event === 'onInit' ? this.c.signedInAt() : agent.since;
    for (const r of this.recent) if (r.fact.source === 'connectAgent' && r.fact.event === event) r.gone = true;
    this.tell(agentHappening(agent, event, occurrence, replay, payload));
  }

  /** The agent as they are now, with what else of them may change. What they were when they came is no refresh. */
  agentRefreshed(agent: AgentFacts, around: unknown): void {
    const mark = agentMark(agent, around);
    this.seenAgent = { agent, mark };
    if (this.toldAgent === '') this.toldAgent = mark;
    if (mark === this.toldAgent || !this.wanted.has('connectAgent.onRefresh')) return;
    this.refreshing ??= setTimeout(() => this.tellRefresh(), refreshEvery);
  }

  /** The agent's audio for a contact failed. Every tab hears of it alike, and of the same failure of one contact again and again. */
  soundFailed(contactId: string, kind: string, agent: AgentFacts): void {
    const occurrence = `${contactId}:${kind}`;
    this.tell(agentHappening(agent, 'onSoftphoneError', occurrence, false, { contactId, errorType: kind }));
  }

  /** A click that cannot be acted upon now is not dialled later, when nobody expects it. */
  clicked(click: Click): void {
    if (!this.c.canTell()) {
      this.c.clickLost('notTold');
      return;
    }
    const fact = pageHappening('salesforceUi', 'onClickToDial', click.details, this.c.id());
    this.keep(fact, { brief: true });
    setTimeout(() => {
      if (!this.c.outbox.has(fact.key)) return;
      this.c.outbox.forget(fact.key, 'nobody expects the call any more');
      this.c.clickLost('unknown');
    }, clickWithin);
  }

  navigated(view: View): void {
    if (!this.wanted.has('salesforceUi.onNavigationChange') || !this.c.canTell()) return;
    this.keep(pageHappening('salesforceUi', 'onNavigationChange', view, this.c.id()));
  }

  /** Somebody begins work that Sales Engagement gave them. */
  workStarted(work: Record<string, unknown>): void {
    if (!this.wanted.has('salesforceUi.onHvsWorkStart')) return;
    this.keep(pageHappening('salesforceUi', 'onHvsWorkStart', work, this.c.id()));
  }

  /** Something in Omni-Channel: a change of state is always told, and by every tab. */
  omni(e: OmniEvent): void {
    const fact = omniHappening(e, this.c.load, this.omniFacts + 1);
    if (!fact || (fact.event !== 'onStateChange' && !this.wanted.has(`${fact.source}.${fact.event}`))) return;
    this.omniFacts += 1;
    this.keep(fact);
  }

  /** The agent has chosen a record for a contact. */
  chosen(contactId: string, recordId: string): void {
    this.keep(pageHappening('patchcord', 'onChosen', { contactId, recordId }, this.c.id()));
  }

  /**
   * Whether a fact is for this tab to send: its own, and as the elected one whatever others left, also by ending. Any tab sends what the
   * one that told it has no socket for, or has not got rid of. Nobody knows that of what was there when this tab's own socket came up.
   * Twice is no harm: a fact counts once.
   */
  sends(e: Entry): boolean {
    if (e.load === this.c.load || this.elected || e.held) return true;
    const age = this.c.outbox.age(e);
    return age < 0 || age > Math.min(leftAfter, this.c.clock.mono() - this.upAt); // below 0 somebody set the clock
  }

  /** What it was when it came is no refresh, and the same again is none either. */
  private isNews(contactId: string, fact: Happening): boolean {
    const before = this.refreshed.get(contactId);
    this.refreshed.set(contactId, fact.key);
    return before !== undefined && before !== fact.key && this.wanted.has(`${fact.source}.onRefresh`);
  }

  /** Once a load, as soon as it is known that a flow wants it. */
  private tellStart(): void {
    if (!this.isStarted || this.hasToldStart || !this.wanted.has('initialization.onInit')) return;
    this.hasToldStart = true;
    this.keep(pageHappening('initialization', 'onInit', {}, this.c.load));
  }

  private tellRefresh(): void {
    this.refreshing = undefined;
    const now = this.seenAgent;
    if (!now || now.mark === this.toldAgent) return; // it is as it was again
    this.toldAgent = now.mark;
    this.tell(agentHappening(now.agent, 'onRefresh', now.mark, false));
  }

  private tell(fact: Happening): void {
    const { clock } = this.c;
    const at = { mono: clock.mono(), wall: clock.wall() };
    if (this.elected) this.keep(fact, { at });
    if (fact.event === 'onRefresh') return;
    this.recent = this.recent.filter((r) => !r.gone || at.mono - r.at.mono < recentFor).slice(1 - maxRecent);
    const known = { fact, at, gone: false };
    this.recent.push(known);
    if (!this.elected && !fact.replay && fact.event !== 'onInit') this.watchOver(known);
  }

  /** A tab may be elected and yet not awake: what it does not tell in time is told here. What was so at a load was told before. */
  private watchOver(known: Recent): void {
    setTimeout(() => {
      const { fact, at } = known;
      if (!this.elected && this.recent.includes(known) && !this.heard.has(fact.key)) this.keep(fact, { at });
    }, leftAfter);
  }

  private take(): void {
    this.elected = true;
    for (const { fact, at } of this.recent) this.add(fact, { at });
    this.c.send();
    this.c.elected();
  }

  private add(fact: Happening, how: Telling): void {
    this.c.outbox.add(fact, { ...how, held: !this.c.canTell() });
  }

  private keep(fact: Happening, how: Telling = {}): void {
    this.add(fact, how);
    this.c.send();
  }
}
