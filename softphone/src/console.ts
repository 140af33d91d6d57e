import type { CompleteWork, OpenTab, Presence, Search } from './wire/read.ts';

/** A number that somebody clicked, with the record that it stands on. */
export interface Click {
  number: string;
  details: Record<string, unknown>;
}

/** What the console shows: its address, and the record if it is one. */
export type View = Record<string, unknown>;

/** How the agent stands in Omni-Channel; all texts are empty while they are logged out. */
export type PresenceStatus = Omit<Presence, 'there'>;

/** Something in Omni-Channel, by the name and with the parameters that the platform gives it. */
export interface OmniEvent {
  name: string;
  params: Record<string, unknown>;
}

export interface OmniListener {
  event(e: OmniEvent): void;
  /** Whether Omni-Channel can be asked, and by which road, for logs. Said again when what answers is new. */
  stands(road: string | null): void;
}

/** Omni-Channel: a refusal has the platform's own words. */
export interface Omni {
  status(): Promise<PresenceStatus>;
  setStatus(statusId: string): Promise<PresenceStatus>;
  login(statusId: string): Promise<PresenceStatus>;
  logout(): Promise<void>;
  workload(): Promise<{ configuredCapacity: number; currentWorkload: number }>;
}

/** A primary tab of the console, or a subtab of one. */
export interface ConsoleTab {
  id: string;
  url: string;
  /** Empty if it shows none. */
  recordId: string;
  /** It is in front; of a primary tab also if one of its subtabs is. */
  focused: boolean;
  subtabs: ConsoleTab[];
}

export interface Tabs {
  /** Resolves with the tab's id. */
  open(tab: OpenTab): Promise<string>;
  close(id: string): Promise<void>;
  all(): Promise<ConsoleTab[]>;
}

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
  /** While the package's component answers. */
  readonly omni?: Omni | undefined;
  readonly tabs?: Tabs | undefined;
  /** Resolves with whether it answers, after a wait while it may only be about to. */
  readonly comes?: () => Promise<boolean>;
  /** From now on it is looked for; returns how to stop. */
  readonly onOmni?: (listener: OmniListener) => () => void;
}
