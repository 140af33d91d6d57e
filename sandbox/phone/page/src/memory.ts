const key = 'patchcord.handset';

/** What this browser keeps of a handset. */
export interface Kept {
  own: string;
  withheld: boolean;
}

/** Reads what was kept; a browser that keeps nothing, or something strange, has a new handset. */
export function recall(storage: () => Storage): Kept {
  try {
    const parsed: unknown = JSON.parse(storage().getItem(key) ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return { own: '', withheld: false };
    const own = 'own' in parsed && typeof parsed.own === 'string' && /^\+\d{7,15}$/.test(parsed.own) ? parsed.own : '';
    return { own, withheld: 'withheld' in parsed && parsed.withheld === true };
  } catch {
    return { own: '', withheld: false };
  }
}

export function keep(storage: () => Storage, kept: Kept): void {
  try {
    storage().setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
