import { expect, test } from 'vitest';
import type { PresenceRule, PresenceTried } from './answers.ts';
import { ruleState, setWords, sideName, statusName } from './presence-words.ts';

test.each([
  ['Meal', 'At lunch', 'At lunch (Meal)'],
  ['Online', 'Online', 'Online'],
  ['Lunch', '', 'Lunch'],
  ['', '', 'Not known'],
])('a status %s that is labelled %s reads %s', (value, label, words) =>
  expect(statusName({ value, label })).toBe(words),
);

test('a side that is none says so', () => expect(sideName('')).toBe('No side'));

test.each([
  [true, [], 'Active'],
  [true, ['x'], 'Does nothing'],
  [false, ['x'], 'Inactive'],
] as const)('a rule, active %s with problems %s, is %s', (active, problems, word) => {
  const rule: PresenceRule = {
    id: '',
    name: '',
    source: '',
    when: '',
    any: false,
    criteria: 1,
    destination: 'org',
    value: '',
    label: '',
    order: 0,
    active,
    problems: [...problems],
    url: '',
  };
  expect(ruleState(rule).word).toBe(word);
});

test('what would be set, in sentences', () => {
  const nothing: PresenceTried = {
    problems: [],
    rules: [],
    sets: [],
    way: { steps: [], back: -1 },
    loops: [],
    undone: [],
  };
  expect(setWords(nothing)).toEqual(['Nothing would be set.']);
  const set = { side: 'org', value: 'Meal', label: 'At lunch', rule: 'r', already: false };
  expect(setWords({ ...nothing, sets: [set, { ...set, side: 'centre', label: '', already: true }] })).toEqual([
    'Omni-Channel would become At lunch (Meal), by the rule r.',
    'Amazon Connect is Meal already, as the rule r wants: nothing would be set.',
  ]);
});
