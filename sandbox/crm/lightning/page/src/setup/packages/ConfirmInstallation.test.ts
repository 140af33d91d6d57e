import { expect, test } from 'vitest';
import { missing } from './ConfirmInstallation.tsx';

const about = {
  firstName: 'Ada',
  lastName: 'Byrne',
  jobTitle: 'Administrator',
  email: 'ada@x.example',
  phone: '1',
  company: 'X',
  country: 'US',
};

test.each([
  ['all that is needed', about, true, []],
  ['no agreement to the terms', about, false, ['terms']],
  ['a blank name', { ...about, lastName: ' ' }, true, ['lastName']],
  ['an address that is none', { ...about, email: 'ada' }, true, ['email']],
  ['nothing', {}, true, ['firstName', 'lastName', 'jobTitle', 'email', 'phone', 'company', 'country']],
])('%s', (_, typed, terms, fields) => {
  expect(Object.keys(missing({ about: typed, terms, contact: false }))).toEqual(fields);
});
