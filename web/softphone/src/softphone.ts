import type { Match } from './choice.ts';
import { Commands } from './commands.ts';
import { agentHappening } from './contact-events.ts';
import { alone, logoutOf, type Standing, signOut } from './enhanced-logout.ts';
import type { Host } from './host.ts';
import { Memory } from './memory.ts';
import { Outbox } from './outbox.ts';
import { probe, type Reach } from './probe.ts';
import { Relay } from './relay.ts';
import { ccpAddress, consoleOrigin, httpUrl, type PageSettings, socketUrl } from './settings.ts';
import { type Effect, next, type SignIn, type SignInEvent } from './sign-in.ts';
import { SignInWindow } from './sign-in-window.ts';
import { AdapterSocket } from './socket.ts';
import { Centre, type CentreListener, hasStreams, loadTimeout, type StorageAccess } from './streams.ts';
import { strings } from './strings.ts';
import { type Banner, View } from './view.ts';
import type { AgentFacts, Command, ContactFacts, Notice, Result, Welcome } from './wire/read.ts';

const build = '1';
/** Notices of the adapter that are shown at a time. */
const maxNotices = 3;
const probeEvery = 10_000;
/** A panel that has loaded and stays silent shows the sign-in page: it is loaded again after so long, at most so often. */
const silentFor = 1_000;
const maxReloads = 300;
/** How long the contact centre may take to sign an agent out, in milliseconds. */
const signOutWithin = 10_000;

/** The page: it owns the state of signing in and the connections, and carries out what the rules say. */
export class Softphone {
  private signIn: SignIn = { at: 'out', message: null };
  private adapter: 'unused' | 'up' | 'away' | 'signedOut' = 'unused';
  private reach: Reach = 'unknown';
  private notices: Notice[] = [];
  private exhausted = false;
  private storage: StorageAccess = 'held';
  /** The console's address has what makes every pop load the browser again. */
  private reloading = false;
  private silence: ReturnType<typeof setInterval> | undefined;
  private reload: ReturnType<typeof setTimeout> | undefined;
  private reloads = 0;
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
  private readonly window: SignInWindow;
  private readonly socket: AdapterSocket;
  private readonly relay: Relay;
  private readonly centre: Centre;
  private readonly commands: Commands;

