import { describe, expect, test } from 'vitest';
import type { Location } from '../routes.ts';
import {
  current,
  empty,
  mostTabs,
  next,
  plainLook,
  raised,
  restore,
  store,
  subtabs,
  type Workspace,
  type WorkspaceEvent,
  workspaces,
} from './tabs.ts';

const contact = (n: number): Location => ({
  at: 'record',
  object: 'Contact',
  id: `003${String(n).padStart(12, '0')}AAA`,
});
const run = (events: WorkspaceEvent[], from: Workspace = empty) => events.reduce(next, from);
const open = (n: number): WorkspaceEvent => ({ type: 'opened', location: contact(n) });

describe('workspace tabs', () => {
  test('a record opens as a tab of its own and has the focus', () => {
    const w = run([open(1), open(2)]);
    expect(w.tabs).toHaveLength(2);
    expect(current(w)).toEqual(contact(2));
  });
  test('a record that is open already is focused, not opened twice', () => {
    const w = run([open(1), open(2), open(1)]);
    expect(w.tabs).toHaveLength(2);
    expect(current(w)).toEqual(contact(1));
  });
  test('a list replaces the base and leaves the tabs', () => {
    const w = run([open(1), { type: 'opened', location: { at: 'list', object: 'Case', view: 'All' } }]);
    expect(w.tabs).toHaveLength(1);
    expect(current(w)).toEqual({ at: 'list', object: 'Case', view: 'All' });
  });
  test('closing the focused tab focuses its right neighbour, then the left one, then the base', () => {
    let w = run([open(1), open(2), open(3), { type: 'focused', id: 'ctab1' }, { type: 'closed', id: 'ctab1' }]);
    expect(current(w)).toEqual(contact(3));
    w = run([{ type: 'closed', id: 'ctab2' }], w);
    expect(current(w)).toEqual(contact(1));
    w = run([{ type: 'closed', id: 'ctab0' }], w);
    expect(w.focused).toBe('base');
  });
  test('closing another tab keeps the focus', () => {
    const w = run([open(1), open(2), { type: 'closed', id: 'ctab0' }]);
    expect(current(w)).toEqual(contact(2));
  });
  test('a deleted record takes its tab with it', () => {
    expect(run([open(1), { type: 'gone', location: contact(1) }]).tabs).toEqual([]);
  });
  test('events about tabs that do not exist change nothing', () => {
    const w = run([open(1)]);
    expect(
      run(
        [
          { type: 'focused', id: 'x' },
          { type: 'closed', id: 'x' },
          { type: 'gone', location: contact(9) },
        ],
        w,
      ),
    ).toBe(w);
  });
  test('the number of tabs is bounded', () => {
    const w = run(Array.from({ length: mostTabs + 5 }, (_, n) => open(n)));
    expect(w.tabs).toHaveLength(mostTabs);
    expect(current(w)).toEqual(contact(mostTabs + 4));
  });
  test('tabs and their titles survive a reload, unopened', () => {
    const w = run([open(1), { type: 'titled', location: contact(1), title: 'Maya Lindqvist' }]);
    const again = restore(store(w));
    expect(again.tabs).toEqual([
      {
        id: 'ctab0',
        location: contact(1),
        title: 'Maya Lindqvist',
        opened: false,
        parent: '',
        last: '',
        custom: plainLook,
      },
    ]);
    expect(again.focused).toBe('base');
  });
  const under = (n: number, id: string): WorkspaceEvent => ({ type: 'opened', location: contact(n), under: id });
  test('what is opened from a record is a subtab of its workspace, in front, and its workspace is raised', () => {
    const w = run([open(1), under(2, 'ctab0'), under(3, 'ctab0')]);
    expect(workspaces(w)).toHaveLength(1);
    expect(subtabs(w, 'ctab0').map((t) => t.location)).toEqual([contact(2), contact(3)]);
    expect(current(w)).toEqual(contact(3));
    expect(raised(w)).toBe('ctab0');
  });
  test('what is opened from a subtab stands beside it: there are two levels and no more', () => {
    const w = run([open(1), under(2, 'ctab0'), under(3, 'ctab1')]);
    expect(workspaces(w)).toHaveLength(2);
  });
  test('a workspace comes back to the front as it was left', () => {
    const w = run([open(1), under(2, 'ctab0'), open(3), { type: 'raised', id: 'ctab0' }]);
    expect(current(w)).toEqual(contact(2));
    expect(current(run([{ type: 'focused', id: 'ctab0' }], w))).toEqual(contact(1));
  });
  test('a closed subtab leaves its workspace in front; a closed workspace takes its subtabs along', () => {
    let w = run([open(9), open(1), under(2, 'ctab1'), { type: 'closed', id: 'ctab2' }]);
    expect(current(w)).toEqual(contact(1));
    w = run([under(3, 'ctab1'), { type: 'closed', id: 'ctab1' }], w);
    expect(w.tabs.map((t) => t.location)).toEqual([contact(9)]);
    expect(current(w)).toEqual(contact(9));
  });
  test('subtabs survive a reload below their workspace', () => {
    const again = restore(store(run([open(1), open(2), under(3, 'ctab1')])));
    expect(subtabs(again, 'ctab1').map((t) => t.location)).toEqual([contact(3)]);
    expect(next(again, open(4)).focused).toBe('ctab3');
  });
  test('the number of tabs is bounded with subtabs, too, and the workspace in front stays', () => {
    const w = run([open(1), ...Array.from({ length: mostTabs + 5 }, (_, n) => under(n + 2, 'ctab0'))]);
    expect(w.tabs).toHaveLength(mostTabs);
    expect(raised(w)).toBe('ctab0');
  });
  test.each([
    null,
    '',
    'nonsense',
    '[]',
    '{"base":1,"tabs":[]}',
    '{"base":"/lightning/page/home","tabs":[["https://elsewhere.example/lightning/nothing","x"],7,[1]]}',
  ])('a damaged memory %j is an empty workspace', (saved) => {
    expect(restore(saved)).toEqual(empty);
  });
});
