import { expect, test } from 'vitest';
import { asked, everything, format, fromField, parse, question, toField } from './filter.ts';

const now = new Date('2026-03-02T09:00:00Z');

test('a span that ends now becomes a time', () => {
  const from = (time: 'hour' | 'day' | 'week') => question({ ...everything, time }, now).get('from');
  expect(from('hour')).toBe('2026-03-02T08:00:00.000Z');
  expect(from('day')).toBe('2026-03-01T09:00:00.000Z');
  expect(from('week')).toBe('2026-02-23T09:00:00.000Z');
  expect(question({ ...everything, time: 'hour' }, now).has('time')).toBe(false);
});

test('today begins at midnight here', () => {
  const from = question({ ...everything, time: 'today' }, now).get('from') ?? '';
  expect(new Date(from).getHours()).toBe(0);
  expect(new Date(from).toDateString()).toBe(now.toDateString());
});

test('what is empty, or only spaces, is not asked for', () => {
  expect(question({ ...everything, number: '  ', queue: ' Sales ' }, now).toString()).toBe('queue=Sales');
  expect(asked({ ...everything, number: '  ' })).toBe(0);
  expect(asked({ ...everything, number: '1', time: 'hour' })).toBe(2);
});

test('a field of the address is bounded', () => {
  expect(parse(new URLSearchParams({ number: '1'.repeat(5_000) })).number).toHaveLength(200);
});

test('between two times without times asks for everything', () => {
  const filter = { ...everything, time: 'between' } as const;
  expect(question(filter, now).toString()).toBe('');
  expect(parse(format(filter))).toEqual(filter);
});

test('a field of the browser and the address mean the same minute', () => {
  expect(fromField(toField('2026-03-02T09:05:00.000Z'))).toBe('2026-03-02T09:05:00.000Z');
  expect(toField('')).toBe('');
  expect(fromField('')).toBe('');
});
