import { expect, test } from 'vitest';
import type { Definition, Field, ObjectInfo } from '../wire.ts';
import { columnFields, filterFields, operationsOf, since, summary } from './view-form.ts';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  type: 'string',
  length: 80,
  required: false,
  createable: true,
  updateable: true,
  picklist: [],
  referenceTo: [],
  filterable: true,
  help: '',
  checked: false,
  ...more,
});
const fields = {
  Title: field('Title', { label: 'Title' }),
  Description: field('Description', { filterable: false }),
  Birthdate: field('Birthdate', { type: 'date' }),
  Id: field('Id', { filterable: false }),
};
const info = { fields } as unknown as ObjectInfo;

test('a field offers the operators that mean something for it', () => {
  expect(operationsOf(fields.Title)).toContain('startsWith');
  expect(operationsOf(fields.Birthdate)).toContain('greaterOrEqual');
  expect(operationsOf(fields.Birthdate)).not.toContain('contains');
  expect(operationsOf(field('Active', { type: 'boolean' }))).toEqual(['equals', 'notEqual']);
});

test('long texts are columns and no filters, ids are neither', () => {
  expect(filterFields(info).map((f) => f.name)).toEqual(['Birthdate', 'Title']);
  expect(columnFields(info).map((f) => f.name)).toEqual(['Birthdate', 'Description', 'Title']);
});

test('the line below the title counts, and says how the list is sorted and filtered', () => {
  const all: Definition = { label: 'All', scope: 'Everything', filters: [], columns: [] };
  expect(summary(1, false, all, '')).toBe('1 item');
  expect(summary(50, true, all, 'Name')).toBe('50+ items • Sorted by Name');
  const mine = { ...all, scope: 'Mine', filters: [{ field: 'Title', operation: 'equals', value: 'x' }] };
  expect(summary(2, false, mine, 'Name')).toBe('2 items • Sorted by Name • Filtered by 2 conditions');
});

test.each([
  [0, 'Updated a few seconds ago'],
  [60_000, 'Updated a minute ago'],
  [600_000, 'Updated 10 minutes ago'],
  [3_600_000, 'Updated an hour ago'],
  [9_000_000, 'Updated 2 hours ago'],
])('%i milliseconds ago is %j', (milliseconds, text) => {
  expect(since(milliseconds)).toBe(text);
});
