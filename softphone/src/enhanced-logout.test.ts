import { expect, test, vi } from 'vitest';
import { alone, logoutOf, signOut, signOutAddresses } from './enhanced-logout.ts';

test.each([
  ['a status with the word is chosen', { before: 'Available', now: 'End of day Logout', next: '' }, 'now'],
  ['the word is written otherwise', { before: 'Available', now: 'logout', next: '' }, 'no'],
  ['the agent signs in while in such a status', { before: '', now: 'Logout', next: '' }, 'no'],
  ['it is chosen during a call', { before: '', now: 'Busy', next: 'Logout' }, 'later'],
  ['after-call work begins while it waits', { before: 'Busy', now: 'AfterCallWork', next: 'Logout' }, 'later'],
  ['the contact is closed', { before: 'AfterCallWork', now: 'Logout', next: '' }, 'now'],
  ['another status is chosen instead', { before: '', now: 'Busy', next: 'Break' }, 'no'],
  ['the same status is told again', { before: 'Logout', now: 'Logout', next: '' }, 'no'],
] as const)('%s', (_, standing, want) => {
  expect(logoutOf(standing)).toBe(want);
});

test.each([
  ['http://localhost:8083/ccp-v2/', ['http://localhost:8083/logout']],
  [
    'https://desk.my.connect.aws/ccp-v2/',
    ['https://desk.my.connect.aws/logout', 'https://signin.aws.amazon.com/oauth?Action=logout'],
  ],
  [
    'https://desk.awsapps.com/connect/ccp-v2/',
    ['https://desk.awsapps.com/connect/logout', 'https://signin.aws.amazon.com/oauth?Action=logout'],
  ],
])('%s is left at its own addresses', (ccp, want) => {
  expect(signOutAddresses(ccp)).toEqual(want);
});

const steps = (done: string[], broken = '') => {
  const step = async (name: string) => {
    if (name.startsWith(broken) && broken !== '') throw new Error(name);
    done.push(name);
  };
  return {
    goOffline: () => step('offline'),
    leave: (address: string) => step(new URL(address).pathname),
    terminate: () => void done.push('terminate'),
  };
};

test('the agent goes offline, then out, then all tabs are told', async () => {
  const done: string[] = [];
  await signOut('https://desk.my.connect.aws/ccp-v2/', steps(done));
  expect(done).toEqual(['offline', '/logout', '/oauth', 'terminate']);
});

test('who cannot go offline is not signed out', async () => {
  const done: string[] = [];
  await expect(signOut('http://localhost/ccp-v2/', steps(done, 'offline'))).rejects.toThrow();
  expect(done).toEqual([]);
});

test('a console that does not answer keeps nobody signed in', async () => {
  const done: string[] = [];
  await signOut('https://desk.my.connect.aws/ccp-v2/', steps(done, '/oauth'));
  expect(done).toEqual(['offline', '/logout', 'terminate']);
});

test('without locks the tab acts by itself', async () => {
  let acted = 0;
  await alone(undefined, 'u', async () => void acted++);
  expect(acted).toBe(1);
});

test('where locks are denied the tab acts by itself, and once', async () => {
  const act = vi.fn(async () => {});
  await alone({ request: () => Promise.reject(new DOMException('denied', 'SecurityError')) }, 'u', act);
  expect(act).toHaveBeenCalledOnce();
  const failing = vi.fn(() => Promise.reject(new Error('offline')));
  await expect(alone({ request: (_name, _options, then) => then({}) }, 'u', failing)).rejects.toThrow('offline');
  expect(failing).toHaveBeenCalledOnce();
});
