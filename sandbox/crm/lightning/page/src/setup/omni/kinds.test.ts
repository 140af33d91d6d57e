import { describe, expect, it } from 'vitest';
import { blank, isOnline, kinds, optionProblem } from './kinds.ts';

describe('presence statuses', () => {
  const status = (channels: string[]) => ({ ...blank(kinds.statuses), lists: { channels } });

  it('are online with service channels and busy without', () => {
    expect(isOnline(status(['Cases']))).toBe(true);
    expect(isOnline(status([]))).toBe(false);
    expect(isOnline(blank(kinds.queues))).toBe(false);
  });

  it('need a channel to be online, and none to be busy', () => {
    expect(optionProblem(true, [])).toContain('at least one service channel');
    expect(optionProblem(true, ['Cases'])).toBe('');
    expect(optionProblem(false, [])).toBe('');
  });

  it('name the channels as people know them', () => {
    const column = kinds.statuses.columns[1];
    expect(column?.of(status(['Cases', 'Gone']), { channels: [{ name: 'Cases', label: 'All Cases' }] })).toBe(
      'All Cases, Gone',
    );
  });
});

it('starts a form with what the platform starts with', () => {
  expect(blank(kinds.configurations)).toMatchObject({
    name: '',
    texts: { label: '', capacity: '' },
    flags: { enableAutoAccept: false, enableRequestSound: true, enableDisconnectSound: true },
    lists: { users: [], profiles: [] },
  });
});
