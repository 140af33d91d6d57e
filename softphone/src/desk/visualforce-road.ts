import { findOne, isMethod } from '../open-cti-host.ts';
import type { Road } from './road.ts';

/**
 * Through Visualforce's methods for the Lightning Message Service. `token` is what `$MessageChannel` gave the page, empty for a page of
 * an older package. Source: Visualforce developer guide, Communicating Across the DOM with Lightning Message Service.
 */
export function visualforceRoad(page: Window, token: string): Road {
  const call = (name: string, ...args: unknown[]): unknown => {
    const one = findOne(page);
    const method = one?.[name];
    if (token === '' || !isMethod(method)) throw new Error(`This page has no sforce.one.${name}.`);
    return Reflect.apply(method, one, args);
  };
  return {
    name: 'sforce.one',
    send: async (message) => {
      call('publish', token, message);
    },
    listen: (hear) => {
      let subscription: unknown;
      try {
        subscription = call('subscribe', token, hear, { scope: 'APPLICATION' });
      } catch {
        return () => {}; // sending says why
      }
      return () => {
        call('unsubscribe', subscription);
      };
    },
  };
}
