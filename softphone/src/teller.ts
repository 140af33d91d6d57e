import type { Clock } from './clock.ts';
import type { Click, View } from './console.ts';
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
import type { Entry, Outbox } from './outbox.ts';
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
/** What another tab has not got rid of in so long, because it is closed, asleep or cut off, is told by any; milliseconds. */
export const leftAfter = 5_000;
/** An agent's refreshes are told no closer together, milliseconds. */
const refreshEvery = 2_000;
/** What is told again after an election: of contacts that are gone only so long, and never more. */
const recentFor = 60_000;
const maxRecent = 500;

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
  private refreshing: ReturnType<typeof setTimeout> | undefined;

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
    this.c.outbox.add(fact, { brief: true });
    this.c.send();
    setTimeout(() => {
      if (!this.c.outbox.has(fact.key)) return;
      this.c.outbox.forget(fact.key, 'nobody expects the call any more');
      this.c.clickLost('unknown');
    }, clickWithin);
  }

  navigated(view: View): void {
    if (!this.wanted.has('salesforceUi.onNavigationChange') || !this.c.canTell()) return;
    this.c.outbox.add(pageHappening('salesforceUi', 'onNavigationChange', view, this.c.id()));
    this.c.send();
  }

  /** Somebody begins work that Sales Engagement gave them. */
  workStarted(work: Record<string, unknown>): void {
    if (!this.wanted.has('salesforceUi.onHvsWorkStart')) return;
    this.c.outbox.add(pageHappening('salesforceUi', 'onHvsWorkStart', work, this.c.id()));
    this.c.send();
  }

  /** The agent has chosen a record for a contact. */
  chosen(contactId: string, recordId: string): void {
    this.c.outbox.add(pageHappening('patchcord', 'onChosen', { contactId, recordId }, this.c.id()));
    this.c.send();
  }

  /** Whether a fact is for this tab to send: its own, and as the elected one whatever others left, also by ending. */
  sends(e: Entry): boolean {
    return e.load === this.c.load || this.elected || this.c.outbox.age(e) > leftAfter;
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
    this.c.outbox.add(pageHappening('initialization', 'onInit', {}, this.c.load));
    this.c.send();
  }

  private tellRefresh(): void {
    this.refreshing = undefined;
    const now = this.seenAgent;
    if (!now || now.mark === this.toldAgent) return; // it is as it was again
    this.toldAgent = now.mark;
    this.tell(agentHappening(now.agent, 'onRefresh', now.mark, false));
  }

  private tell(fact: Happening): void {
    const { clock, outbox, send } = this.c;
    const at = { mono: clock.mono(), wall: clock.wall() };
    if (this.elected) {
      outbox.add(fact, { at });
      send();
    }
    if (fact.event === 'onRefresh') return;
    this.recent = this.recent.filter((r) => !r.gone || at.mono - r.at.mono < recentFor).slice(1 - maxRecent);
    this.recent.push({ fact, at, gone: false });
  }

  private take(): void {
    this.elected = true;
    for (const { fact, at } of this.recent) this.c.outbox.add(fact, { at });
    this.c.send();
    this.c.elected();
  }
}
