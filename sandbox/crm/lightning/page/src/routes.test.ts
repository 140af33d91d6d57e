import { expect, test } from 'vitest';
import { format, parse } from './routes.ts';

test.each([
  ['/lightning', { at: 'home' }],
  ['/lightning/page/home', { at: 'home' }],
  ['/lightning/o/Contact/list?filterName=All', { at: 'list', object: 'Contact', view: 'All' }],
  ['/lightning/o/Contact/home', { at: 'list', object: 'Contact', view: 'Recent' }],
  ['/lightning/r/Contact/003000000000001AAA/view', { at: 'record', object: 'Contact', id: '003000000000001AAA' }],
  ['/lightning/r/003000000000001AAA/view', { at: 'record', object: '', id: '003000000000001AAA' }],
  [
    '/lightning/r/Account/001000000000001AAA/related/Contact.AccountId/view',
    { at: 'related', object: 'Account', id: '001000000000001AAA', list: 'Contact.AccountId' },
  ],
  ['/lightning/search?q=maya', { at: 'search', query: 'maya' }],
  ['/lightning/visualforce?url=%2Fapex%2FPage', { at: 'page', url: '/apex/Page' }],
  ['/flow/Intake?phone=%2B1', { at: 'flow', name: 'Intake', args: 'phone=%2B1' }],
  ['/lightning/flow/Intake', { at: 'flow', name: 'Intake', args: '' }],
  ['/lightning/flow/Intake/XYZ', null],
  ['/lightning/flow', null],
  ['/flow', null],
  ['/lightning/visualforce?url=%2F%2Felsewhere.example', null],
  ['/lightning/r/Contact/short/view', null],
  ['/lightning/o/Con<tact/list', null],
  ['/elsewhere', null],
])('%s is read', (address, location) => {
  expect(parse(address)).toEqual(location);
});

test('every page has an address that reads back', () => {
  const pages = [
    '/lightning/o/Case/list?filterName=All',
    '/lightning/r/Case/500000000000001AAA/view',
    '/lightning/r/Account/001000000000001AAA/related/Contact.AccountId/view',
    '/lightning/page/home',
    '/lightning/flow/Intake?phone=%2B1',
  ];
  for (const page of pages) {
    const location = parse(page);
    expect(location && format(location)).toBe(page);
  }
});
