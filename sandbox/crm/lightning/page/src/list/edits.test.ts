import { expect, test } from 'vitest';
import { refused, typed } from './edits.ts';

const row = { id: '003', object: 'Contact', name: 'Maya', values: { Title: 'Owner', Phone: null }, references: {} };

test('what is typed is remembered until it is what the record has anyway', () => {
  const once = typed({}, row, 'Title', 'Boss');
  expect(once).toEqual({ '003': { values: { Title: 'Boss' }, error: '' } });
  const twice = typed(once, row, 'Phone', '206');
  expect(twice['003']?.values).toEqual({ Title: 'Boss', Phone: '206' });
  expect(typed(once, row, 'Title', 'Owner')).toEqual({});
  expect(typed({}, row, 'Phone', '')).toEqual({});
});

test('what was refused stays with its reason, what was saved is gone; typing again clears the reason', () => {
  const edits = { a: { values: { Title: 'x' }, error: '' }, b: { values: { Title: 'y' }, error: '' } };
  const left = refused(edits, { b: 'Too long.' });
  expect(left).toEqual({ b: { values: { Title: 'y' }, error: 'Too long.' } });
  expect(typed(left, { ...row, id: 'b' }, 'Title', 'z').b?.error).toBe('');
});
