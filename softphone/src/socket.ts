import type { Entry } from './outbox.ts';
import { Results, retryAfter, Silence, smallerOf } from './sending.ts';
import {
  bytesOf,
  type Caller,
  type Command,
  closeCodes,
  type FromPage,
  type Hello,
  maxMessage,
  type Notice,
  type Presence,
  type Refusal,
  type Result,
  readMessage,
  type Sees,
  type ToPage,
  version,
  type Welcome,
} from './wire/read.ts';

/** Why the adapter does not want this page. `reason` is what it said. */
export type Stop = { why: 'signIn' | 'otherUser' | 'version'; reason: string };

/** What the socket tells the page. */
export interface Listener {
  welcome(welcome: Welcome): void;
  command(command: Command): void;
  notice(notice: Notice): void;
  /** What a notice told holds no more. */
  over(code: string): void;
  caller(caller: Caller): void;
  /** An event was not kept. */
  refused(refusal: Refusal): void;
  /** The adapter has no room for events; then it is asked again. */
  paused(paused: boolean): void;
  /** The adapter cannot be reached; the socket goes on trying. */
  away(): void;
  /** The socket has stopped, for good with this session. */
  stopped(session: string, stop: Stop): void;
}

/** Facts that wait to be acknowledged, oldest first; only those that this tab sends. */
export interface Queue {
  pending(): Iterable<Entry>;
  age(e: Entry): number;
  acknowledge(key: string): void;
  forget(key: string, why: string): void;
}

export interface SocketConfig {
  url: string;
  /** All of a hello but what the socket knows itself. */
  hello: () => Omit<Hello, 'version' | 'session'>;
  queue: Queue;
  listener: Listener;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

/** Milliseconds. */
const welcomeWithin = 8_000;
/** A connection that ends sooner is not worth trying again at once. */
const stableAfter = 5_000;
/**
 * How long the adapter may say nothing while facts wait for it: a network that is gone, or a machine, does not end a socket by itself. One
 * that has acknowledged a fact by this socket does so in no time; one that has not may be slow, and another socket would not help.
 */
const silentFor = 15_000;
const silentForOnceHeard = 5_000;
/** Facts that may be on their way without an acknowledgement. */
const maxUnderWay = 200;

const stops = new Map<number, Stop['why']>([
  [closeCodes.signIn, 'signIn'],
  [closeCodes.otherUser, 'otherUser'],
  [closeCodes.version, 'version'],
]);

/**
 * The page's conversation with the adapter. Facts are sent until they are acknowledged, in their order and a bounded number at a time;
 * a dropped socket comes back by itself, with a growing wait.
 */
export class AdapterSocket {
  private socket: WebSocket | null = null;
  private session = '';
  private welcomed = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private readonly silence = new Silence(() => this.deaf());
  private acknowledged = false;
  private readonly underWay = new Set<string>();
  private readonly results = new Results();
  private view: Sees | null = null;

  constructor(private readonly config: SocketConfig) {}

  /** A fact that is told now is sent now. */
  get canTell(): boolean {
    return this.welcomed && this.pause === undefined;
  }

  start(session: string): void {
    this.stop();
    this.session = session;
    this.failures = 0;
    this.connect();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.session = '';
    const socket = this.socket;
    this.socket = null;
    this.forgetConversation();
    socket?.close();
  }

  /** Tries at once instead of waiting, because the network or the tab came back. */
  hurry(): void {
    if (this.session === '' || this.socket) return;
    clearTimeout(this.timer);
    this.connect();
  }

  /** Sends what waits and is not under way, then what the page sees, if it waits for that. */
  pump(): void {
    if (!this.canTell) return;
    const { queue } = this.config;
    for (const e of queue.pending()) {
      if (this.underWay.size >= maxUnderWay) return;
      if (this.underWay.has(e.fact.key)) continue;
      if (!this.send({ type: 'event', event: { ...e.fact, age: queue.age(e) } })) return;
      this.underWay.add(e.fact.key);
      if (this.underWay.size === 1) this.listens();
    }
    const sees = this.view;
    this.view = null;
    if (sees) this.send({ type: 'sees', sees });
  }

  /** Tells what the page sees, after all facts that are waiting: they say how it came to it. */
  see(sees: Sees): void {
    if (!this.welcomed) return;
    this.view = sees;
    this.pump();
  }

  front(front: Hello['front']): void {
    if (this.welcomed) this.send({ type: 'front', front });
  }

