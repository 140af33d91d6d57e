import { expect, test } from 'vitest';
import { found, kindOf } from '../setup/flows/wire.ts';
import { grouped } from './FlowText.tsx';
import { argsOf, type FlowScreen, queryOf, valuesOf } from './wire.ts';

test("an address's query becomes input variables", () => {
  expect(argsOf('phone=%2B1+2&vip=true')).toEqual([
    { name: 'phone', type: 'String', value: '+1 2' },
    { name: 'vip', type: 'String', value: 'true' },
  ]);
  expect(argsOf('')).toEqual([]);
  expect(queryOf(argsOf('phone=%2B1+2&vip=true'))).toBe('phone=%2B1+2&vip=true');
});

const field = { type: 'String', label: '', help: '', required: false, error: '', choices: [], blocks: [] };
const screen: FlowScreen = {
  name: 'Ask',
  label: 'Ask',
  header: true,
  help: [],
  fields: [
    { ...field, name: 'hello', kind: 'DisplayText', value: '' },
    { ...field, name: 'who', kind: 'InputField', value: 'Maya' },
  ],
  back: false,
  backLabel: 'Previous',
  nextLabel: 'Next',
};

test('what is sent are the fields that ask', () => {
  expect(valuesOf(screen)).toEqual({ who: 'Maya' });
});

test('neighbouring points are one list', () => {
  const block = (kind: string, text: string) => ({
    kind,
    runs: [{ text, bold: false, italic: false, underline: false }],
  });
  const kinds = grouped([block('paragraph', 'a'), block('bullet', 'b'), block('bullet', 'c'), block('number', 'd')]);
  expect(kinds.map((g) => [g.kind, g.items.length])).toEqual([
    ['paragraph', 1],
    ['bullet', 2],
    ['number', 1],
  ]);
});

test('flows are found by label, API name and type', () => {
  const flow = (name: string, label: string, type: string) => ({
    id: name,
    name,
    label,
    type,
    description: '',
    processType: '',
    screens: true,
    active: true,
    lastModified: '',
    modifiedBy: '',
  });
  const all = [flow('Caller_Intake', 'Intake', 'Screen Flow'), flow('Nightly', 'Clean up', 'Autolaunched Flow')];
  expect(found(all, ' SCREEN').map((f) => f.name)).toEqual(['Caller_Intake']);
  expect(found(all, 'clean').map((f) => f.name)).toEqual(['Nightly']);
  expect(found(all, '')).toEqual(all);
});

test('elements are called as the builder calls them', () => {
  expect(['FlowRecordLookup', 'FlowLoop'].map(kindOf)).toEqual(['Get Records', 'Loop']);
});
