import { type Message, RefusedMessage } from './message.ts';
import type { MessageService } from './service.ts';

const mostSubscriptions = 100; // of one frame

/** What one frame has subscribed to, by the names that its page gave. */
export class FrameSubscriptions {
  private readonly ends = new Map<string, () => void>();

  constructor(
    private readonly service: MessageService,
    private readonly deliver: (subscription: string, message: Message) => void,
  ) {}

  subscribe(subscription: unknown, channel: unknown, hears?: () => boolean): void {
    if (typeof subscription !== 'string' || subscription.length > 100 || this.ends.has(subscription))
      throw new RefusedMessage('INVALID_PARAM', 'The subscription must have a name of its own.');
    if (this.ends.size >= mostSubscriptions)
      throw new RefusedMessage('LIMIT_EXCEEDED', `A page may have ${mostSubscriptions} subscriptions at most.`);
    const hear = (message: Message) => this.deliver(subscription, message);
    this.ends.set(subscription, this.service.subscribe(channel, hear, hears));
  }

  unsubscribe(subscription: unknown): void {
    const end = typeof subscription === 'string' ? this.ends.get(subscription) : undefined;
    if (!end || typeof subscription !== 'string')
      throw new RefusedMessage('INVALID_PARAM', 'There is no such subscription.');
    this.ends.delete(subscription);
    end();
  }

  /** The page has gone. */
  end(): void {
    for (const stop of this.ends.values()) stop();
    this.ends.clear();
  }
}