  /** How the agent stands in Omni-Channel; after a welcome it is told anew. */
  presence(presence: Presence): void {
    if (this.welcomed) this.send({ type: 'presence', presence });
  }

  answer(result: Result): void {
    if (!this.welcomed || !this.send({ type: 'result', result })) this.results.keep(result);
  }

  private connect(): void {
    const open = this.config.open ?? ((url) => new WebSocket(url));
    let socket: WebSocket;
    try {
      socket = open(this.config.url);
    } catch {
      this.retry(0);
      return;
    }
    this.socket = socket;
    this.timer = setTimeout(() => this.lost(socket, 0, ''), welcomeWithin);
    socket.onopen = () => {
      if (socket !== this.socket) return;
      this.send({ type: 'hello', hello: { version, session: this.session, ...this.config.hello() } });
    };
    socket.onmessage = (e: MessageEvent<unknown>) => {
      if (socket === this.socket) this.hear(e.data);
    };
    socket.onclose = (e) => this.lost(socket, e.code, e.reason);
  }

  private hear(data: unknown): void {
    const m = readMessage(data);
    if (!m) {
      console.warn('Patchcord: a message of the adapter was not understood');
      return;
    }
    this.take(m);
    this.listens();
  }

  /** Something has to be heard from now on, if facts are under way. */
  private listens(): void {
    const limit = this.acknowledged ? silentForOnceHeard : silentFor;
    this.silence.expect(this.underWay.size > 0 ? limit : null);
  }

  private take(m: ToPage): void {
    const { listener, queue } = this.config;
    switch (m.type) {
      case 'welcome':
        this.welcome(m.welcome);
        return;
      case 'ack':
        this.acknowledged = true;
        this.underWay.delete(m.ack.key);
        queue.acknowledge(m.ack.key);
        this.pump();
        return;
      case 'refusal':
        this.refused(m.refusal);
        return;
      case 'command':
        listener.command(m.command);
        return;
      case 'notice':
        listener.notice(m.notice);
        return;
      case 'over':
        listener.over(m.over.code);
        return;
      case 'caller':
        listener.caller(m.caller);
        return;
      case 'signedOut':
        this.end({ why: 'signIn', reason: '' });
        return;
      default:
        m satisfies never;
    }
  }

  /** Nothing is heard although something should be: another socket may get through. */
  private deaf(): void {
    if (this.socket) this.lost(this.socket, 0, '');
  }

  private welcome(welcome: Welcome): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.failures = 0;
    }, stableAfter);
    this.welcomed = true;
    for (const result of this.results.take()) this.answer(result);
    this.config.listener.welcome(welcome);
    this.pump();
  }

  /** What is never kept goes, so that it blocks nothing; otherwise nothing is sent for as long as the adapter says. */
  private refused(r: Refusal): void {
    this.underWay.delete(r.key);
    this.config.listener.refused(r);
    if (r.retryAfter === 0) {
      this.config.queue.forget(r.key, r.reason);
      this.pump();
      return;
    }
    const isNew = this.pause === undefined;
    clearTimeout(this.pause);
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.config.listener.paused(false);
      this.pump();
    }, r.retryAfter);
    if (isNew) this.config.listener.paused(true);
  }

  private lost(socket: WebSocket, code: number, reason: string): void {
    if (socket !== this.socket) return;
    const why = stops.get(code);
    if (why) {
      this.end({ why, reason });
      return;
    }
    this.socket = null;
    clearTimeout(this.timer);
    this.forgetConversation();
    socket.close();
    this.config.listener.away();
    this.retry(code);
  }

  private end(stop: Stop): void {
    const { session } = this;
    this.stop();
    this.config.listener.stopped(session, stop);
  }

  /** What holds for one socket only. */
  private forgetConversation(): void {
    this.welcomed = false;
    this.view = null;
    this.underWay.clear();
    this.acknowledged = false;
    this.silence.expect(null);
    if (this.pause === undefined) return;
    clearTimeout(this.pause);
    this.pause = undefined;
    this.config.listener.paused(false);
  }

  private retry(code: number): void {
    const wait = retryAfter(this.failures, (this.config.random ?? Math.random)(), code);
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  private send(m: FromPage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    const body = JSON.stringify(m);
    if (bytesOf(body) <= maxMessage) {
      this.socket.send(body);
      return true;
    }
    const smaller = smallerOf(m);
    console.error(`Patchcord: ${m.type} is too large for the adapter`);
    return smaller === null || this.send(smaller);
  }
}
