import type { Refusal } from './api.ts';

/**
 * Something that is asked for again and again. What was there stays to be seen while the adapter does not answer, but not once the person
 * may not see it any more.
 */
export interface Feed<T> {
  key: string; // what was asked for
  value: T | undefined;
  /** When value came, milliseconds since 1970. */
  at: number;
  refusal: Refusal | undefined;
}

export type FeedEvent<T> =
  | { is: 'came'; key: string; value: T; at: number; fold: (old: T | undefined, fresh: T) => T }
  | { is: 'refused'; key: string; refusal: Refusal }
  | { is: 'changed'; key: string; change: (value: T) => T };

export const empty = <T>(key: string): Feed<T> => ({ key, value: undefined, at: 0, refusal: undefined });

export function next<T>(feed: Feed<T>, event: FeedEvent<T>): Feed<T> {
  const mine = feed.key === event.key ? feed : empty<T>(event.key);
  switch (event.is) {
    case 'came': {
      const value = event.fold(mine.value, event.value);
      const same = mine.value !== undefined && JSON.stringify(value) === JSON.stringify(mine.value);
      return { key: event.key, value: same ? mine.value : value, at: event.at, refusal: undefined };
    }
    case 'refused': {
      const stays = event.refusal.trouble === 'away' || event.refusal.trouble === 'internal';
      return { ...mine, value: stays ? mine.value : undefined, refusal: event.refusal };
    }
    case 'changed':
      return feed.key === event.key && feed.value !== undefined ? { ...feed, value: event.change(feed.value) } : feed;
    default:
      return event satisfies never;
  }
}
