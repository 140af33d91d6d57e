import { expect, test } from 'vitest';
import type { Field } from '../wire.ts';
import { asKept, phoneAsKept } from './phone.ts';

test.each([
  ['2065550142', 'en_US', '(206) 555-0142'],
  ['2065550142', 'en_CA', '(206) 555-0142'],
  ['12065550142', 'en_US', '(206) 555-0142'],
  ['1234567890', 'en_US', '(123) 456-7890'],
  [' 2065550142 ', 'en_US', '(206) 555-0142'],
  ['206555014', 'en_US', '206555014'],
  ['22065550142', 'en_US', '22065550142'],
  ['206-555-0142', 'en_US', '206-555-0142'],
  ['206 555 0142', 'en_US', '206 555 0142'],
  ['+12065550142', 'en_US', '+12065550142'],
  ['2065550142 x12', 'en_US', '2065550142 x12'],
  ['2065550142', 'en_GB', '2065550142'],
  ['', 'en_US', ''],
])('%j, typed by somebody with the locale %s, is kept as %j', (typed, locale, kept) => {
  expect(phoneAsKept(typed, locale)).toBe(kept);
});

test('only phone fields are numbers', () => {
  const fields = { Phone: { type: 'phone' }, Account_Number__c: { type: 'string' } } as unknown as Record<
    string,
    Field
  >;
  expect(
    asKept(fields, { Phone: '2065550142', Account_Number__c: '2065550142', Other: 2065550142, Fax: null }, 'en_US'),
  ).toEqual({ Phone: '(206) 555-0142', Account_Number__c: '2065550142', Other: 2065550142, Fax: null });
});
