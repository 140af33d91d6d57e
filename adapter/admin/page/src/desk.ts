import { createContext, useContext } from 'react';
import type { Api } from './api.ts';
import type { Feed } from './feed.ts';
import type { Location } from './routes.ts';
import type { CallList, Me } from './wire.ts';

/** What of the list is kept while a call is open: what was shown, and the call that was opened, '' if none was. */
export interface Kept {
  list?: Feed<CallList>;
  opened: string;
}

/** What every part of the page can reach. */
export interface Desk {
  api: Api;
  me: Me;
  kept: Kept;
  location: Location;
  /** Goes somewhere; `replace` leaves no entry in the browser's history. */
  open(to: Location, how?: 'push' | 'replace'): void;
  /** Goes to where the person came from, or to the calls. */
  back(): void;
  /** Says something, once, to whoever looks or listens. */
  say(sentence: string): void;
  /** The sign-in is over, or the right is lost: asks again who is there. */
  whoAgain(): void;
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk outside of App');
  return desk;
}
