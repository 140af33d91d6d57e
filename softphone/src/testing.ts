import type { ContactFacts, FromPage, Happening } from './wire/read.ts';

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
    connectedAt: 0,
    duration: 0,
    ...part,
  };
}

export function aHappening(key: string): Happening {
  return { at: 1, source: 'connectVoiceContact', event: 'onConnecting', key, replay: false };
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

  welcomes(lastSeq = 0): void {
    this.opens();
    this.hears({
      type: 'welcome',
      welcome: {
        agent: 'Amelia',
        ccpUrl: 'http://ccp.example/',
        lastSeq,
        settings: { region: 'us-east-1', defaultCountry: 'US', clickToDial: true },
      },
    });
  }

  drops(code = 1006): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.(new CloseEvent('close', { code }));
  }

  events(): string[] {
    return this.sent.flatMap((m) => (m.type === 'event' ? [m.event.key] : []));
  }
}
