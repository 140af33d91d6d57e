import type { SearchPop } from './wire/read.ts';

/** A number that somebody clicked, with the record that it stands on. */
export interface Click {
  number: string;
  details: Record<string, unknown>;
}

/** What the softphone asks of whatever is around it. Each method that asks resolves with the answer or rejects with a reason. */
export interface Host {
  /** There is a console around the page. */
  readonly inPanel: boolean;
  /** Tells the console that the softphone has started. */
  ready(): Promise<void>;
  /** The call centre's settings, by "/section/item". */
  settings(): Promise<Record<string, string>>;
  onClickToDial(listener: (click: Click) => void): void;
  /** What the console shows: its url, and the record if it is one. */
  view(): Promise<Record<string, unknown>>;
  onNavigation(listener: (view: Record<string, unknown>) => void): void;
  enableClickToDial(): Promise<void>;
  disableClickToDial(): Promise<void>;
  searchAndPop(pop: SearchPop): Promise<unknown>;
  pop(recordId: string): Promise<unknown>;
  saveLog(fields: Record<string, unknown>): Promise<unknown>;
  refresh(): Promise<void>;
  showPanel(): Promise<void>;
  setLabel(label: string): Promise<void>;
  setIcon(icon: string): Promise<void>;
}

/** No console: nothing to pop into, nobody clicks. */
export function aloneHost(): Host {
  const nothing = async () => {};
  const refuse = async (): Promise<never> => {
    throw new Error('This page is not inside a console.');
  };
  return {
    inPanel: false,
    ready: nothing,
    settings: async () => ({}),
    onClickToDial: () => {},
    view: async () => ({}),
    onNavigation: () => {},
    enableClickToDial: nothing,
    disableClickToDial: nothing,
    searchAndPop: refuse,
    pop: refuse,
    saveLog: refuse,
    refresh: refuse,
    showPanel: nothing,
    setLabel: nothing,
    setIcon: nothing,
  };
}
