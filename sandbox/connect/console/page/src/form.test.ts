import { expect, test } from 'vitest';
import { clock, difference, type Field, missing, timeOf, visible } from './form.ts';

const fields: Field[] = [
  { name: 'Name', label: 'Name', kind: 'text', required: true },
  { name: 'Most', label: 'Most', kind: 'number' },
  { name: 'Desk', label: 'Desk number', kind: 'text', required: true, when: { field: 'Phone', is: 'DESK_PHONE' } },
];

test.each([
  ['all is there', { Name: 'x', Most: '3', Phone: 'SOFT_PHONE' }, {}],
  ['blanks are nothing', { Name: '  ' }, { Name: 'Complete this field: Name.' }],
  ['a number is whole', { Name: 'x', Most: '1.5' }, { Most: 'Enter a whole number.' }],
  ['a field that shows is needed', { Name: 'x', Phone: 'DESK_PHONE' }, { Desk: 'Complete this field: Desk number.' }],
])('%s', (_, values, want) => {
  expect(missing(fields, values)).toEqual(want);
});

test('a field shows only while its condition holds', () => {
  expect(fields.map((f) => visible(f, { Phone: 'DESK_PHONE' }))).toEqual([true, true, true]);
  expect(fields.map((f) => visible(f, {}))).toEqual([true, true, false]);
});

test('difference and times', () => {
  expect(difference(['a', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a'] });
  expect(clock(timeOf('09:05'))).toBe('09:05');
});
