import { isFields, readSettings, type Settings, text } from './wire/read.ts';

/** What outlives the page: the session with the adapter and where the panel is. */
export interface Remembered {
  session: string;
  ccpUrl: string;
  /** What the adapter record says; null until the adapter has told. */
  settings: Settings | null;
  /** When the agent signed in, epoch milliseconds: tells sign-ins apart. */
  since: number;
}

const nothing: Remembered = { session: '', ccpUrl: '', settings: null, since: 0 };

/** Reads and writes it in the Visualforce origin's own storage, per user of the CRM. */
export class Memory {
  private readonly key: string;

  constructor(
    private readonly storage: Storage,
    userId: string,
  ) {
    this.key = `patchcord:${userId}`;
  }

  read(): Remembered {
    try {
      const v: unknown = JSON.parse(this.storage.getItem(this.key) ?? 'null');
      if (!isFields(v)) return nothing;
      const since = typeof v.since === 'number' ? v.since : 0;
      return { session: text(v.session), ccpUrl: text(v.ccpUrl), settings: readSettings(v.settings), since };
    } catch {
      return nothing;
    }
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
