import { httpUrl } from './settings.ts';
import { isFields, text } from './wire/read.ts';

/** What outlives the page: the session with the adapter and where the panel is. */
export interface Remembered {
  session: string;
  ccpUrl: string;
  /** Where the agent signs in to it, if not there. */
  loginUrl: string;
  region: string;
  /** When the agent signed in, epoch milliseconds: tells sign-ins apart. */
  since: number;
}

const nothing: Remembered = { session: '', ccpUrl: '', loginUrl: '', region: '', since: 0 };

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
      const loginUrl = httpUrl(text(v.loginUrl));
      return { session: text(v.session), ccpUrl: text(v.ccpUrl), loginUrl, region: text(v.region), since };
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
