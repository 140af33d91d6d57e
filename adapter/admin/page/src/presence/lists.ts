import { day, here, type Reader } from '../time.ts';
import type { PresenceAgents, PresenceChange, PresenceHistory } from './answers.ts';

/** The first page as it comes again, and below it what was shown of later pages. */
export function refreshedAgents(old: PresenceAgents | undefined, fresh: PresenceAgents): PresenceAgents {
  if (old === undefined || fresh.next === '' || old.agents.length <= fresh.agents.length) return fresh;
  const rest = { ...old, agents: old.agents.slice(fresh.agents.length) };
  return { ...moreAgents(fresh, rest), total: fresh.total, needing: fresh.needing };
}

/** The following page put below what is shown; an agent who moved in between is shown once. */
export function moreAgents(shown: PresenceAgents, page: PresenceAgents): PresenceAgents {
  const known = new Set(shown.agents.map((a) => a.agent.userId));
  return { ...page, agents: [...shown.agents, ...page.agents.filter((a) => !known.has(a.agent.userId))] };
}

/** Changes never change: what is fresh goes on top of what was shown, if the two touch. */
export function refreshedHistory(old: PresenceHistory | undefined, fresh: PresenceHistory): PresenceHistory {
  const last = fresh.changes.at(-1);
  if (old === undefined || last === undefined || fresh.next === '') return fresh;
  const at = old.changes.findIndex((c) => c.id === last.id);
  if (at < 0 || at === old.changes.length - 1) return fresh;
  return { ...fresh, changes: [...fresh.changes, ...old.changes.slice(at + 1)], next: old.next };
}

export function moreHistory(shown: PresenceHistory, page: PresenceHistory): PresenceHistory {
  const known = new Set(shown.changes.map((c) => c.id));
  return { ...page, changes: [...shown.changes, ...page.changes.filter((c) => !known.has(c.id))] };
}

/** The changes by their day in the reader's zone, in their order. */
export function days(changes: PresenceChange[], now: Date, reader: Reader = here()) {
  const out: { name: string; changes: PresenceChange[] }[] = [];
  for (const change of changes) {
    const name = day(change.at, now, reader);
    const last = out.at(-1);
    if (last?.name === name) last.changes.push(change);
    else out.push({ name, changes: [change] });
  }
  return out;
}
