import { createContext, useContext } from 'react';
import type { Api } from './api.ts';
import type { Location } from './routes.ts';
import type { Session } from './wire.ts';

/** What every part of the console may ask for. */
export interface Desk {
  session: Session;
  api: Api;
  open(location: Location): void;
  /** Tells that something was done; it is read out. */
  say(message: string): void;
  may(permission: string): boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskContext around it');
  return desk;
}
