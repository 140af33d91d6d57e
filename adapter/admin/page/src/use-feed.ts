import { useCallback, useEffect, useReducer, useRef } from 'react';
import { asRefusal } from './api.ts';
import { empty, type Feed, type FeedEvent, next } from './feed.ts';

const often = 5_000; // milliseconds from one answer to the next question

export interface Fed<T> {
  feed: Feed<T>;
  /** Asks now. */
  again(): void;
  /** Changes what is there, if it still answers what this was made for. */
  change(change: (value: T) => T): void;
}

interface Options<T> {
  /** Milliseconds from one answer to the next question. */
  every?: number;
  /** Makes one of what was there and what came; without it what came replaces all. */
  fold?(old: T | undefined, fresh: T): T;
  /** What was there when this was last to be seen. */
  kept?: Feed<T> | undefined;
}

const replace = <T>(_: T | undefined, fresh: T): T => fresh;

/**
 * Asks now, when the key changes, and every five seconds while somebody can see the page. A page that comes back to the front
 * asks at once; where nobody is signed in, only that is waited for.
 */
export function useFeed<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { every = often, fold = replace, kept }: Options<T> = {},
): Fed<T> {
  const [state, dispatch] = useReducer(next<T>, kept?.key === key ? kept : empty<T>(key));
  const asking = useRef(() => {});
  const how = useRef({ load, fold });
  how.current = { load, fold };
  useEffect(() => {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    const tell = (mine: number, event: FeedEvent<T>) => {
      if (mine !== turn || end.signal.aborted) return;
      dispatch(event);
      if (event.is !== 'refused' || event.refusal.trouble !== 'unsigned') timer = setTimeout(ask, every);
    };
    const ask = () => {
      clearTimeout(timer);
      if (document.hidden || end.signal.aborted) return;
      turn++;
      const mine = turn;
      how.current.load(end.signal).then(
        (value) => tell(mine, { is: 'came', key, value, at: Date.now(), fold: how.current.fold }),
        (error: unknown) => tell(mine, { is: 'refused', key, refusal: asRefusal(error) }),
      );
    };
    asking.current = ask;
    document.addEventListener('visibilitychange', ask);
    window.addEventListener('online', ask);
    ask();
    return () => {
      end.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', ask);
      window.removeEventListener('online', ask);
    };
  }, [key, every]);
  const again = useCallback(() => asking.current(), []);
  const change = useCallback((c: (value: T) => T) => dispatch({ is: 'changed', key, change: c }), [key]);
  return { feed: state.key === key ? state : empty<T>(key), again, change };
}
