import { createContext, useContext } from 'react';
import type { Bootstrap } from '../wire.ts';
import type { SetupLocation } from './location.ts';
import type { SetupApi } from './setup-api.ts';
import type { SetupStart } from './wire.ts';

/** What every screen of Setup can reach. */
export interface Setup {
  api: SetupApi;
  start: Bootstrap;
  setup: SetupStart;
  location: SetupLocation;
  /** Shows a node's home, or a classic page in it. */
  open(node: string, address?: string): void;
  /** A short message over the page. */
  say(tone: 'success' | 'error' | 'info', message: string): void;
  may(permission: string): boolean;
}

export const SetupContext = createContext<Setup | null>(null);

export function useSetup(): Setup {
  const value = useContext(SetupContext);
  if (!value) throw new Error('useSetup outside of Setup');
  return value;
}
