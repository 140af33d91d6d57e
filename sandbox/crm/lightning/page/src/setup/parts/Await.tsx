import type { Loaded } from '../../console-context.ts';
import { Failed, Loading } from '../../shell/States.tsx';

/** Shown in place of what is on its way, or could not be had. */
export function Pending({ of, what }: { of: Exclude<Loaded<unknown>, { is: 'ready' }>; what: string }) {
  return of.is === 'loading' ? <Loading what={what} /> : <Failed error={of.error} />;
}

interface Props<T> {
  of: Loaded<T>;
  what: string;
  children(value: T): React.ReactNode;
}

export function Await<T>({ of, what, children }: Props<T>) {
  return of.is === 'ready' ? children(of.value) : <Pending of={of} what={what} />;
}
