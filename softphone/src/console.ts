import type { CompleteWork, Search } from './wire/read.ts';

/** A number that somebody clicked, with the record that it stands on. */
export interface Click {
  number: string;
  details: Record<string, unknown>;
}

/** What the console shows: its address, and the record if it is one. */
export type View = Record<string, unknown>;

/**
 * The console around the page: what a front has to be able to do. Each method that asks resolves with the answer, or rejects with a
 * reason that a person may read. What a console may lack is asked by its presence: a command for it is answered as *unable*.
 */
export interface Console {
  /** Whether there is one: resolves with false if nothing has answered in time, milliseconds. */
  answers(within: number): Promise<boolean>;
  /** Tells it that the softphone has started. */
  ready(): Promise<void>;
  view(): Promise<View>;
  onNavigation(listener: (view: View) => void): void;
  readonly clickToDial?: {
    onClick(listener: (click: Click) => void): void;
    /** Makes numbers links, or text again. */
    enable(on: boolean): Promise<void>;
  };
  /** Searches, and pops what the softphone layout says unless deferred. Resolves with records by id, and what is to pop. */
  readonly search?: (s: Search) => Promise<unknown>;
  /** Opens a record, or whatever else the type says. */
  readonly pop?: (type: string, params: object) => Promise<unknown>;
  /** The softphone layout of the person. */
  readonly layout?: () => Promise<unknown>;
  /** Loads the record in front again. */
  readonly refresh?: () => Promise<void>;
  readonly panel?: {
    show(): Promise<void>;
    hide(): Promise<void>;
    setLabel(label: string): Promise<void>;
    /** Name of an icon of the platform. */
    setIcon(icon: string): Promise<void>;
  };
  /** Pixels. */
  readonly resize?: { height(px: number): Promise<void>; width(px: number): Promise<void> };
  /** Sales Engagement: somebody begins a piece of work. */
  readonly onWorkStart?: (listener: (work: Record<string, unknown>) => void) => void;
  /** … and it is done. */
  readonly completeWork?: (w: CompleteWork) => Promise<void>;
}
