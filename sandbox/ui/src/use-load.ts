import { useEffect, useState } from 'react';

/** How far something is that is loaded. */
export type Loaded<T> = { is: 'loading' } | { is: 'ready'; value: T } | { is: 'failed'; error: Error };

/**
 * Loads when `key` changes. What was shown stays while its newer version is on the way: keys that differ after their first # only name
 * versions of the same.
 */
export function useLoad<T>(key: string, load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ base: string; loaded: Loaded<T> }>({ base: '', loaded: { is: 'loading' } });
  const base = key.split('#')[0] ?? key;
  useEffect(() => {
    let wanted = true;
    const settle = (loaded: Loaded<T>) => wanted && setState({ base, loaded });
    load().then(
      (value) => settle({ is: 'ready', value }),
      (error: unknown) => settle({ is: 'failed', error: error instanceof Error ? error : new Error('failed') }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  return state.base === base ? state.loaded : { is: 'loading' };
}
