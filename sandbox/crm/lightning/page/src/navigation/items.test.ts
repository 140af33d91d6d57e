import { expect, test } from 'vitest';
import { addable, addLabel, moved, sameItems } from './items.ts';

const item = (label: string) => ({ object: label, label, singular: label, icon: 'standard:record' });
const items = ['Home', 'Contacts', 'Cases'].map(item);
const labels = (list: typeof items) => list.map((i) => i.label).join(' ');

test.each([
  [0, 2, 'Contacts Cases Home'],
  [2, 0, 'Cases Home Contacts'],
  [1, 1, 'Home Contacts Cases'],
  [2, 3, 'Home Contacts Cases'],
  [0, -1, 'Home Contacts Cases'],
])('the item at %i moved to %i', (from, to, want) => {
  expect(labels(moved(items, from, to))).toBe(want);
});

test('what is there already cannot be added, the rest is found by a part of its name and stands in order', () => {
  const available = [...items, item('Tasks'), item('AC CTI Adapters')];
  expect(labels(addable(available, items, ''))).toBe('AC CTI Adapters Tasks');
  expect(labels(addable(available, items, ' cti '))).toBe('AC CTI Adapters');
});

test('the button counts what it adds', () => {
  expect([0, 1, 2].map(addLabel)).toEqual(['Add 0 Nav Items', 'Add 1 Nav Item', 'Add 2 Nav Items']);
});

test('order is part of what the items are', () => {
  expect(sameItems(items, [...items])).toBe(true);
  expect(sameItems(items, moved(items, 0, 1))).toBe(false);
});
