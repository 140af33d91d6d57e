import { expect, test } from 'vitest';
import { developerNameOf, moved, pageOf } from './app-wire.ts';

test.each([
  ['up', 1, -1, ['b', 'a', 'c']],
  ['down', 1, 1, ['a', 'c', 'b']],
  ['not beyond the top', 0, -1, ['a', 'b', 'c']],
  ['not beyond the end', 2, 1, ['a', 'b', 'c']],
  ['nothing that is not there', 7, 1, ['a', 'b', 'c']],
] as const)('an item moves %s', (_, at, by, want) => {
  expect(moved(['a', 'b', 'c'], at, by)).toEqual(want);
});

test.each([
  ['Front Desk', 'Front_Desk'],
  ['  24/7 Café – Line ', 'Cafe_Line'],
  ['___', ''],
  [`${'Desk'.repeat(9)} is long`, `${'Desk'.repeat(9)}_is`],
])('the developer name of %j is %s', (label, want) => {
  expect(developerNameOf(label)).toBe(want);
});

test.each([
  ['utilities.0.label', 'Utility Items (Desktop Only)'],
  ['navType', 'App Options'],
  ['tabs', 'Navigation Items'],
  ['profiles', 'User Profiles'],
  ['developerName', 'App Details & Branding'],
] as const)('%s stands on %s', (field, page) => {
  expect(pageOf(field)).toBe(page);
});
