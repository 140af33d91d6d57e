import { expect, test } from 'vitest';
import { format, newRecord, parse, tabName, to18 } from './routes.ts';

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
  ['/lightning/r/Contact/003000000000001/view', { at: 'record', object: 'Contact', id: '003000000000001AAA' }],
  ['/003000000000001', { at: 'record', object: '', id: '003000000000001AAA' }],
  ['/003000000000001AAA', { at: 'record', object: '', id: '003000000000001AAA' }],
  ['/lightning/o/Contact/new', { at: 'list', object: 'Contact', view: 'Recent' }],
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

test.each([
  ['003000000000001', '003000000000001AAA'],
  ['003Pc0000000abC', '003Pc0000000abCIAQ'],
  ['003000000000001AAA', '003000000000001AAA'],
])('the long form of %s is %s', (id, long) => {
  expect(to18(id)).toBe(long);
});

test.each([
  ['/lightning/o/Contact/new', { object: 'Contact', values: {} }],
  [
    '/lightning/o/Contact/new?defaultFieldValues=LastName=Ek,Phone=%2B1206,Title=a%252Cb',
    { object: 'Contact', values: { LastName: 'Ek', Phone: '+1206', Title: 'a,b' } },
  ],
  ['/lightning/o/Contact/list', null],
  ['/lightning/o/Con<tact/new', null],
])('%s asks for a new record', (address, form) => {
  expect(newRecord(address)).toEqual(form);
});

test('a tab is named by its address', () => {
  expect(tabName('/lightning/n/Help?x=1')).toBe('Help');
  expect(tabName('/lightning/n/')).toBe('');
  expect(tabName('/lightning/o/Help')).toBe('');
});
