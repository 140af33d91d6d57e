import { expect, test } from 'vitest';
import { componentLabel, components, moved, newUtility, offered, pageOf } from './app-wire.ts';

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
  ['utilities.0.label', 'Utility Items (Desktop Only)'],
  ['tabs', 'Navigation Items'],
  ['profiles', 'User Profiles'],
] as const)('%s stands on %s', (field, page) => {
  expect(pageOf(field)).toBe(page);
});

test('a component of the org’s own has what its design says, and starts when it is opened', () => {
  const design = [
    { name: 'greeting', label: 'Greeting', type: 'String', default: 'Hello', required: false },
    { name: 'pages', label: 'Pages', type: 'String', default: '', required: false },
  ];
  const own = offered({ name: 'Echo', label: 'Echo line', design });
  expect(newUtility(own)).toMatchObject({ component: 'c:Echo', eager: false, properties: { greeting: 'Hello' } });
  expect(componentLabel('c:Echo', [own])).toBe('Echo line');
  expect(componentLabel('c:Gone', [own])).toBe('c:Gone');
});

test('a softphone and Omni-Channel that are added start automatically', () => {
  expect(components.map(newUtility)).toMatchObject([
    { component: 'opencti:softPhone', key: '', eager: true },
    { component: 'runtime_service_omnichannel:omniWidget', key: '', eager: true },
  ]);
});
