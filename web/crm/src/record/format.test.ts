import { expect, test } from 'vitest';
import { display, webAddress } from './format.ts';

test.each([
  [null, 'string', ''],
  [true, 'boolean', 'Yes'],
  [1234.5, 'currency', '$1,234.50'],
  [1234, 'int', '1,234'],
  ['2026-01-31', 'date', '1/31/26'],
  ['soon', 'date', 'soon'],
  ['(206) 555-0142', 'phone', '(206) 555-0142'],
])('%j as %s reads %j', (value, type, text) => {
  expect(display(value, type)).toBe(text);
});

test('only web addresses become links', () => {
  expect(webAddress('lindqvist.example')).toBe('https://lindqvist.example/');
  expect(webAddress('javascript:alert(1)')).toBeNull();
  expect(webAddress('http://')).toBeNull();
});
