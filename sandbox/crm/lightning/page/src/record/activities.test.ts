import { expect, test } from 'vitest';
import type { Scalar } from '../decode.ts';
import { isOverdue, lasted, timeline, today } from './activities.ts';

const task = (id: string, values: Record<string, Scalar>) => ({ id, object: 'Task', name: id, values, references: {} });

test('what is open comes first by its date, what is done by its month, newest first', () => {
  const shown = timeline([
    task('done in January', { IsClosed: true, ActivityDate: '2026-01-09' }),
    task('some day', { IsClosed: false, ActivityDate: null }),
    task('tomorrow', { IsClosed: false, ActivityDate: '2026-03-03' }),
    task('call in March', { IsClosed: true, ActivityDate: null, CreatedDate: '2026-03-01T10:00:00.000+0000' }),
    task('yesterday', { IsClosed: false, ActivityDate: '2026-03-01' }),
    task('also in January', { IsClosed: true, ActivityDate: '2026-01-20' }),
  ]);
  expect(shown.ahead.map((t) => t.id)).toEqual(['yesterday', 'tomorrow', 'some day']);
  expect(shown.past.map((m) => [m.month, ...m.tasks.map((t) => t.id)])).toEqual([
    ['2026-03', 'call in March'],
    ['2026-01', 'also in January', 'done in January'],
  ]);
});

test('overdue is open and before today', () => {
  const due = (values: Record<string, Scalar>) => isOverdue(task('t', values), '2026-03-02');
  expect(due({ IsClosed: false, ActivityDate: '2026-03-01' })).toBe(true);
  expect(due({ IsClosed: false, ActivityDate: '2026-03-02' })).toBe(false);
  expect(due({ IsClosed: true, ActivityDate: '2026-03-01' })).toBe(false);
  expect(due({ IsClosed: false, ActivityDate: null })).toBe(false);
});

test('today is that of the person', () => {
  const now = new Date('2026-03-02T05:00:00Z');
  expect(today(now, 'America/Los_Angeles')).toBe('2026-03-01');
  expect(today(now, 'Nowhere/Land')).toBe('2026-03-02');
});

test.each([
  [65, '1:05'],
  [0, '0:00'],
  [null, ''],
  [-1, ''],
])('a call of %j seconds lasted %j', (seconds, text) => {
  expect(lasted(task('t', { CallDurationInSeconds: seconds }))).toBe(text);
});
