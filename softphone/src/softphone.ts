import { bannersOf } from './banners.ts';
import type { Match } from './choice.ts';
import { Commands } from './commands.ts';
import { agentHappening } from './contact-events.ts';
import { alone, logoutOf, type Standing, signOut } from './enhanced-logout.ts';
import { Entry } from './entry.ts';
import type { Host } from './host.ts';
import { Memory } from './memory.ts';
import { Outbox } from './outbox.ts';
import { probe, type Reach } from './probe.ts';
import { Relay } from './relay.ts';
import { ccpAddress, consoleOrigin, originOf, type PageSettings, socketUrl } from './settings.ts';
import { AdapterSocket } from './socket.ts';
import { SoundWindow } from './sound-window.ts';
import { Centre, type CentreListener, echo, hasStreams } from './streams.ts';
import { strings } from './strings.ts';
import { debugLevelOf, Trace } from './trace.ts';
import { type Banner, View } from './view.ts';
import type { AgentFacts, Command, ContactFacts, Notice, Result, Welcome } from './wire/read.ts';

const build = '1';
/** Notices of the adapter that are shown at a time. */
const maxNotices = 3;
const probeEvery = 10_000;
/** How long the contact centre may take to sign an agent out, in milliseconds. */
const signOutWithin = 10_000;

/** The page: it owns what is shown and the connections. */
export class Softphone {
  private adapter: 'unused' | 'up' | 'away' | 'signedOut' = 'unused';
  private reach: Reach = 'unknown';
  private notices: Notice[] = [];
  /** The console's address has what makes every pop load the browser again. */
  private reloading = false;
  private agent: AgentFacts | null = null;
  private clickToDial = false;
  private matches: Match[] = [];
  /** The agent has chosen a status that signs out, and a contact is still open. */
  private leaving = false;
  /** Contacts whose audio a reload of the page would lose. */
  private readonly talking = new Set<string>();
  private readonly pageId = crypto.randomUUID();
  private readonly memory: Memory;
  private readonly view: View;
  private readonly entry: Entry;
  private readonly socket: AdapterSocket;
  private readonly relay: Relay;
  private readonly centre: Centre;
  private readonly commands: Commands;
  private readonly sound: SoundWindow;
  private readonly trace: Trace;

  constructor(
    private readonly page: Window,
    root: HTMLElement,
    private readonly settings: PageSettings,
    private readonly host: Host,
  ) {
    this.memory = new Memory(page.localStorage, settings.userId);
    this.trace = new Trace(console);
    this.listenAs();
    this.sound = new SoundWindow(page, () => this.draw());
    this.view = new View(root, () => this.clickSignIn());
    this.socket = new AdapterSocket({
      url: socketUrl(settings.adapterUrl),
      page: this.pageId,
      build,
      inPanel: host.inPanel,
      outbox: new Outbox(page.sessionStorage),
      listener: {
        welcome: (w) => this.welcome(w),
        command: (c) => void this.commands.carryOut(c).then((r) => this.done(c, r)),
        notice: (n) => this.notice(n),
        away: () => {
          this.reach = 'silent';
          this.setAdapter('away');
        },
        signedOut: () => {
          this.memory.change({ session: '' });
          this.setAdapter('signedOut');
        },
      },
    });
    this.centre = new Centre(this.centreListener());
    this.entry = new Entry({
      page,
      pageId: this.pageId,
      settings,
      memory: this.memory,
      centre: this.centre,
      box: this.view.panel,
      known: () => this.connect(),
      blocked: () => this.notice({ level: 'warning', text: strings.banner.popupBlocked }),
      changed: () => this.draw(),
    });
    const hands = {
      host,
      dial: (number: string, queue: string) => this.centre.dial(number, queue),
      choose: (matches: Match[]) => this.choose(matches),
    };
    this.commands = new Commands(hands, page.localStorage);
    this.relay = new Relay({
      user: settings.userId,
      host,
      socket: this.socket,
      locks: page.navigator.locks,
      elected: () => this.connect(),
      notDialled: () => this.notice({ level: 'warning', text: strings.banner.noDial }),
      now: () => Date.now(),
      id: () => crypto.randomUUID(),
    });
  }

  start(): void {
    this.draw();
    if (this.settings.missingPermission !== '') return;
    this.page.addEventListener('online', () => this.socket.hurry());
    this.page.addEventListener('beforeunload', (e) => {
      if (this.talking.size > 0 && !this.isMedialess) e.preventDefault(); // the contact centre gives no audio back after a reload
    });
    void this.tellHost(() => this.host.ready());
    this.host.onNavigation((view) => this.watchAddress(view));
    void this.tellHost(async () => this.watchAddress(await this.host.view()));
    this.label(strings.phone, 'call');
    this.relay.start();
    if (this.host.inPanel) this.entry.resume();
    void this.watchAdapter();
  }