  constructor(
    private readonly page: Window,
    root: HTMLElement,
    private readonly settings: PageSettings,
    private readonly host: Host,
  ) {
    this.memory = new Memory(page.localStorage, settings.userId);
    this.view = new View(root, () => this.clickSignIn());
    this.window = new SignInWindow(
      page,
      settings.adapterUrl === '' ? '' : new URL(settings.adapterUrl).origin,
      (h) => {
        const ccpUrl = h.ccpUrl === '' ? this.ccpUrl() : ccpAddress(h.ccpUrl);
        this.memory.change({ session: h.session, ccpUrl, loginUrl: h.loginUrl, since: Date.now() });
        this.connect();
        if (ccpUrl === '') this.window.close();
        this.happen({ type: ccpUrl === '' ? 'windowClosed' : 'handedOver' });
        return ccpUrl === '' ? '' : h.loginUrl || ccpUrl;
      },
      () => this.happen({ type: 'windowClosed' }),
    );
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
      if (this.talking.size > 0) e.preventDefault(); // the contact centre gives no audio back after a reload
    });
    this.view.panel.addEventListener('load', () => this.panelLoaded(), { capture: true });
    void this.tellHost(() => this.host.ready());
    this.host.onNavigation((view) => this.watchAddress(view));
    void this.tellHost(async () => this.watchAddress(await this.host.view()));
    this.label(strings.phone, 'call');
    this.relay.start();
    const kept = this.memory.read();
    if (this.host.inPanel && kept.since > 0 && this.ccpUrl() !== '') this.happen({ type: 'resume' });
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
    const adapterAway = this.reach === 'silent' || this.settings.adapterUrl === '';
    this.happen({ type: 'clicked', adapterAway, ccpKnown: this.ccpUrl() !== '' });
  }

  private happen(e: SignInEvent): void {
    const { state, effects } = next(this.signIn, e);
    this.signIn = state;
    for (const effect of effects) this.carryOut(effect);
    if (this.signIn.at === 'in' || this.signIn.at === 'out') clearInterval(this.silence);
    this.draw();
  }

  private carryOut(effect: Effect): void {
    switch (effect) {
      case 'openAdapterSignIn': {
        if (this.settings.adapterUrl === '') {
          this.happen({ type: 'windowClosed' });
          return;
        }
        const query = new URLSearchParams({ origin: this.page.location.origin, page: this.pageId });
        this.openWindow(`${this.settings.adapterUrl}/auth/start?${query}`);
        return;
      }
      case 'openCcpSignIn':
        this.memory.change({ ccpUrl: this.ccpUrl(), since: Date.now() });
        this.openWindow(this.memory.read().loginUrl || this.ccpUrl());
        return;
      case 'showCcp':
        this.showCcp();
        return;
      case 'reloadCcp':
        this.centre.reload(this.view.panel, this.ccpUrl());
        return;
      case 'closeWindow':
        this.window.close();
        return;
      case 'probeCcp':
        void probe(this.page, this.ccpUrl()).then((reach) =>
          this.happen({ type: 'probed', answers: reach !== 'silent' }),
        );
        return;
      default:
        effect satisfies never;
    }
  }

  private openWindow(url: string): void {
    if (this.window.open(url)) return;
    if (this.signIn.at === 'in') this.notice({ level: 'warning', text: strings.banner.popupBlocked });
    this.happen({ type: 'blocked' });
  }

  private showCcp(): void {
    const url = this.ccpUrl();
    if (hasStreams(this.page)) this.centre.show(this.view.panel, url, this.memory.read().region);
    if (this.exhausted) this.centre.reload(this.view.panel, url);
    this.reloads = 0;
    this.panelLoaded();
    clearInterval(this.silence);
    this.silence = setInterval(() => {
      if (this.storage !== 'held') return; // it waits for the agent
      if (this.exhausted) this.centre.reload(this.view.panel, url);
      this.happen({ type: 'silent' });
    }, loadTimeout + 500);
  }

  /** While the agent signs in in the window, the panel is asked again and again whether that has happened. */
  private panelLoaded(): void {
    clearTimeout(this.reload);
    this.reload = setTimeout(() => {
      if (this.signIn.at !== 'window' || this.reloads >= maxReloads || this.storage !== 'held') return;
      this.reloads += 1;
      this.centre.reload(this.view.panel, this.ccpUrl());
    }, silentFor);
  }

  private ccpUrl(): string {
    return this.memory.read().ccpUrl || ccpAddress(this.settings.ccpUrl);
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
    const loginUrl = httpUrl(w.settings.loginUrl ?? '');
    this.memory.change({ region: w.settings.region, loginUrl, ...(ccpUrl === '' ? {} : { ccpUrl }) });
    this.reach = 'answers';
    this.clickToDial = w.settings.clickToDial;
    this.offerClickToDial();
    this.setAdapter('up');
  }

  /** Numbers are links while a click on one can be answered: with the adapter's leave, and an agent to call as. */
  private offerClickToDial(): void {
    this.relay.setClickToDial(this.clickToDial && this.agent !== null);
  }

  private done(c: Command, r: Result): void {
    this.socket.answer(r);
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
    if (this.signIn.at === 'in' && this.memory.read().session === '')
      this.setAdapter(this.reach === 'silent' ? 'away' : 'signedOut');
  }

  private centreListener(): CentreListener {
    return {
      acknowledged: () => {
        this.exhausted = false;
        this.happen({ type: 'acknowledged' });
        void this.checkAdapter();
      },
      ended: () => {
        this.exhausted = false;
        this.agent = null;
        this.leaving = false;
        this.offerClickToDial();
        this.label(strings.phone, 'call');
        this.happen({ type: 'ended' });
      },
      exhausted: () => {
        this.exhausted = true;
      },
      agent: (event, agent, since, replay, payload) => {
        this.agent = agent;
        this.offerClickToDial();
        const occurrence = event === 'onInit' ? this.memory.read().since : since;
        this.relay.tell(agentHappening(agent, event, occurrence, Date.now(), replay, payload));
        this.draw();
      },
      storage: (access) => {
        this.storage = access;
        this.draw();
      },
      standing: (s) => this.stands(s),
      contact: (event, c, agent, since, replay) => {
        this.showContact(c, event === 'onDestroy', replay);
        this.relay.contact(event, c, agent, since, replay);
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
      await alone(this.page.navigator.locks, this.settings.userId, () => signOut(this.ccpUrl(), steps));
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
    if (c.type === 'voice' && c.state === 'connected' && !gone) this.talking.add(c.contactId);
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
      console.debug('Patchcord:', e);
    }
  }

  private draw(): void {
    const s = this.signIn;
    const refused = this.settings.missingPermission !== '';
    const alone = !this.host.inPanel && s.at === 'out';
    const name = this.agent?.name ?? '';
    const waiting = this.storage !== 'held' && (s.at === 'resuming' || s.at === 'window');
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
    const b = strings.banner;
    if (this.settings.missingPermission !== '') return [{ level: 'error', text: b.missingPermission }];
    const out: Banner[] = [];
    const s = this.signIn;
    const message = s.at === 'out' || s.at === 'window' ? s.message : null;
    if (this.settings.adapterUrl === '' && this.host.inPanel) out.push({ level: 'error', text: b.noAdapterUrl });
    if (this.reloading) out.push({ level: 'warning', text: b.reloading });
    if (!hasStreams(this.page)) out.push({ level: 'error', text: b.noStreams });
    if (this.adapter === 'away') out.push({ level: 'warning', text: b.adapterAway });
    if (this.adapter === 'signedOut' && s.at === 'in')
      out.push({
        level: 'warning',
        text: b.adapterSignedOut,
        action: { label: strings.signInAgain, run: () => this.clickSignIn() },
      });
    if (this.leaving && s.at === 'in') out.push({ level: 'info', text: b.leaving });
    if (message === 'refused') out.push({ level: 'error', text: b.refused(this.origins()) });
    else if (message === 'centreUnreachable')
      out.push({ level: 'warning', text: b.centreUnreachable(new URL(this.ccpUrl()).origin) });
    else if (message) out.push({ level: 'warning', text: b[message] });
    const region = s.at === 'in' && this.agent !== null ? this.centre.region() : '';
    const named = this.memory.read().region;
    if (region !== '' && named !== '' && region !== named)
      out.push({ level: 'warning', text: b.otherRegion(named, region) });
    return [...out, ...this.notices];
  }

  /** Every page around the panel has to be approved, not only the nearest. */
  private origins(): string[] {
    const outer = this.host.inPanel ? consoleOrigin(this.page) : '';
    return [...new Set([this.page.location.origin, outer])].filter((o) => o !== '');
  }
}
