import { isFields, readSettings, type Settings, text } from './wire/read.ts';

/** What outlives the page: the session with the adapter and where the panel is. */
export interface Remembered {
  session: string;
  ccpUrl: string;
  /** What the adapter record says; null until the adapter has told. */
  settings: Settings | null;
  /** When the agent signed in, epoch milliseconds: tells sign-ins apart. */
  since: number;
  /** When a sign-in brought a panel to life, epoch milliseconds: the panels of other tabs may try again. */
  panelAt: number;
  /** Events that the adapter wants beyond those that are always told. */
  wants: readonly string[];
}

const nothing: Remembered = { session: '', ccpUrl: '', settings: null, since: 0, panelAt: 0, wants: [] };

/** Reads and writes it in the Visualforce origin's own storage, per user of the CRM. */
export class Memory {
  readonly key: string;

  constructor(
    private readonly storage: Storage,
    userId: string,
  ) {
    this.key = `patchcord:${userId}`;
  }

  read(): Remembered {
    return remembered(this.storage.getItem(this.key));
  }

  change(part: Partial<Remembered>): Remembered {
    const now = { ...this.read(), ...part };
    try {
      this.storage.setItem(this.key, JSON.stringify(now));
    } catch {
      // without storage a reload asks for a sign-in, nothing worse
    }
    return now;
  }
}

function remembered(kept: string | null): Remembered {
  try {
    const v: unknown = JSON.parse(kept ?? 'null');
    if (!isFields(v)) return nothing;
    return {
      session: text(v.session),
      ccpUrl: text(v.ccpUrl),
      settings: readSettings(v.settings),
      since: number(v.since),
      panelAt: number(v.panelAt),
      wants: Array.isArray(v.wants) ? v.wants.filter((w) => typeof w === 'string') : [],
    };
  } catch {
    return nothing;
  }
}

const number = (v: unknown): number => (typeof v === 'number' ? v : 0);
