import { expect, test } from 'vitest';
import type { Field, ObjectInfo } from '../wire.ts';
import { byField, changes, cloned, defaults, formSections, missing, read, spelled } from './form-state.ts';

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  type: 'string',
  length: 80,
  required: false,
  createable: true,
  updateable: true,
  picklist: [],
  referenceTo: [],
  filterable: true,
  help: '',
  checked: false,
  ...more,
});

const contact: ObjectInfo = {
  name: 'Contact',
  label: 'Contact',
  plural: 'Contacts',
  icon: 'standard:contact',
  nameField: 'Name',
  createable: true,
  updateable: true,
  deletable: true,
  fields: {
    Name: field('Name', { createable: false, updateable: false }),
    Salutation: field('Salutation'),
    FirstName: field('FirstName'),
    LastName: field('LastName', { required: true }),
    Phone: field('Phone', { type: 'phone' }),
    CreatedDate: field('CreatedDate', { createable: false, updateable: false }),
  },
  sections: [
    { label: 'Contact Information', columns: [['Name'], ['Phone']] },
    { label: 'System Information', columns: [['CreatedDate']] },
  ],
  highlights: ['Phone'],
};

test('a name is written in its parts, and sections without a field to fill are left out', () => {
  expect(formSections(contact, true)).toEqual([
    { label: 'Contact Information', columns: [['Salutation', 'FirstName', 'LastName'], ['Phone']] },
  ]);
});
test('required fields that are blank are missing', () => {
  expect(missing(contact, true, { LastName: '' })).toEqual(['LastName']);
  expect(missing(contact, true, { LastName: 'Lindqvist' })).toEqual([]);
});
test('only what changed is sent, and blank means empty', () => {
  expect(changes({ FirstName: 'Maya', Phone: '1' }, { FirstName: 'Maya', Phone: '', LastName: 'L' })).toEqual({
    Phone: null,
    LastName: 'L',
  });
});
test('errors stand at their field, the others above the form', () => {
  const errors = [
    { code: 'A', message: 'Too long.', fields: ['Phone'] },
    { code: 'B', message: 'No.', fields: [] },
    { code: 'C', message: 'Hidden.', fields: ['OwnerId'] },
  ];
  expect(byField(errors, ['Phone'])).toEqual({ Phone: 'Too long.', '': 'No. Hidden.' });
});
test('numbers are read as numbers, words stay for the server to refuse', () => {
  expect(read(field('n', { type: 'int' }), '12')).toBe(12);
  expect(read(field('n', { type: 'int' }), 'x')).toBe('x');
  expect(read(field('s'), '')).toBeNull();
});
test('a new record begins with the defaults of its picklists, and brought values are spelled right', () => {
  const status = field('Status', { picklist: [{ value: 'New', label: 'New', default: true }] });
  const active = field('Active', { type: 'boolean', checked: true });
  const info = { ...contact, fields: { Status: status, Active: active } };
  expect(defaults(info)).toEqual({ Status: 'New', Active: true });
  expect(spelled(info, { status: 'Closed', Other: 1 })).toEqual({ Status: 'Closed', Other: 1 });
});
test('a clone has what may be given to a new record, and an owner of its own', () => {
  const fields = { ...contact.fields, OwnerId: field('OwnerId') };
  const values = { Name: 'Maya L', LastName: 'L', Phone: '1', OwnerId: '005', CreatedDate: '2026-01-01' };
  const record = { id: '003', object: 'Contact', name: 'Maya L', values, references: {} };
  expect(cloned({ ...contact, fields }, record)).toEqual({
    Salutation: null,
    FirstName: null,
    LastName: 'L',
    Phone: '1',
  });
});
