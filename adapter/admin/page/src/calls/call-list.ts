import { day, here, type Reader } from '../time.ts';
import type { Call, CallList } from '../wire.ts';

/** A contact comes once for each agent who had it. */
export const idOf = (call: Call): string => `${call.contactId} ${call.agent.userId || call.agent.username}`;

/**
 * What is shown when the first page comes again: the fresh page, and below it the older calls that were shown already. If so much came
 * between that the two do not touch, only the fresh page.
 */
export function refreshed(old: CallList | undefined, fresh: CallList): CallList {
  if (old === undefined || fresh.next === '' || old.calls.length <= fresh.calls.length) return fresh;
  const known = new Set(fresh.calls.map(idOf));
  const last = old.calls.findLastIndex((call) => known.has(idOf(call)));
  if (last < 0) return fresh;
  return { calls: [...fresh.calls, ...old.calls.slice(last + 1)], next: old.next };
}

/** The following page put below what is shown; a call that moved in between is shown once. */
export function more(shown: CallList, page: CallList): CallList {
  const known = new Set(shown.calls.map(idOf));
  return { calls: [...shown.calls, ...page.calls.filter((call) => !known.has(idOf(call)))], next: page.next };
}

export interface Day {
  name: string;
  calls: Call[];
}

/** The calls by their day in the reader's zone, in the order in which they came. */
export function days(calls: Call[], now: Date, reader: Reader = here()): Day[] {
  const out: Day[] = [];
  for (const call of calls) {
    const name = day(call.at, now, reader);
    const last = out.at(-1);
    if (last?.name === name) last.calls.push(call);
    else out.push({ name, calls: [call] });
  }
  return out;
}

/** Where a key leads in a list of this length; -1 if it leads nowhere. */
export function step(key: string, at: number, length: number): number {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, length - 1);
    case 'ArrowUp':
      return at < 0 ? length - 1 : Math.max(at - 1, 0);
    case 'Home':
      return Math.min(0, length - 1);
    case 'End':
      return length - 1;
    default:
      return -1;
  }
}
