import { expect, test } from 'vitest';
import { fromInput, moments, reader, toInput, webAddress } from './format.ts';

test.each([
  ['en_US', null, 'string', ''],
  ['en_US', true, 'boolean', 'Yes'],
  ['en_US', 1234.5, 'currency', '$1,234.50'],
  ['en_US', 1234, 'int', '1,234'],
  ['de_DE', 1234, 'int', '1.234'],
  ['en_US', '2026-01-31', 'date', '1/31/26'],
  ['en_GB', '2026-01-31', 'date', '31/01/2026'],
  ['en_US', 'soon', 'date', 'soon'],
  ['nonsense locale', '2026-01-31', 'date', '1/31/26'],
  ['en_US', '(206) 555-0142', 'phone', '(206) 555-0142'],
])('in %s, %j as %s reads %j', (locale, value, type, text) => {
  expect(reader(locale, 'America/Los_Angeles')(value, type)).toBe(text);
});

test('a moment is read on the clock of the person', () => {
  const show = reader('en_GB', 'America/Los_Angeles');
  expect(show('2026-01-31T07:30:00.000+0000', 'datetime')).toBe('30/01/2026, 23:30');
  expect(reader('en_GB', 'Nowhere/Land')('2026-01-31T07:30:00.000+0000', 'datetime')).toBe('31/01/2026, 07:30');
});

test('a moment of the audit trail has seconds, on the clock of the person', () => {
  const shown = moments('en_GB', 'Pacific/Auckland', 'medium');
  expect(shown.format(new Date('2026-01-31T07:30:05Z'))).toBe('31/01/2026, 20:30:05');
});

test.each(['2026-01-31T07:30:00.000Z', '2026-07-01T12:00:00.000Z', '2026-03-08T10:30:00.000Z'])(
  'what is typed as %s on a clock of another zone is the same moment',
  (moment) => {
    for (const zone of ['America/Los_Angeles', 'Asia/Kolkata', 'UTC'])
      expect(fromInput(toInput(moment, zone), zone)).toBe(moment);
  },
);

test('no moment is an empty input, and nonsense is none', () => {
  expect(toInput(null, 'UTC')).toBe('');
  expect(toInput('soon', 'UTC')).toBe('');
  expect(fromInput('', 'UTC')).toBeNull();
});

test('only web addresses become links', () => {
  expect(webAddress('lindqvist.example')).toBe('https://lindqvist.example/');
  expect(webAddress('javascript:alert(1)')).toBeNull();
  expect(webAddress('http://')).toBeNull();
});
