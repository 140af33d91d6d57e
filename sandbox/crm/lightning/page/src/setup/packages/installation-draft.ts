import { isRecord } from '../../decode.ts';

/** What a person told on the way to the installer. It is handed on within the browser's session, page by page. */
export interface Draft {
  about: Record<string, string>;
  terms: boolean;
  contact: boolean;
}

const keyOf = (listing: string) => `appexchange:${listing}`;

export function keepDraft(storage: Storage, listing: string, draft: Draft): void {
  try {
    storage.setItem(keyOf(listing), JSON.stringify(draft));
  } catch {
    return; // the form is then asked again
  }
}

export function readDraft(storage: Storage, listing: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(listing)) ?? 'null');
    if (!isRecord(kept) || !isRecord(kept.about)) return null;
    const about: Record<string, string> = {};
    for (const [name, value] of Object.entries(kept.about)) if (typeof value === 'string') about[name] = value;
    return { about, terms: kept.terms === true, contact: kept.contact === true };
  } catch {
    return null;
  }
}
