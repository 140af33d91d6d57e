import {
  type ContactEventName,
  consoleHappening,
  contactHappening,
  isToldToFlows,
  refreshMark,
} from './contact-events.ts';
import { type Locks, standForElection, TabLine } from './election.ts';
import type { Host } from './host.ts';
import { isHappening } from './outbox.ts';
import type { AdapterSocket } from './socket.ts';
import { type AgentFacts, type ContactFacts, type Happening, isFields } from './wire/read.ts';

/** What tabs of one agent tell each other. */
export type TabMessage =
  | { kind: 'happening'; happening: Happening }
  | { kind: 'clickToDial'; on: boolean }
  | { kind: 'newcomer' };

export function isTabMessage(v: unknown): v is TabMessage {
  if (!isFields(v)) return false;
  if (v.kind === 'happening') return isHappening(v.happening);
  return v.kind === 'newcomer' || (v.kind === 'clickToDial' && typeof v.on === 'boolean');
}

export interface RelayConfig {
  user: string;
  host: Host;
  socket: AdapterSocket;
  locks: Locks | undefined;
  /** The socket may start now. */
  elected: () => void;
  /** A click could not be passed on. */
  notDialled: () => void;
  now: () => number;
  id: () => string;
}

/** Brings what happens in this tab to the adapter: itself, if this tab is the elected one, else through the tab that is. */
export class Relay {
  private elected = false;
  private clickToDial = false;
  private readonly refreshed = new Map<string, string>();
  private readonly current = new Map<string, Happening>();
  private readonly line: TabLine<TabMessage>;

  constructor(private readonly config: RelayConfig) {
    this.line = new TabLine(`patchcord:${config.user}`, isTabMessage, (m) => this.hear(m));
  }

  get isElected(): boolean {
    return this.elected;
  }

  start(): void {
    const { host } = this.config;
    host.onClickToDial((click) => this.console('onClickToDial', click.details));
    host.onNavigation((view) => this.console('onNavigationChange', view));
    standForElection(this.config.user, this.config.locks, () => this.take());
    if (!this.elected) this.line.say({ kind: 'newcomer' });
  }

  contact(event: ContactEventName, c: ContactFacts, agent: AgentFacts | null, since: number, replay: boolean): void {
    if (!isToldToFlows(c.type, event)) return;
    let occurrence: number | string = since;
    if (event === 'onRefresh') {
      occurrence = refreshMark(c);
      const before = this.refreshed.get(c.contactId);
      this.refreshed.set(c.contactId, occurrence);
      if (before === undefined || before === occurrence) return; // what it was when it came is no refresh
    }
    const happening = contactHappening(c, agent, event, occurrence, this.config.now(), replay);
    if (event === 'onDestroy') {
      this.current.delete(c.contactId);
      this.refreshed.delete(c.contactId);
    } else if (event !== 'onRefresh') {
      this.current.set(c.contactId, happening);
    }
    this.tell(happening);
  }

  /** What every tab sees: only the elected one tells it. */
  tell(happening: Happening): void {
    if (this.elected) this.config.socket.tell(happening);
  }

  /** The adapter said whether numbers are to be links. */
  setClickToDial(on: boolean): void {
    this.apply(on);
    this.line.say({ kind: 'clickToDial', on });
  }

  private console(event: string, payload: Record<string, unknown>): void {
    const happening = consoleHappening(event, payload, this.config.id(), this.config.now());
    if (this.elected) this.pass(happening);
    else this.line.say({ kind: 'happening', happening });
  }

  /** A click that cannot be acted upon now is not dialled later, when nobody expects it. */
  private pass(happening: Happening): void {
    if (this.config.socket.connected) this.config.socket.tell(happening);
    else if (happening.event === 'onClickToDial') this.config.notDialled();
  }

  private take(): void {
    this.elected = true;
    for (const h of this.current.values()) this.config.socket.tell({ ...h, replay: true });
    this.config.elected();
  }

  private hear(m: TabMessage): void {
    switch (m.kind) {
      case 'happening':
        if (this.elected) this.pass(m.happening);
        return;
      case 'clickToDial':
        if (!this.elected) this.apply(m.on);
        return;
      case 'newcomer':
        if (this.elected) this.line.say({ kind: 'clickToDial', on: this.clickToDial });
        return;
      default:
        m satisfies never;
    }
  }

  private apply(on: boolean): void {
    if (this.clickToDial === on) return;
    this.clickToDial = on;
    const { host } = this.config;
    (on ? host.enableClickToDial() : host.disableClickToDial()).catch((e: unknown) => {
      console.warn('Patchcord: click-to-dial', e);
    });
  }
}
