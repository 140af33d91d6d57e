const kept = 'patchcord:heard-here';
const most = 20;

/** The contacts whose sound has been in this tab, also before the page was loaded again: then it is lost. */
export class HeardHere {
  /** A browser may deny a framed page the tab's storage: what was before a load is not known then. */
  constructor(private readonly storage: () => Pick<Storage, 'getItem' | 'setItem'>) {}

  note(contactId: string, here: boolean): void {
    const others = this.read().filter((id) => id !== contactId);
    try {
      this.storage().setItem(kept, JSON.stringify(here ? [...others, contactId].slice(-most) : others));
    } catch {
      // denied, or full
    }
  }

  has(contactId: string): boolean {
    return this.read().includes(contactId);
  }

  private read(): string[] {
    try {
      const v: unknown = JSON.parse(this.storage().getItem(kept) ?? '[]');
      return Array.isArray(v) ? v.filter((id) => typeof id === 'string') : [];
    } catch {
      return [];
    }
  }
}
