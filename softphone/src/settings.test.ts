import { expect, test } from 'vitest';
import { fullId, readSettings } from './settings.ts';

test.each([
  ['003000000000001', '003000000000001AAA'],
  ['0012300000jYqRt', '0012300000jYqRtAAK'],
  ['ABCDEABCDEABCDE', 'ABCDEABCDEABCDE555'],
  ['003000000000001AAA', '003000000000001AAA'],
  ['', ''],
])('the full form of "%s" is "%s"', (id, full) => expect(fullId(id)).toBe(full));

test('only a page that says so may not be used: one of an older package says nothing', () => {
  const element = (mayUse?: string): HTMLElement =>
    ({ dataset: mayUse === undefined ? {} : { mayUse } }) as HTMLElement;
  expect(readSettings(element('false')).mayUse).toBe(false);
  expect(readSettings(element('true')).mayUse).toBe(true);
  expect(readSettings(element()).mayUse).toBe(true);
});

test('the token of the message channel is as the page has it, and none on an older page', () => {
  const element = (dataset: object): HTMLElement => ({ dataset }) as HTMLElement;
  expect(readSettings(element({ channel: '0Mt000000000001' })).channel).toBe('0Mt000000000001');
  expect(readSettings(element({})).channel).toBe('');
});
