import { asker, findOpenCti, isMethod } from '../open-cti-host.ts';
import { isFields } from '../wire/read.ts';
import type { Road } from './road.ts';

/**
 * Through Open CTI's own methods for the Lightning Message Service. The channel goes by its API name, without the namespace of the org.
 * Source: Open CTI developer guide, Lightning Message Service methods for Lightning Experience (since version 47.0).
 */
export function openCtiRoad(page: Window, channelName: string): Road {
  const api = () => findOpenCti(page) ?? {};
  return {
    name: 'Open CTI',
    send: async (message) => {
      await asker(api())('publish', { channelName, message });
    },
    listen: (hear) => {
      const { subscribe } = api();
      let isOver = false;
      let subscription: unknown;
      const leave = () => {
        if (isFields(subscription)) asker(api())('unsubscribe', { subscription }).catch(() => {}); // nothing is heard any more
      };
      if (isMethod(subscribe))
        subscribe({
          channelName,
          listener: (message: unknown) => {
            if (!isOver) hear(message);
          },
          callback: (answer: unknown) => {
            subscription = subscriptionOf(answer);
            if (isOver) leave();
          },
        });
      return () => {
        isOver = true;
        leave();
      };
    },
  };
}

/** The guide's example has it beside `success`; the convention of all other methods is to return it. */
function subscriptionOf(answer: unknown): unknown {
  return isFields(answer) ? (answer.subscription ?? answer.returnValue) : null;
}
