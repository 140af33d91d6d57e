import type { WaitingList } from '../wire.ts';

/**
 * What is shown when the first page comes again: fresh, and below it what was shown of later pages. Of those, what ended meanwhile stays
 * until the page is opened again.
 */
export function refreshed(old: WaitingList | undefined, fresh: WaitingList): WaitingList {
  if (old === undefined || fresh.next === '') return fresh;
  const last = fresh.runs.at(-1);
  const at = old.runs.findIndex((run) => run.id === last?.id);
  if (at < 0 || at === old.runs.length - 1) return fresh;
  return { groups: fresh.groups, runs: [...fresh.runs, ...old.runs.slice(at + 1)], next: old.next };
}

/** The following page put below what is shown. */
export function more(shown: WaitingList, page: WaitingList): WaitingList {
  const known = new Set(shown.runs.map((run) => run.id));
  return {
    groups: shown.groups,
    runs: [...shown.runs, ...page.runs.filter((run) => !known.has(run.id))],
    next: page.next,
  };
}
