import type { Clock } from './clock.ts';
import type { Console } from './console.ts';
import type { Hand } from './telephony.ts';
import type { AgentFacts, ContactFacts, FromPage, Happening, Welcome } from './wire/read.ts';

/** Values for tests. */
export function aContact(part: Partial<ContactFacts> = {}): ContactFacts {
  return {
    contactId: 'c-1',
    initialContactId: 'c-1',
    type: 'voice',
    state: 'connecting',
    inbound: true,
    phoneNumber: '+12065550142',
    queueName: 'BasicQueue',
    queueARN: 'arn:queue',
    initiationMethod: 'inbound',
    attributes: {},
    since: 100,
    connectedAt: 0,
    duration: 0,
    ...part,
  };
}

export const anAgent: AgentFacts = {
  username: 'agent',
  name: 'Amelia Okafor',
  state: 'Available',
  since: 5,
  routingProfile: 'Basic',
};

export function aHappening(key: string, part: Partial<Happening> = {}): Happening {
  const contact = aContact({ contactId: key.split(':')[0] ?? key });
  return { source: 'connectVoiceContact', event: 'onConnecting', key, replay: false, contact, ...part };
}

export const aWelcome: Welcome = {
  agent: 'Amelia',
  ccpUrl: 'http://ccp.example/',
  settings: { region: 'us-east-1', defaultCountry: 'US', clickToDial: true },
  wants: [],
};

/** What can be done as an agent; all of it goes well. */
export function aHand(part: Partial<Hand> = {}): Hand {
  const nothing = async () => {};
  return {
    agent: async () => ({
      name: 'Amelia Okafor',
      username: 'agent',
      state: {
        name: 'Available',
        type: 'routable',
        agentStateARN: 'arn:available',
        startTimestamp: '2026-08-01T10:00:00.000Z',
      },
      softphoneEnabled: true,
      softphoneAutoAccept: false,
      extension: '',
      routingProfile: 'Basic',
      agentStates: [],
      dialableCountries: ['us'],
      mayDialOut: true,
    }),
    setStatus: nothing,
    mute: nothing,
    endpoints: async () => [],
    changePhone: nothing,
    logs: async () => '',
    hangUp: nothing,
    clear: nothing,
    ...part,
  };
}

/** A console that can do everything, and notes nothing. */
export function aConsole(part: Partial<Console> = {}): Console {
  const nothing = async () => {};
  return {
    answers: async () => true,
    ready: nothing,
    view: async () => ({}),
    onNavigation: () => {},
    clickToDial: { onClick: () => {}, enable: nothing },
    search: async () => ({}),
    pop: async () => null,
    layout: async () => ({}),
    refresh: nothing,
    resize: { height: nothing, width: nothing },
    completeWork: nothing,
    panel: { show: nothing, hide: nothing, setLabel: nothing, setIcon: nothing },
    ...part,
  };
}

/** Two clocks that the test sets. */
export class FakeClock implements Clock {
  constructor(
    private monotonic = 0,
    private epoch = 1_764_000_000_000,
  ) {}

  mono = (): number => this.monotonic;
  wall = (): number => this.epoch;

  passes(ms: number): void {
    this.monotonic += ms;
    this.epoch += ms;
  }

  /** Somebody sets the wall clock. */
  jumps(ms: number): void {
    this.epoch += ms;
  }

  /** The clocks as a page sees them that loads now. */
  reloaded(): FakeClock {
    return new FakeClock(0, this.epoch);
  }
}

/** Storage that several tabs share: each hears what the others change. */
export class SharedStorage {
  private readonly items = new Map<string, string>();
  private readonly ears = new Map<object, (name: string, value: string | null) => void>();
  /** UTF-16 units; what does not fit is refused, as browsers do. */
  quota = Number.POSITIVE_INFINITY;

  names(): string[] {
    return [...this.items.keys()];
  }

  tab(): { storage: Storage; hear(on: (name: string, value: string | null) => void): void } {
    const me = {};
    const { items } = this;
    const change = (name: string, value: string | null) => {
      if (value === null ? !items.delete(name) : items.get(name) === value) return;
      if (value !== null) items.set(name, value);
      for (const [ear, hear] of this.ears) if (ear !== me) hear(name, value);
    };
    const storage: Storage = {
      get length() {
        return items.size;
      },
      key: (i) => [...items.keys()][i] ?? null,
      getItem: (name) => items.get(name) ?? null,
      setItem: (name, value) => {
        const others = [...items].reduce((sum, [n, v]) => sum + (n === name ? 0 : n.length + v.length), 0);
        if (others + name.length + value.length > this.quota) throw new DOMException('full', 'QuotaExceededError');
        change(name, value);
      },
      removeItem: (name) => change(name, null),
      clear: () => items.clear(),
    };
    return { storage, hear: (on) => this.ears.set(me, on) };
  }
}

/** A browser's lock manager: one holder, and a queue. */
export class FakeLocks {
  private queue: { take: () => Promise<void>; signal: AbortSignal; done: (v: unknown) => void }[] = [];
  private held = false;

  request = (_name: string, { signal }: { signal: AbortSignal }, take: () => Promise<void>): Promise<unknown> =>
    new Promise((done, reject) => {
      signal.addEventListener('abort', () => {
        this.queue = this.queue.filter((q) => q.signal !== signal);
        reject(new DOMException('resigned', 'AbortError'));
      });
      this.queue.push({ take, signal, done });
      this.grant();
    });

  private grant(): void {
    if (this.held) return;
    const first = this.queue.shift();
    if (!first) return;
    this.held = true;
    void first.take().then((v) => {
      this.held = false;
      first.done(v);
      this.grant();
    });
  }
}

/** A socket whose far end is the test. */
export class FakeSocket extends EventTarget {
  readyState: number = WebSocket.CONNECTING;
  readonly sent: FromPage[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((e: MessageEvent<unknown>) => void) | null = null;
  onclose: ((e: CloseEvent) => void) | null = null;

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }

  hears(m: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data: typeof m === 'string' ? m : JSON.stringify(m) }));
  }

  acknowledges(...keys: string[]): void {
    for (const key of keys) this.hears({ type: 'ack', ack: { key } });
  }

  welcomes(part: Partial<Welcome> = {}): void {
    this.opens();
    this.hears({ type: 'welcome', welcome: { ...aWelcome, ...part } });
  }

  drops(code = 1006, reason = ''): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.(new CloseEvent('close', { code, reason }));
  }

  events(): string[] {
    return this.sent.flatMap((m) => (m.type === 'event' ? [m.event.key] : []));
  }

  kinds(): string[] {
    return this.sent.map((m) => m.type);
  }
}

/** The fake has every member that the conversation uses. */
export function asWebSocket(s: FakeSocket): WebSocket {
  const proxy: unknown = s;
  if (isSocket(proxy)) return proxy;
  throw new Error('not a socket');
}

function isSocket(v: unknown): v is WebSocket {
  return v instanceof FakeSocket;
}
