import type { Kind } from '../wire.ts';
import type { Work } from './wire.ts';

/** What a person calls a piece of work: Case 00001000. */
export function nameOf(work: Work, kinds: Record<string, Kind>): string {
  const label = kinds[work.recordId.slice(0, 3)]?.label ?? '';
  return `${label} ${work.name}`.trim();
}
