import { type Message, messageOf, messageText, RefusedMessage } from './message.ts';

/** A Lightning message channel of the org: its API name, and what Visualforce's $MessageChannel gives for it. */
export interface Channel {
  name: string; // AC_Desk__c
  token: string;
}

interface Subscription {
  channel: string;
  hear(message: Message): void;
  hears(): boolean;
}

/**
 * Lightning Message Service within one browser tab. Whoever subscribes to a channel hears what is published on it from then on, the
 * publisher too; each gets a copy, after the call that published it has returned.
 */
export class MessageService {
  private readonly subscriptions = new Set<Subscription>();

  constructor(private readonly channels: Channel[]) {}

  /** The API name of the channel that a Visualforce page's token stands for. */
  named(token: string): string {
    const channel = this.channels.find((c) => c.token === token);
    if (!channel) throw new RefusedMessage('UNKNOWN_CHANNEL', `${token} is no token of a message channel.`);
    return channel.name;
  }

  publish(channel: unknown, message: unknown): void {
    const name = this.known(channel);
    const text = messageText(message);
    queueMicrotask(() => {
      for (const s of [...this.subscriptions])
        if (s.channel === name && this.subscriptions.has(s) && s.hears()) this.deliver(s, text);
    });
  }

  /** Subscribes until the answer is called. `hears` says whether the subscriber's place is active: others hear nothing. */
  subscribe(channel: unknown, hear: (message: Message) => void, hears: () => boolean = () => true): () => void {
    const subscription = { channel: this.known(channel), hear, hears };
    this.subscriptions.add(subscription);
    return () => this.subscriptions.delete(subscription);
  }

  private known(channel: unknown): string {
    if (typeof channel !== 'string') throw new RefusedMessage('INVALID_PARAM', 'channelName must be text.');
    if (!this.channels.some((c) => c.name === channel))
      throw new RefusedMessage('UNKNOWN_CHANNEL', `There is no message channel ${channel}.`);
    return channel;
  }

  /** One hearer's trouble is not the next one's. */
  private deliver({ hear }: Subscription, text: string) {
    try {
      hear(messageOf(text));
    } catch (error) {
      window.reportError(error);
    }
  }
}
