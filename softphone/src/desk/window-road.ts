import type { Road } from './road.ts';

/** Through the window around the page's frame, at the console's origin; empty for a page without a console. */
export function windowRoad(page: Window, origin: string): Road {
  return {
    name: 'postMessage',
    send: async (message) => {
      if (origin === '' || page.parent === page) throw new Error('This page stands in no console.');
      page.parent.postMessage(message, origin);
    },
    listen: (hear) => {
      const receive = (e: MessageEvent<unknown>) => {
        if (e.source === page.parent && e.origin === origin) hear(e.data);
      };
      page.addEventListener('message', receive);
      return () => page.removeEventListener('message', receive);
    },
  };
}
