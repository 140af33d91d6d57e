import { expect, test } from 'vitest';
import { appAddress } from './address.ts';

test.each([
  ['/lightning/app/06m000000000001AAA', '06m000000000001AAA', '/lightning'],
  ['/lightning/app/06m000000000001/', '06m000000000001', '/lightning'],
  ['/lightning/app/06m000000000001AAA/o/Case/list', '06m000000000001AAA', '/lightning/o/Case/list'],
])('the app of %s', (path, id, rest) => {
  expect(appAddress(path)).toEqual({ id, rest });
});

test.each([
  '/lightning/page/home',
  '/lightning/app/001000000000001AAA',
  '/lightning/app/06m0',
  '/x/app/06m000000000001AAA',
])('%s names no app', (path) => {
  expect(appAddress(path)).toBeNull();
});
