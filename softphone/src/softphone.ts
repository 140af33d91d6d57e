import { Bar } from './bar.ts';
import { ByKey } from './by-key.ts';
import type { Console } from './console.ts';
import { Entry } from './entry.ts';
import { sayGoodbye } from './goodbye.ts';
import { HeardHere } from './heard-here.ts';
import { Line } from './line.ts';
import { Memory } from './memory.ts';
import { own } from './notices.ts';
import { firstState, next, type PageEffect, type PageEvent, type PageState } from './page-state.ts';
import { written } from './phone-number.ts';
import { pictureOf } from './picture.ts';
import { probe } from './probe.ts';
import { Questions } from './questions.ts';
import { ccpAddress, consoleOrigin, isOfRecord, originOf, type PageSettings, socketUrl } from './settings.ts';
import { listenForSigns } from './signs.ts';
import { SoundWindow } from './sound-window.ts';
import { storageOf } from './storage.ts';
import type { Telephony, TelephonyListener } from './telephony.ts';
import { debugLevelOf, Trace } from './trace.ts';
import { View } from './view.ts';
import { WayOut } from './way-out.ts';
import { text, type Welcome } from './wire/read.ts';
import { type Code, Refused } from './words.ts';

/** Milliseconds. */
const consoleWithin = 2_000;
const consoleEvery = 5_000;
const welcomeExpected = 5_000;
const electionWithin = 500;
const probeEvery = 10_000;

/** What is around the page; whoever starts it chooses them. */
export interface Fronts {
  /** Null outside a console. */
  console: Console | null;
  telephony: (listener: TelephonyListener) => Telephony;
}

/** The page: wiring around its state. What happens becomes an event of the state, and what follows of it is carried out here. */
export class Softphone {
  private state: PageState;
  private panelAt: number;
  private readonly pageId = crypto.randomUUID();
  private readonly memory: Memory;
  private readonly console: Console | null;
  private readonly telephony: Telephony;
  private readonly bar: Bar;
  private readonly line: Line;
  private readonly view: View;
  private readonly keys: ByKey;
  private readonly questions: Questions;
  private readonly entry: Entry;
  private readonly wayOut: WayOut;
  private readonly sound: SoundWindow;
  private readonly heard: HeardHere;
  private readonly trace = new Trace(console);
  private readonly timers = new Map<PageEvent['type'], ReturnType<typeof setTimeout>>();

  constructor(
    private readonly page: Window,
    root: HTMLElement,
    private readonly settings: PageSettings,
    fronts: Fronts,
  ) {
    const { userId: user, adapterUrl, mayUse } = settings;
    const happen = (e: PageEvent) => this.happen(e);
    const storage = storageOf(page);
    this.memory = new Memory(storage, user);
    const { session, panelAt } = this.memory.read();
    this.panelAt = panelAt;
    this.state = firstState({ mayUse, hasAdapter: adapterUrl !== '', session });
    this.console = fronts.console;
    this.bar = new Bar(fronts.console, (why) => this.trace.debug('the console refused', why));
    this.telephony = fronts.telephony(this.telephonyListener());
    this.line = new Line({
      page,
      user,
      load: this.pageId,
      url: socketUrl(adapterUrl),
      storage,
      memory: this.memory,
      console: () => (this.state.console === 'there' ? this.console : null),
      telephony: this.telephony,
      trace: this.trace,
      ask: (question, within) => this.questions.ask(question, within),
      signOut: () => this.wayOut.signOut(),
      happen,
    });
    this.heard = new HeardHere(() => page.sessionStorage);
    this.sound = new SoundWindow(page, () => this.draw());
    this.keys = new ByKey({
      page: page.document,
      storage,
      user,
      telephony: this.telephony,
      state: () => this.state,
      changed: () => this.draw(),
      refused: (why) => this.refused('keys', why),
    });
    this.view = new View(root, () => this.clickSignIn(), this.keys.panel);
    this.questions = new Questions(this.view.questions);
    this.entry = new Entry({
      page,
      pageId: this.pageId,
      settings,
      memory: this.memory,
      telephony: this.telephony,
      box: this.view.panel,
      known: (session) => happen({ type: 'session', session }),
      blocked: () => this.say('signIn', 'signIn.popupBlocked'),
      changed: (signIn) => happen({ type: 'signIn', signIn }),
    });
    this.wayOut = new WayOut({
      page,
      user,
      telephony: this.telephony,
      ccpUrl: () => this.entry.ccpUrl(),
      leaving: (leaving) => happen({ type: 'leaving', leaving }),
      failed: (why) => this.refused('out', why),
    });
    this.listenAs();
  }

  start(): void {
    this.draw();
    if (!this.state.mayUse) return;
    this.listen();
    this.line.watch();
    this.bar.ready();
    this.carryOut({ type: 'label', shown: this.state.shown });
    void this.findConsole();
    void this.checkAdapter();
    setInterval(() => void this.checkAdapter(), probeEvery);
  }