  /** Source: the vendor's notes on the adapter: with this in the address, a pop loads the whole browser again and the call is lost. */
  private watchAddress(view: Record<string, unknown>): void {
    const reloading = String(view.url ?? '').includes('0.source=aloha');
    if (reloading === this.reloading) return;
    this.reloading = reloading;
    this.draw();
  }

  private clickSignIn(): void {
    this.entry.click(this.reach === 'silent' || this.settings.adapterUrl === '');
  }

  /** The elected tab speaks with the adapter as soon as there is a session. */
  private connect(): void {
    const { session } = this.memory.read();
    if (this.settings.adapterUrl === '' || session === '' || !this.relay.isElected) return;
    this.setAdapter(this.adapter === 'away' ? 'away' : 'unused');
    this.socket.start(session);
  }

  private welcome(w: Welcome): void {
    const ccpUrl = ccpAddress(w.ccpUrl);
    this.memory.change({ settings: w.settings, ...(ccpUrl === '' ? {} : { ccpUrl }) });
    this.listenAs();
    this.reach = 'answers';
    this.clickToDial = w.settings.clickToDial;
    this.offerClickToDial();
    this.setAdapter('up');
  }

  /** The administrator says how much of the work is told in the browser's console. */
  private listenAs(): void {
    const level = debugLevelOf(this.memory.read().settings);
    this.trace.set(level);
    if (hasStreams(this.page)) echo(level);
  }

  private openSound(): void {
    if (!this.sound.open(this.entry.ccpUrl())) this.notice({ level: 'warning', text: strings.banner.popupBlocked });
  }

  /** Numbers are links while a click on one can be answered: with the adapter's leave, and an agent to call as. */
  private offerClickToDial(): void {
    this.relay.setClickToDial(this.clickToDial && this.agent !== null);
  }

  private done(c: Command, r: Result): void {
    this.socket.answer(r);
    if (r.ok) this.trace.info('command', c.body?.type, r.value);
    else this.trace.error('command', c.body?.type, r.error);
    if (!r.ok && c.body?.type === 'dial')
      this.notice({ level: 'warning', text: strings.banner.dialRefused(r.error ?? '') });
  }

  /** Several records fit the caller, and the console has opened none: the agent opens the right one from here. */
  private choose(matches: Match[]): void {
    this.matches = matches;
    if (matches.length > 0) void this.tellHost(() => this.host.showPanel());
    this.draw();
  }

  private async openMatch(m: Match): Promise<void> {
    try {
      await this.host.pop(m.recordId);
      this.choose([]);
    } catch (e) {
      this.notice({ level: 'warning', text: e instanceof Error ? e.message : strings.banner.notOpened });
    }
  }

  private notice(n: Notice): void {
    this.notices = [...this.notices.filter((o) => o.text !== n.text), n].slice(-maxNotices);
    this.draw();
  }

  private setAdapter(a: typeof this.adapter): void {
    if (a === 'up') this.notices = [];
    if (a !== this.adapter) this.trace.info('adapter', a);
    this.adapter = a;
    this.draw();
  }

  private async watchAdapter(): Promise<void> {
    if (this.settings.adapterUrl === '') return;
    for (;;) {
      await this.checkAdapter();
      await new Promise((resolve) => setTimeout(resolve, probeEvery));
    }
  }

  /** Without a session there is no socket that would notice, and a click has to know at once where to go. */
  private async checkAdapter(): Promise<void> {
    if (this.settings.adapterUrl === '' || this.memory.read().session !== '') return;
    this.reach = await probe(this.page, `${this.settings.adapterUrl}/healthz`);
    if (this.entry.state.at === 'in' && this.memory.read().session === '')
      this.setAdapter(this.reach === 'silent' ? 'away' : 'signedOut');
  }

  private centreListener(): CentreListener {
    return {
      acknowledged: () => {
        this.entry.acknowledged();
        void this.checkAdapter();
      },
      ended: () => {
        this.agent = null;
        this.leaving = false;
        this.offerClickToDial();
        this.label(strings.phone, 'call');
        this.entry.ended();
      },
      exhausted: () => this.entry.gaveUp(),
      agent: (event, agent, since, replay, payload) => {
        this.agent = agent;
        this.trace.info('agent', event, agent.state);
        this.trace.debug('agent', event, agent, payload);
        this.offerClickToDial();
        const occurrence = event === 'onInit' ? this.memory.read().since : since;
        this.relay.tell(agentHappening(agent, event, occurrence, Date.now(), replay, payload));
        this.draw();
      },
      storage: (access) => this.entry.storage(access),
      standing: (s) => this.stands(s),
      contact: (event, c, agent, since, replay) => {
        this.trace.info('contact', event, c.contactId, c.state);
        this.trace.debug('contact', event, c);
        this.relay.contact(event, c, agent, since, replay); // the record first: the rest can wait
        this.showContact(c, event === 'onDestroy', replay);
      },
    };
  }

