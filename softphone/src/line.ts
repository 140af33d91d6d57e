import { Asleep } from './asleep.ts';
import { pageClock } from './clock.ts';
import { Commands, type Hands } from './commands.ts';
import type { Console, OmniListener } from './console.ts';
import { Front } from './front.ts';
import type { Memory } from './memory.ts';
import { type Entry, Outbox } from './outbox.ts';
import type { PageEffect, PageEvent } from './page-state.ts';
import { PresenceReader } from './presence.ts';
import { Refresher } from './refresher.ts';
import { isOfRecord } from './settings.ts';
import { AdapterSocket, type Listener } from './socket.ts';
import type { Telephony } from './telephony.ts';
import { Teller } from './teller.ts';
import type { Trace } from './trace.ts';
import type { Command, Result, Welcome } from './wire/read.ts';

const build = '2';
/** How often a tab looks for what others left, milliseconds: in the storage, and among what it knows of. */
const leftoversEvery = 15_000;
const lookEvery = 250;

export type LineEffect = Extract<
  PageEffect,
  { type: 'connect' | 'disconnect' | 'forgetCommands' | 'stand' | 'resign' | 'sees' | 'tellChosen' }
>;

export interface LineConfig {
  page: Window;
  /** User of the CRM for whom the page was made. */
  user: string;
  /** Names this page load. */
  load: string;
  url: string;
  /** Shared by the user's tabs. */
  storage: Storage;
  memory: Memory;
  /** Null while no console answers. */
  console: () => Console | null;
  telephony: Telephony;
  trace: Trace;
  ask: Hands['ask'];
  signOut: Hands['signOut'];
  happen(e: PageEvent): void;
}

/** The page's line to the adapter: facts one way, commands the other. */
export class Line {
  readonly teller: Teller;
  readonly socket: AdapterSocket;
  private readonly commands: Commands;
  readonly refresher = new Refresher(pageClock.mono);
  readonly front: Front;
  private readonly outbox: Outbox;
  private readonly presence: PresenceReader;
  private readonly asleep = new Asleep(pageClock);
  private left: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly c: LineConfig) {
    const { page, user, load, happen, trace } = c;
    const { storage } = c;
    const visible = page.document.visibilityState === 'visible';
    this.front = new Front(pageClock.mono, visible, (s) => this.socket.front(s));
    this.outbox = new Outbox({
      storage,
      user,
      load,
      clock: pageClock,
      full: (full) => happen({ type: 'full', who: 'browser', full }),
      lost: (key, why) => trace.error('an event is not told', key, why),
    });
    this.teller = new Teller({
      user,
      load,
      outbox: this.outbox,
      locks: page.navigator.locks,
      clock: pageClock,
      signedInAt: () => c.memory.read().since,
      canTell: () => this.socket.canTell,
      send: () => this.socket.pump(),
      elected: () => happen({ type: 'elected' }),
      clickLost: (how) => happen({ type: 'clickLost', how }),
      id: () => crypto.randomUUID(),
    });
    this.teller.want(c.memory.read().wants);
    const { outbox } = this;
    this.socket = new AdapterSocket({
      url: c.url,
      hello: () => this.hello(),
      queue: {
        pending: () => this.pending(),
        age: (e) => outbox.age(e),
        acknowledge: (key) => outbox.acknowledge(key),
        forget: (key, why) => outbox.forget(key, why),
      },
      listener: this.listener(),
    });
    const { console, telephony } = c;
    this.presence = new PresenceReader(
      () => console()?.omni,
      (p) => this.socket.presence(p),
    );
    const hands: Hands = {
      console,
      telephony,
      refresher: this.refresher,
      said: (what: string) => trace.error('refused', what),
      choose: (choose: Extract<PageEvent, { type: 'choose' }>['choose']) => happen({ type: 'choose', choose }),
      ask: c.ask,
      signOut: c.signOut,
      alert: (text: string) => happen({ type: 'notice', said: { level: 'info', text, about: 'flow' } }),
    };
    this.commands = new Commands(hands, storage, user);
  }

  /** From now on what other tabs leave is seen. */
  watch(): void {
    this.asleep.watch();
    setInterval(() => {
      this.outbox.rescan();
      this.pump();
    }, leftoversEvery);
    this.c.page.addEventListener('storage', (e) => {
      const key = this.outbox.hear(e.key, e.newValue);
      if (key === null) return;
      this.teller.hear(key);
      this.pump();
    });
  }

  /** What hears Omni-Channel. */
  omni(): OmniListener {
    const { trace } = this.c;
    return {
      event: async (e) => {
        if (await this.asleep.isSo(e, this.c.console()?.omni)) this.teller.omni(e);
        trace.info('Omni-Channel', e.name, e.params);
      },
      stands: (road) => {
        void this.presence.tell();
        if (road) trace.info('the component AC_Desk answers by', road);
        else trace.error('the component AC_Desk answers no more');
      },
    };
  }

  /** Sends what is for this tab to send, and looks again soon at what others have in hand. */
  private pump(): void {
    this.socket.pump();
    if (this.left !== undefined || [...this.outbox.pending()].every((e) => this.teller.sends(e))) return;
    this.left = setTimeout(() => {
      this.left = undefined;
      this.pump();
    }, lookEvery);
  }

  /** What follows of an event for the line. */
  carryOut(e: LineEffect): void {
    switch (e.type) {
      case 'connect':
        this.socket.start(e.session);
        break;
      case 'disconnect':
        this.socket.stop();
        break;
      case 'forgetCommands':
        this.commands.forget();
        break;
      case 'stand':
        this.teller.stand();
        break;
      case 'resign':
        this.teller.resign();
        break;
      case 'sees': {
        const sees = this.c.telephony.sees();
        if (sees) this.socket.see(sees);
        break;
      }
      case 'tellChosen':
        this.teller.chosen(e.contactId, e.recordId);
        break;
      default:
        e satisfies never;
    }
  }

  private *pending(): Iterable<Entry> {
    for (const e of this.outbox.pending()) if (this.teller.sends(e)) yield e;
  }

  private hello() {
    const { user, load, telephony } = this.c;
    const capabilities = telephony.isThere ? ['console', 'telephony'] : ['console'];
    return { user, page: load, front: this.front.now(), capabilities, build };
  }

  private listener(): Listener {
    const { happen, trace } = this.c;
    return {
      welcome: (w) => this.welcome(w),
      command: (c) => void this.commands.carryOut(c).then((r) => this.done(c, r)),
      notice: (n) =>
        happen({ type: 'notice', said: { ...n, about: n.code?.startsWith('dial.') ? 'dial' : 'adapter' } }),
      over: (code) => happen({ type: 'over', code }),
      caller: (caller) => happen({ type: 'caller', caller }),
      refused: (r) => trace.error('the adapter did not take an event', r.key, r.reason),
      paused: (full) => happen({ type: 'full', who: 'adapter', full }),
      away: () => happen({ type: 'away' }),
      stopped: (session, stop) => happen({ type: 'stopped', session, stop }),
    };
  }

  private welcome(w: Welcome): void {
    this.teller.up();
    if (isOfRecord(w)) this.teller.want(w.wants);
    this.c.happen({ type: 'welcome', welcome: w });
    void this.presence.tell();
  }

  private done({ body }: Command, r: Result): void {
    this.socket.answer(r);
    const { trace } = this.c;
    if (r.outcome === 'done') trace.info('command', body?.type, r.value);
    else trace.error('command', body?.type, r.outcome, r.error);
    if (body?.type === 'dial') this.c.happen({ type: 'dialled', result: r });
  }
}