  private happen(e: PageEvent): void {
    const { state, effects } = next(this.state, e);
    this.state = state;
    for (const effect of effects) this.carryOut(effect);
    this.draw();
  }

  private carryOut(e: PageEffect): void {
    switch (e.type) {
      case 'forgetSession':
        this.forgetSession(e.session);
        break;
      case 'remember':
        this.remember(e.welcome);
        break;
      case 'resume':
        this.entry.resume();
        break;
      case 'expectWelcome':
        this.later(welcomeExpected, { type: 'overdue', losses: e.losses });
        break;
      case 'awaitElection':
        this.later(electionWithin, { type: 'waited' });
        break;
      case 'links':
        this.bar.link(e.on);
        break;
      case 'label':
        this.bar.label({ ...e.shown, number: written(e.shown.number, this.country) });
        break;
      case 'showPanel':
        this.bar.showPanel();
        break;
      case 'pop':
        void this.pop(e.contactId, e.recordId);
        break;
      default:
        this.line.carryOut(e);
    }
  }

  private later(after: number, e: PageEvent): void {
    clearTimeout(this.timers.get(e.type));
    this.timers.set(
      e.type,
      setTimeout(() => this.happen(e), after),
    );
  }

  private listen(): void {
    const { page, line } = this;
    listenForSigns(page, {
      touched: () => line.front.touched(),
      typed: () => line.refresher.typed(),
      shown: (visible) => {
        line.front.shown(visible);
        if (visible) line.socket.hurry();
      },
      online: () => line.socket.hurry(),
    });
    this.keys.listen();
    page.addEventListener('beforeunload', (e) => {
      if (this.state.talking.length > 0 && !this.isMedialess) e.preventDefault(); // the contact centre gives no audio back after a reload
    });
    page.addEventListener('pagehide', () => sayGoodbye(page, this.settings, this.state.session, this.pageId));
    page.addEventListener('storage', (e) => {
      if (e.key === null || e.key === this.memory.key) this.rememberedElsewhere();
    });
    this.console?.clickToDial?.onClick((click) => line.teller.clicked(click));
    this.console?.onWorkStart?.((work) => line.teller.workStarted(work));
    this.console?.onOmni?.(line.omni());
    this.console?.onNavigation((view) => {
      line.front.touched();
      line.teller.navigated(view);
      this.navigated(view);
    });
  }

  /** A page for which no console answers stands for nothing, until one does. */
  private async findConsole(): Promise<void> {
    const { console } = this;
    while (console) {
      const there = await console.answers(consoleWithin);
      this.happen({ type: 'console', there });
      if (there) return this.navigated(await console.view().catch(() => ({})));
      await new Promise((resolve) => setTimeout(resolve, consoleEvery));
    }
    this.happen({ type: 'console', there: false });
  }

  private navigated(view: Record<string, unknown>): void {
    this.line.refresher.shows(text(view.recordId));
    this.happen({ type: 'navigated', url: String(view.url ?? '') });
  }

  /** Another tab of the user has signed in, or is signed out. */
  private rememberedElsewhere(): void {
    const { session, panelAt, wants } = this.memory.read();
    this.line.teller.want(wants);
    this.listenAs();
    this.happen({ type: 'session', session });
    if (panelAt === this.panelAt) return;
    this.panelAt = panelAt;
    if (this.state.console === 'there') this.entry.signedInElsewhere();
  }

  /** Unless another tab has got a new one meanwhile. */
  private forgetSession(session: string): void {
    const now = this.memory.read().session;
    if (now === session) this.memory.change({ session: '' });
    else if (now !== '') this.happen({ type: 'session', session: now });
  }

  private remember(w: Welcome): void {
    if (!isOfRecord(w)) return;
    const ccpUrl = ccpAddress(w.ccpUrl);
    this.memory.change({ settings: w.settings, wants: w.wants, ...(ccpUrl === '' ? {} : { ccpUrl }) });
    this.listenAs();
  }

  private clickSignIn(): void {
    this.entry.click(this.state.reach === 'silent' || !this.state.hasAdapter);
  }

  /** The administrator says how much of the work is told in the browser's console. */
  private listenAs(): void {
    const level = debugLevelOf(this.memory.read().settings);
    this.trace.set(level);
    this.telephony.echo(level);
  }

  private openSound(): void {
    if (!this.sound.open(this.entry.ccpUrl())) this.say('signIn', 'signIn.popupBlocked');
  }

  private say(about: Parameters<typeof own>[0], code: Code, args: Record<string, string> = {}): void {
    this.happen({ type: 'notice', said: own(about, code, args) });
  }

  /** What a platform said itself is for the browser's console. */
  private refused(about: Parameters<typeof own>[0], why: Refused): void {
    this.trace.error(why.code, why.said);
    this.say(about, why.code, why.args);
  }

