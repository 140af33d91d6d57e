import { expect, test } from 'vitest';
import { bannersOf, type Situation } from './banners.ts';

const well: Situation = {
  signIn: { at: 'in' },
  mayUse: true,
  adapter: 'up',
  hasLibrary: true,
  reloading: false,
  leaving: false,
  soundElsewhere: false,
  problems: [],
  ccpOrigin: 'https://desk.my.connect.aws',
  origins: ['https://a.example', 'https://b.example'],
  region: { named: 'us-east-1', found: 'us-east-1' },
  notices: [],
  signInAgain: () => undefined,
  openSound: () => undefined,
};

const texts = (s: Partial<Situation>) => bannersOf({ ...well, ...s }).map((b) => b.text);

test('when all is well, nothing is said', () => expect(texts({})).toEqual([]));

test('without the permission set nothing else matters', () => {
  expect(texts({ mayUse: false, adapter: 'away', problems: ['x'] })).toEqual([
    expect.stringContaining('AC_Agent permission set'),
  ]);
});

test.each<[string, Partial<Situation>, string]>([
  ['an adapter that is away', { adapter: 'away' }, 'Calls still work'],
  ['an adapter that nobody named', { adapter: 'unnamed' }, 'Toolkit for Amazon Connect'],
  ['a record for another region', { region: { named: 'eu-west-2', found: 'us-east-1' } }, 'names the region eu-west-2'],
  ['origins that are not approved', { signIn: { at: 'out', message: 'refused' } }, 'https://a.example and the origin'],
  ['a centre that is away', { signIn: { at: 'out', message: 'centreUnreachable' } }, 'https://desk.my.connect.aws'],
  ['a record that is wrong', { problems: ['Custom Ringtone is none.'] }, 'Custom Ringtone is none. Tell your admin'],
])('%s is told', (_, s, want) => expect(texts(s)).toEqual([expect.stringContaining(want)]));

test('a softphone without sound offers the window that has it', () => {
  let opened = 0;
  const [banner] = bannersOf({ ...well, soundElsewhere: true, openSound: () => opened++ });
  banner?.action?.run();
  expect(opened).toBe(1);
  expect(texts({ soundElsewhere: true, signIn: { at: 'out', message: null } })).toEqual([]);
});
