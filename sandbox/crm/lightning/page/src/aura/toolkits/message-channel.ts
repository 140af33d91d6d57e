import { type Message, messageOf, messageText } from '../../messages/message.ts';
import type { MessageService } from '../../messages/service.ts';
import type { AuraComponent, Toolkit } from '../component.ts';
import type { Node } from '../definition.ts';

/** What the listener of a message channel gets in place of an event. */
class ChannelMessage {
  constructor(private readonly message: Message) {}
  getParam = (name: string): unknown => this.message[name];
  getParams = (): Message => ({ ...this.message });
}

/**
 * lightning:messageChannel: publishes, and hears while its component is rendered. A component in the utility bar is always active, so its
 * scope changes nothing. Source: component reference, lightning:messageChannel.
 */
export function messageChannel(service: MessageService, node: Node, component: AuraComponent): Toolkit {
  const channel = node.attributes.type;
  let end = () => {};
  return {
    methods: {
      publish(message) {
        if (!component.isRendered)
          throw new Error(
            'lightning:messageChannel: publish works once the component is rendered, not in its init handler.',
          );
        service.publish(channel, messageOf(messageText(message)));
      },
    },
    rendered() {
      const { onMessage } = node.attributes;
      if (onMessage === undefined) return;
      const stop = service.subscribe(channel, (message) => component.act(onMessage, new ChannelMessage(message)));
      end = () => stop();
    },
    destroyed: () => end(),
  };
}
