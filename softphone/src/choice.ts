import { isFields, text } from './wire/read.ts';

/** A record that a search found. */
export interface Match {
  recordId: string;
  object: string;
  name: string;
}

/**
 * What a person has to choose from after a search: several records were found, and the console opened none because the softphone
 * layout says so. One match, or a page that popped, leaves nothing to choose.
 */
export function choiceOf(answer: unknown): Match[] {
  if (!isFields(answer) || 'SCREEN_POP_DATA' in answer) return [];
  const found: Match[] = [];
  for (const [recordId, record] of Object.entries(answer)) {
    if (!isFields(record)) continue;
    found.push({ recordId, object: text(record.RecordType), name: text(record.Name) || recordId });
  }
  return found.length > 1 ? found : [];
}
