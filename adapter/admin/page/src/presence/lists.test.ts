import { expect, test } from 'vitest';
import type { PresenceAgent, PresenceAgents, PresenceChange, PresenceHistory } from './answers.ts';
import { days, moreAgents, moreHistory, refreshedAgents, refreshedHistory } from './lists.ts';

const stand = { value: 'Available', label: '', since: '', by: null };
const agent = (userId: string): PresenceAgent => ({
  agent: { userId, name: userId, username: '' },
  pages: 1,
  centre: stand,
  org: stand,
  troubles: [],
  stopped: '',
});
const agents = (ids: string, next: string, needing = 0): PresenceAgents => ({
  agents: [...ids].map(agent),
  next,
  total: 9,
  needing,
});
const idsOf = (list: PresenceAgents) => list.agents.map((a) => a.agent.userId).join('');

test('an agent who moves to the front is there once, and later pages stay', () => {
  const shown = moreAgents(agents('abc', 'c'), agents('cde', 'e'));
  expect([idsOf(shown), shown.next]).toEqual(['abcde', 'e']);
  const fresh = refreshedAgents(shown, agents('eab', 'b', 1));
  expect([idsOf(fresh), fresh.next, fresh.needing]).toEqual(['eabd', 'e', 1]);
  expect(idsOf(refreshedAgents(shown, agents('ab', '')))).toBe('ab');
});

const change = (id: number, at: string): PresenceChange => ({
  id,
  at,
  side: 'org',
  from: '',
  fromLabel: '',
  to: 'Meal',
  toLabel: '',
  cause: 'rule',
  by: { code: '', args: {}, sentence: '' },
});
const history = (ids: number[], next: string): PresenceHistory => ({
  agent: agent('a'),
  changes: ids.map((id) => change(id, '2026-03-02T09:00:00Z')),
  next,
});
const changesOf = (h: PresenceHistory) => h.changes.map((c) => c.id);

test('new changes come on top of those that were shown; where they do not touch, only they stay', () => {
  const shown = moreHistory(history([6, 5, 4], '4'), history([4, 3, 2], '2'));
  expect(changesOf(shown)).toEqual([6, 5, 4, 3, 2]);
  const fresh = refreshedHistory(shown, history([7, 6, 5], '5'));
  expect([changesOf(fresh), fresh.next]).toEqual([[7, 6, 5, 4, 3, 2], '2']);
  expect(changesOf(refreshedHistory(shown, history([20, 19, 18], '18')))).toEqual([20, 19, 18]);
  expect(changesOf(refreshedHistory(shown, history([], '')))).toEqual([]);
});

test('changes stand under their day in the zone of whoever reads', () => {
  const at = [change(3, '2026-03-02T00:30:00Z'), change(2, '2026-03-01T23:30:00Z'), change(1, '2026-03-01T09:00:00Z')];
  const now = new Date('2026-03-02T12:00:00Z');
  const read = (zone: string) => days(at, now, { locale: 'en-GB', zone }).map((d) => `${d.name} ${d.changes.length}`);
  expect(read('UTC')).toEqual(['Today 1', 'Yesterday 2']);
  expect(read('Europe/Berlin')).toEqual(['Today 2', 'Yesterday 1']);
});
