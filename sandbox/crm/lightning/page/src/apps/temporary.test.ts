import { expect, test } from 'vitest';
import type { Location } from '../routes.ts';
import { appAddress, withTemporary } from './temporary.ts';

const item = (object: string) => ({ object, label: object, singular: object, icon: '' });
const lead: Location = { at: 'list', object: 'Lead', view: 'Recent' };

test.each<[string, string[], Location, string[]]>([
  ['an item of the app gets none', [], { at: 'list', object: 'Case', view: 'Recent' }, []],
  ['an object outside of the app gets one', [], lead, ['Lead']],
  ['only once', ['Lead'], { at: 'record', object: 'Lead', id: '00Q000000000001AAA' }, ['Lead']],
  ['search results belong to no object', ['Lead'], { at: 'search', query: 'x' }, ['Lead']],
])('temporary tabs: %s', (_, before, location, after) => {
  expect(withTemporary(before, location, [item('Home'), item('Case')])).toEqual(after);
});

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
