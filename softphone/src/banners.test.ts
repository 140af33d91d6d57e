import { expect, test } from 'vitest';
import { bannersOf, type Situation } from './banners.ts';

const well: Situation = {
  signIn: { at: 'in' },
  mayUse: true,
  link: { at: 'up' },
  hasLibrary: true,
  reloading: false,
  leaving: false,
  silence: null,
  soundElsewhere: false,
  problems: [],
  ccpOrigin: 'https://desk.my.connect.aws',
  origins: ['https://a.example', 'https://b.example'],
  region: { named: 'us-east-1', found: 'us-east-1' },
  full: { adapter: false, browser: false },
  notices: [],
  signInAgain: () => undefined,
  openSound: () => undefined,
};

const texts = (s: Partial<Situation>) => bannersOf({ ...well, ...s }).map((b) => b.text);

test('when all is well, nothing is said', () => expect(texts({})).toEqual([]));

test('without the permission set nothing else matters', () => {
  expect(texts({ mayUse: false, link: { at: 'away' }, problems: ['x'] })).toEqual([
    expect.stringContaining('AC_Agent permission set'),
  ]);
});

test.each<[string, Partial<Situation>, string]>([
  ['a call without sound', { silence: 'network' }, 'found no way to Amazon Connect’s audio'],
  ['a microphone that is missing', { silence: 'microphone' }, 'address bar'],
  ['a call whose page was loaded again', { silence: 'reloaded' }, 'End the call, then call back'],
  ['an adapter that is away', { link: { at: 'away' } }, 'Calls still work'],
  ['an adapter that nobody named', { link: { at: 'unnamed' } }, 'Toolkit for Amazon Connect'],
  ['another user of the CRM', { link: { at: 'otherUser' } }, 'Reload the page'],
  ['a newer adapter', { link: { at: 'version', adapter: 9 } }, 'deploy the package again'],
  ['an older adapter', { link: { at: 'version', adapter: 1 } }, 'update the adapter'],
  ['an adapter that does not say its version', { link: { at: 'version', adapter: 0 } }, 'do not fit together'],
  ['an adapter without room', { full: { adapter: true, browser: false } }, 'no room for more events at the moment'],
  ['a browser without room', { full: { adapter: false, browser: true } }, 'This browser has no room'],
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
