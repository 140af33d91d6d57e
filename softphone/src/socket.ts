import type { Outbox } from './outbox.ts';
import {
  type Command,
  type FromPage,
  type Happening,
  maxMessage,
  type Notice,
  type Result,
  readMessage,
  version,
  type Welcome,
} from './wire/read.ts';

/** What the socket tells the page. */
export interface Listener {
  welcome(welcome: Welcome): void;
  command(command: Command): void;
  notice(notice: Notice): void;
  /** The adapter cannot be reached; the socket goes on trying. */
  away(): void;
  /** The session is not good any more; the socket has stopped. */
  signedOut(): void;
}

export interface SocketConfig {
  url: string;
  page: string;
  build: string;
  inPanel: boolean;
  outbox: Outbox;
  listener: Listener;
  open?: (url: string) => WebSocket;
  random?: () => number;
}

/** The adapter closes with it when the page has to sign in. */
const signIn = 4401;
/** Waits, in milliseconds. */
const firstRetry = 500;
const longestRetry = 30_000;
const welcomeWithin = 8_000;
/** Results that wait for a socket. */
const maxResults = 100;

/** How long to wait before the attempt after `failures` failures: doubling, and never all pages at once. */
export function retryAfter(failures: number, random: number): number {
  const ceiling = Math.min(longestRetry, firstRetry * 2 ** Math.min(failures, 16));
  return ceiling / 2 + (ceiling / 2) * random;
}

/**
 * The page's conversation with the adapter. Events go through the outbox, so they are sent again until acknowledged; a
 * dropped socket comes back by itself, with a growing wait.
 */
export class AdapterSocket {
  private socket: WebSocket | null = null;
  private session = '';
  private welcomed = false;
  private failures = 0;
  private lastCommand = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private results: Result[] = [];

  constructor(private readonly config: SocketConfig) {}

  get connected(): boolean {
    return this.welcomed;
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
    this.welcomed = false;
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Tries at once instead of waiting, because the network or the tab came back. */
  hurry(): void {
    if (this.session === '' || this.socket) return;
    clearTimeout(this.timer);
    this.connect();
  }

  tell(happening: Happening): void {
    const event = this.config.outbox.add(happening);
    if (this.welcomed) this.send({ type: 'event', event });
  }

  answer(result: Result): void {
    if (this.welcomed && this.send({ type: 'result', result })) return;
    this.results.push(result);
    if (this.results.length > maxResults) this.results.shift();
  }

  private connect(): void {
    const open = this.config.open ?? ((url) => new WebSocket(url));
    let socket: WebSocket;
    try {
      socket = open(this.config.url);
    } catch {
      this.retry();
      return;
    }
    this.socket = socket;
    this.timer = setTimeout(() => this.lost(socket, 0), welcomeWithin);
    socket.onopen = () => this.hello(socket);
    socket.onmessage = (e: MessageEvent<unknown>) => {
      if (socket === this.socket) this.hear(e.data);
    };
    socket.onclose = (e) => this.lost(socket, e.code);
  }

  private hello(socket: WebSocket): void {
    if (socket !== this.socket) return;
    this.send({
      type: 'hello',
      hello: {
        version,
        session: this.session,
        page: this.config.page,
        lastSeq: this.lastCommand,
        visible: document.visibilityState === 'visible',
        inPanel: this.config.inPanel,
        build: this.config.build,
      },
    });
  }

  private hear(data: unknown): void {
    const m = readMessage(data);
    if (!m) {
      console.warn('Patchcord: a message of the adapter was not understood');
      return;
    }
    switch (m.type) {
      case 'welcome':
        this.welcome(m.welcome);
        return;
      case 'ack':
        this.config.outbox.acknowledge(m.ack.seq);
        return;
      case 'command':
        this.lastCommand = Math.max(this.lastCommand, m.command.seq);
        this.config.listener.command(m.command);
        return;
      case 'notice':
        this.config.listener.notice(m.notice);
        return;
      case 'signedOut':
        this.stop();
        this.config.listener.signedOut();
        return;
      default:
        m satisfies never;
    }
  }

  private welcome(welcome: Welcome): void {
    clearTimeout(this.timer);
    this.welcomed = true;
    this.failures = 0;
    this.config.outbox.acknowledge(welcome.lastSeq);
    for (const event of [...this.config.outbox.pending()]) this.send({ type: 'event', event });
    for (const result of this.results.splice(0)) this.send({ type: 'result', result });
    this.config.listener.welcome(welcome);
  }

  private lost(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return;
    this.socket = null;
    this.welcomed = false;
    clearTimeout(this.timer);
    socket.close();
    if (code === signIn) {
      this.session = '';
      this.config.listener.signedOut();
      return;
    }
    this.config.listener.away();
    this.retry();
  }

  private retry(): void {
    const wait = retryAfter(this.failures, (this.config.random ?? Math.random)());
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), wait);
  }

  private send(m: FromPage): boolean {
    const body = JSON.stringify(m);
    if (body.length > maxMessage) {
      if (m.type === 'event') this.config.outbox.forget(m.event.seq);
      console.error(`Patchcord: ${m.type} of ${body.length} characters is too large for the adapter`);
      return m.type === 'result'
        ? this.send({ type: 'result', result: { id: m.result.id, ok: false, error: 'The result is too large.' } })
        : false;
    }
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(body);
    return true;
  }
}
