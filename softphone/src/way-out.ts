import { alone, logoutOf, type Standing, signOut } from './enhanced-logout.ts';
import type { Telephony } from './telephony.ts';
import { Refused } from './words.ts';

/** How long the contact centre may take to sign an agent out, in milliseconds. */
const within = 10_000;

export interface WayOutConfig {
  page: Window;
  user: string;
  telephony: Telephony;
  ccpUrl(): string;
  /** The agent is signed out once the contact is closed, or not any more. */
  leaving(leaving: boolean): void;
  failed(why: Refused): void;
}

/** The agent's way out: carries out what a status asks for that signs out. */
export class WayOut {
  private leaving = false;

  constructor(private readonly c: WayOutConfig) {}

  stands(s: Standing): void {
    const logout = logoutOf(s);
    if (this.leaving !== (logout === 'later')) {
      this.leaving = !this.leaving;
      this.c.leaving(this.leaving);
    }
    if (logout === 'now') void this.go();
  }

  /** As a status that signs out does, and says how it went. */
  async signOut(): Promise<void> {
    const { page, user, telephony } = this.c;
    const leave = async (address: string) => {
      await page.fetch(address, { mode: 'no-cors', credentials: 'include', signal: AbortSignal.timeout(within) });
    };
    const steps = { goOffline: () => telephony.goOffline(), leave, terminate: () => telephony.terminate() };
    await alone(page.navigator.locks, user, () => signOut(this.c.ccpUrl(), steps));
  }

  private async go(): Promise<void> {
    try {
      await this.signOut();
    } catch (e) {
      this.c.failed(e instanceof Refused ? e : new Refused('out.unreachable', {}, String(e)));
    }
  }
}
