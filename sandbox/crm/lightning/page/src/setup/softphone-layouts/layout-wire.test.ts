import { expect, test } from 'vitest';
import {
  type CallType,
  flowOptions,
  type LayoutForm,
  layout,
  nameFieldOf,
  withObjects,
  withPop,
} from './layout-wire.ts';

const none = { type: '', data: '' };
const block: CallType = {
  callFields: ['ANI'],
  objects: [{ object: 'Contact', fields: ['Name', 'Phone'] }],
  openWithin: 'ExistingWindow',
  noMatch: none,
  singleMatch: none,
  multipleMatches: none,
};
const form: LayoutForm = {
  layout: { name: '', default: false, inbound: block, outbound: block, internal: block },
  lastModified: '',
  objects: [
    { name: 'Contact', label: 'Contact', fields: [{ name: 'Name', label: 'Full Name' }] },
    {
      name: 'Case',
      label: 'Case',
      fields: [
        { name: 'OwnerId', label: 'Owner' },
        { name: 'CaseNumber', label: 'Case Number' },
      ],
    },
  ],
  callFields: [],
  pages: [],
  flows: [],
};

test('objects that stay keep their fields', () => {
  expect(withObjects(block, ['Lead', 'Contact']).objects).toEqual([
    { object: 'Lead', fields: ['Name'] },
    { object: 'Contact', fields: ['Name', 'Phone'] },
  ]);
});

test('an object without a field called Name shows its number', () => {
  expect(nameFieldOf(form, 'Contact')).toBe('Name');
  expect(nameFieldOf(form, 'Case')).toBe('CaseNumber');
});

test('another kind of pop starts without a page', () => {
  const old = { type: 'PopToVisualforce', data: 'Caller' };
  expect(withPop('PopToVisualforce', old)).toEqual(old);
  expect(withPop('PopToFlow', old)).toEqual({ type: 'PopToFlow', data: '' });
});

test('a setting without a page is read', () => {
  const wire = { ...block, noMatch: { type: 'DontPop' } };
  expect(layout({ name: 'A', default: true, inbound: wire, outbound: wire, internal: wire }).inbound.noMatch).toEqual({
    type: 'DontPop',
    data: '',
  });
});

test('a chosen flow that is not active anymore stays and says so', () => {
  const intake = { name: 'Intake', label: 'Caller Intake' };
  const shown = [{ value: 'Intake', label: 'Caller Intake' }];
  expect(flowOptions([intake], '')).toEqual(shown);
  expect(flowOptions([intake], 'Intake')).toEqual(shown);
  expect(flowOptions([intake], 'Old')).toEqual([...shown, { value: 'Old', label: 'Old (not active)' }]);
});
