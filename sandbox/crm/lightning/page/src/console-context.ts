import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Api } from './api.ts';
import type { AuraHost } from './aura/host.ts';
import type { ConsoleState, ConsoleStore } from './console-state.ts';
import type { MessageService } from './messages/service.ts';
import type { OmniClient } from './omni/client.ts';
import type { Dialled } from './open-cti/frame.ts';
import type { Show } from './record/format.ts';
import type { Location } from './routes.ts';
import type { Bootstrap } from './wire.ts';

export { type Loaded, useLoad } from '@patchcord/ui/use-load.ts';

/** What every page of the console can reach. */
export interface Console {
  api: Api;
  store: ConsoleStore;
  start: Bootstrap;
  messages: MessageService;
  omni: OmniClient | null; // null: the app has no Omni-Channel
  aura: AuraHost;
  show: Show;
  under: string; // the workspace tab that the page is in; empty: none
  open(location: Location, title?: string): void;
  /** Opens below a workspace tab. */
  openUnder(workspace: string): (location: Location, title?: string) => void;
  dial(d: Dialled): void;
  /** Begins a call that Sales Engagement gave to the person. */
  startSalesCall(d: Dialled): void;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const value = useContext(ConsoleContext);
  if (!value) throw new Error('useConsole outside of the console');
  return value;
}

/** Reads one part of the console's state; the part must be a value that keeps its identity while it does not change. */
export function useConsoleState<T>(select: (s: ConsoleState) => T): T {
  const { store } = useConsole();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