  private async pop(contactId: string, recordId: string): Promise<void> {
    try {
      if (!this.console?.pop) throw new Error('this console opens no records');
      await this.console.pop('sobject', { recordId });
      this.happen({ type: 'recordOpened', contactId, recordId });
    } catch (e) {
      this.refused('pop', new Refused('pop.notOpened', {}, String(e)));
    }
  }

  private async addContact(number: string): Promise<void> {
    try {
      if (!this.console?.pop) throw new Error('this console opens no forms');
      const defaultFieldValues = number === '' ? {} : { Phone: number };
      await this.console.pop('NEW_RECORD_MODAL', { entityName: 'Contact', defaultFieldValues });
    } catch (e) {
      this.refused('pop', new Refused('pop.noForm', {}, String(e)));
    }
  }

  private get country(): string {
    return this.memory.read().settings?.defaultCountry ?? '';
  }

  /** Without a socket nothing else would notice, and a click has to know at once where to go. */
  private async checkAdapter(): Promise<void> {
    const { hasAdapter, session, console } = this.state;
    if (!hasAdapter || (session !== '' && console !== 'absent')) return;
    this.happen({ type: 'probed', reach: await probe(this.page, `${this.settings.adapterUrl}/healthz`) });
  }

  private telephonyListener(): TelephonyListener {
    return {
      acknowledged: () => {
        this.entry.acknowledged();
        this.line.teller.started();
        void this.checkAdapter();
      },
      ended: () => {
        this.happen({ type: 'ended' });
        this.entry.ended();
      },
      exhausted: () => this.entry.gaveUp(),
      storage: (access) => this.entry.storage(access),
      standing: (s) => this.wayOut.stands(s),
      refreshed: (agent, around) => this.line.teller.agentRefreshed(agent, around),
      snapshot: () => {
        const sees = this.telephony.sees();
        if (sees) this.happen({ type: 'snapshot', agent: sees.agent, contacts: sees.contacts });
      },
      soundBegan: (contactId, here) => {
        this.heard.note(contactId, here);
        this.happen({ type: 'soundBegan', contactId });
      },
      soundFailed: (kind) => {
        const { agent, call, silence } = this.state;
        this.happen({ type: 'soundFailed', kind });
        if (agent && call && this.state.silence && silence !== this.state.silence)
          this.line.teller.soundFailed(call.contactId, kind, agent);
        this.trace.info('the softphone failed', kind);
      },
      agent: (event, agent, replay, payload) => {
        this.line.teller.agent(event, agent, replay, payload);
        this.trace.info('agent', event, agent.state);
        this.trace.debug('agent', event, agent, payload);
        this.happen({ type: 'agent', agent });
      },
      contact: (event, contact, agent, occurrence, replay) => {
        this.line.teller.contact(event, contact, agent, occurrence, replay); // the record first: the rest can wait
        this.trace.info('contact', event, contact.contactId, contact.state);
        this.trace.debug('contact', event, contact);
        const hasAudio = contact.state === 'connected' && this.telephony.isSoftphoneCall(contact.contactId);
        this.happen({ type: 'contact', contact, gone: event === 'onDestroy', replay, hasAudio });
        // The contact centre gives no audio back to a page that is loaded again.
        if (replay && hasAudio && !this.isMedialess && this.heard.has(contact.contactId))
          this.happen({ type: 'soundLost', contactId: contact.contactId });
      },
    };
  }

  private draw(): void {
    const { settings } = this.memory.read();
    this.view.draw(
      pictureOf(this.state, {
        hasLibrary: this.telephony.isThere,
        soundElsewhere: this.isMedialess && !this.sound.isOpen,
        problems: settings?.problems ?? [],
        ccpOrigin: originOf(this.entry.ccpUrl()),
        origins: this.origins(),
        region: { named: settings?.region ?? '', found: this.telephony.region() },
        waitsForCookies: this.entry.waitsForCookies,
        signInAgain: () => this.clickSignIn(),
        openSound: () => this.openSound(),
        country: settings?.defaultCountry ?? '',
        adapterUrl: this.settings.adapterUrl,
        keys: this.keys.hint,
        addContact: (number) => void this.addContact(number),
        open: (m) => this.happen({ type: 'choseRecord', recordId: m.recordId }),
        dismissChoice: () => this.happen({ type: 'dismissedChoice' }),
        dismiss: (words) => this.happen({ type: 'dismissed', text: words }),
      }),
    );
  }

  /** The sound of calls is in another window. */
  private get isMedialess(): boolean {
    return this.memory.read().settings?.panel?.medialess === true;
  }

  /** Every page around the panel has to be approved, not only the nearest. */
  private origins(): string[] {
    const outer = this.console ? consoleOrigin(this.page) : '';
    return [...new Set([this.page.location.origin, outer])].filter((o) => o !== '');
  }
}
