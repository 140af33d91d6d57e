import { expect, test } from 'vitest';
import { day, local, pieces, utc, zoneNote } from './time.ts';

const berlin = { locale: 'en-GB', zone: 'Europe/Berlin' };

test('times are in the zone of whoever reads, with UTC beside them', () => {
  expect(local('2026-03-02T09:00:00.050Z', 'clock', berlin)).toBe('10:00:00');
  expect(local('2026-03-02T09:00:00.050Z', 'precise', berlin)).toBe('10:00:00.050');
  expect(local('2026-03-02T09:00:00Z', 'full', berlin)).toBe('2 Mar 2026, 10:00:00');
  expect(local('2026-07-02T09:00:00Z', 'minute', berlin)).toBe('11:00'); // summer
  expect(local('2026-03-02T23:30:00Z', 'clock', berlin)).toBe('00:30:00');
  expect(utc('2026-03-02T09:00:00Z')).toBe('2026-03-02 09:00:00 UTC');
  expect(utc('2026-03-02T09:00:00.050Z')).toBe('2026-03-02 09:00:00.050 UTC');
});

test('a page says whose times it shows', () => {
  expect(zoneNote('UTC')).toBe('Times are UTC.');
  expect(zoneNote('Europe/Berlin')).toBe('Times are Europe/Berlin; the pointer over one shows UTC.');
});

test('what is no time stays as it came', () => {
  expect(local('soon', 'full', berlin)).toBe('soon');
  expect(utc('soon')).toBe('soon');
});

test('days begin at the midnight of whoever reads', () => {
  const now = new Date('2026-03-02T22:30:00Z'); // 23:30 in Berlin
  expect(day('2026-03-01T23:30:00Z', now, berlin)).toBe('Today');
  expect(day('2026-03-01T22:30:00Z', now, berlin)).toBe('Yesterday');
  expect(day('2026-02-28T12:00:00Z', now, berlin)).toBe('Saturday, 28 February 2026');
});

test('times that a sentence names are cut out, in any order; what names none is whole', () => {
  const sentence = {
    code: 'away.page',
    args: { toAt: '2026-03-02T08:27:00Z', fromAt: '2026-03-02T08:20:00Z', problem: 'at 08:27:00 UTC' },
    sentence: 'Away from 08:20:00 UTC to 08:27:00 UTC.',
  };
  expect(pieces(sentence)).toEqual([
    { text: 'Away from ' },
    { at: '2026-03-02T08:20:00Z' },
    { text: ' to ' },
    { at: '2026-03-02T08:27:00Z' },
    { text: '.' },
  ]);
  expect(pieces({ code: 'x', args: { fromAt: 'soon' }, sentence: 'Soon.' })).toEqual([{ text: 'Soon.' }]);
});
