import { FrameSubscriptions } from './frame-subscriptions.ts';
import { RefusedMessage } from './message.ts';
import { isAsk, told } from './protocol.ts';
import type { MessageService } from './service.ts';

/** One frame at the message service by sforce.one. */
export interface PageDoor {
  /** Does what a message asks; the caller has checked where it comes from. */
  hear(data: unknown): void;
  /** The page has gone. */
  end(): void;
}

/**
 * The console's end of sforce.one in one frame. `post` sends to the frame; `active` says whether its place in the console is in front:
 * elsewhere only subscriptions for the whole application hear.
 */
export function pageDoor(
  service: MessageService,
  nonce: string,
  post: (data: unknown) => void,
  active: () => boolean,
): PageDoor {
  const own = new FrameSubscriptions(service, (subscription, message) =>
    post(told(nonce, { kind: 'message', subscription, message })),
  );
  const perform = (data: unknown) => {
    if (!isAsk(data, nonce)) return;
    switch (data.kind) {
      case 'publish':
        return service.publish(service.named(data.channel), data.message);
      case 'subscribe':
        return own.subscribe(data.subscription, service.named(data.channel), data.everywhere ? undefined : active);
      case 'unsubscribe':
        return own.unsubscribe(data.subscription);
      default:
        return data satisfies never;
    }
  };
  return {
    hear(data) {
      try {
        perform(data);
      } catch (error) {
        if (!(error instanceof RefusedMessage)) throw error;
        post(told(nonce, { kind: 'refused', reason: error.message }));
      }
    },
    end: () => own.end(),
  };
}
