import { expect, test } from 'vitest';
import { newDraft, newEvent, question, saveUrl } from './draft.ts';

test('a log-out is to Offline, whatever was chosen; a number that was not typed is none', () => {
  const logout = { ...newEvent, source: 'Salesforce Agent Logout', org: 'Online' };
  expect(question('a01', logout, undefined)).toEqual({
    record: 'a01',
    source: 'Salesforce Agent Logout',
    standing: { centre: 'Available', centreWas: '', org: 'Offline' },
  });
  const work = { ...newEvent, source: 'Salesforce Workload Changed', capacity: '5', was: '', now: 'x' };
  expect(question('', work, undefined)).toMatchObject({ standing: { work: { capacity: 5, was: 0, now: 0 } } });
  const accepted = { ...newEvent, source: 'Salesforce Work Accepted', channel: 'Chat' };
  expect(question('', accepted, undefined)).toMatchObject({ standing: { channel: 'Chat' } });
});

test('a draft is asked with its fields: a value only where the operand is one', () => {
  const draft = newDraft('Connect Agent State Change');
  const [criterion] = draft.criteria;
  if (criterion) criterion.b.value = ' Lunch ';
  if (criterion) criterion.a.value = 'left over';
  expect(question('', newEvent, { ...draft, name: ' L ', value: 'Meal', order: '2.5' })).toMatchObject({
    draft: {
      id: '',
      name: 'L',
      criteria: [
        {
          a: { operand: 'Connect Agent New State' },
          comparator: 'Equal to',
          b: { operand: 'Static Value', value: 'Lunch' },
        },
      ],
      destination: 'org',
      value: 'Meal',
      order: 2.5,
    },
  });
});

/** The values as the org's form reads them: the list is split at commas, then each value is decoded. */
function read(address: string): Record<string, string> {
  const given = new URL(address).searchParams.get('defaultFieldValues') ?? '';
  return Object.fromEntries(
    given.split(',').map((pair) => {
      const [name = '', value = ''] = pair.split('=', 2);
      return [name, decodeURIComponent(value)];
    }),
  );
}

test('the form of the org has the values of the draft, commas and all', () => {
  const draft = newDraft('Salesforce Agent State Change');
  const form =
    'https://org.example/lightning/o/AC_PresenceSyncRule__c/new?defaultFieldValues=CTI_Adapter__c%3Da01000000000001AAA';
  const [first] = draft.criteria;
  if (!first) throw new Error('a draft has a criterion');
  const second = { ...first, key: 1, b: { operand: 'Static Value', value: 'Meal, late' } };
  const fields = read(
    saveUrl(form, { ...draft, name: 'A, b = c & d', criteria: [first, second], value: 'Lunch', any: true }),
  );
  expect(fields).toMatchObject({
    CTI_Adapter__c: 'a01000000000001AAA',
    Name: 'A, b = c & d',
    Source__c: 'Salesforce Agent State Change',
    Destination__c: 'Connect Agent State',
    Value__c: 'Lunch',
    Logic__c: 'Any',
    Active__c: 'true',
  });
  expect(JSON.parse(fields.More_Criteria__c ?? '')).toEqual([
    {
      a: { operand: 'Salesforce Agent New State' },
      comparator: 'Equal to',
      b: { operand: 'Static Value', value: 'Meal, late' },
    },
  ]);
  expect(saveUrl('', draft)).toBe('');
});