  private stands(s: Standing): void {
    const logout = logoutOf(s);
    if (this.leaving !== (logout === 'later')) {
      this.leaving = logout === 'later';
      this.draw();
    }
    if (logout === 'now') void this.signOut();
  }

  private async signOut(): Promise<void> {
    const leave = (address: string) =>
      this.page
        .fetch(address, { mode: 'no-cors', credentials: 'include', signal: AbortSignal.timeout(signOutWithin) })
        .then(() => undefined);
    const steps = { goOffline: () => this.centre.goOffline(), leave, terminate: () => this.centre.terminate() };
    try {
      await alone(this.page.navigator.locks, this.settings.userId, () => signOut(this.entry.ccpUrl(), steps));
    } catch (e) {
      this.notice({ level: 'error', text: strings.banner.notSignedOut(e instanceof Error ? e.message : '') });
    }
  }

  private showContact(c: ContactFacts, gone: boolean, replay: boolean): void {
    const number = c.phoneNumber === '' ? strings.withheld : c.phoneNumber;
    const starting = c.state === 'connecting' || c.state === 'incoming';
    const ringing = c.inbound && starting;
    if (gone && this.matches.length > 0) this.choose([]); // the call is over: nothing is left to choose for
    if (gone || c.state === 'ended' || c.state === 'missed') this.label(strings.phone, 'call');
    else if (ringing) this.label(strings.ringing(number), 'incoming_call');
    else if (c.state === 'connected') this.label(strings.onCall(number), 'end_call');
    const isTalking = c.type === 'voice' && c.state === 'connected' && !gone;
    if (isTalking && this.centre.isSoftphoneCall(c.contactId)) this.talking.add(c.contactId);
    else this.talking.delete(c.contactId);
    // A reload closes the panel: the controls of a call that is already going on are shown again.
    const unseen = starting || (replay && c.state === 'connected');
    if (unseen && !gone) void this.tellHost(() => this.host.showPanel());
  }

  private shown = '';
  private label(text: string, icon: string): void {
    if (this.shown === text) return;
    this.shown = text;
    void this.tellHost(() => this.host.setLabel(text));
    void this.tellHost(() => this.host.setIcon(icon));
  }

  /** Decoration: that the console refuses it stops nothing. */
  private async tellHost(tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (e) {
      this.trace.debug('the console refused', e);
    }
  }

  private draw(): void {
    const s = this.entry.state;
    const refused = this.settings.missingPermission !== '';
    const alone = !this.host.inPanel && s.at === 'out';
    const name = this.agent?.name ?? '';
    const waiting = this.entry.waitsForCookies;
    const status = waiting
      ? strings.status.storage
      : s.at === 'in' && name !== ''
        ? `${strings.status.in} as ${name}`
        : strings.status[s.at];
    this.view.draw({
      status: alone || refused ? '' : status,
      banners: this.banners(),
      button: s.at === 'out' && !refused,
      panel: s.at === 'in' || waiting,
      choice:
        this.matches.length === 0
          ? null
          : { matches: this.matches, open: (m) => void this.openMatch(m), dismiss: () => this.choose([]) },
    });
  }

  private banners(): Banner[] {
    const { settings } = this.memory.read();
    const signIn = this.entry.state;
    return bannersOf({
      signIn,
      mayUse: this.settings.missingPermission === '',
      adapter: this.settings.adapterUrl === '' && this.host.inPanel ? 'unnamed' : this.adapter,
      hasLibrary: hasStreams(this.page),
      reloading: this.reloading,
      leaving: this.leaving,
      soundElsewhere: this.isMedialess && !this.sound.isOpen,
      problems: settings?.problems ?? [],
      ccpOrigin: originOf(this.entry.ccpUrl()),
      origins: this.origins(),
      region: {
        named: settings?.region ?? '',
        found: signIn.at === 'in' && this.agent !== null ? this.centre.region() : '',
      },
      notices: this.notices,
      signInAgain: () => this.clickSignIn(),
      openSound: () => this.openSound(),
    });
  }

  /** The sound of calls is in another window. */
  private get isMedialess(): boolean {
    return this.memory.read().settings?.panel?.medialess === true;
  }

  /** Every page around the panel has to be approved, not only the nearest. */
  private origins(): string[] {
    const outer = this.host.inPanel ? consoleOrigin(this.page) : '';
    return [...new Set([this.page.location.origin, outer])].filter((o) => o !== '');
  }
}
