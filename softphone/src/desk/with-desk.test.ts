import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Console } from '../console.ts';
import { aConsole } from '../testing.ts';
import { Refused } from '../words.ts';
import { Desk } from './desk.ts';
import { type Answers, FakeRoad, hello } from './testing.ts';
import { withDesk } from './with-desk.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const refuses = (why: string) => () => {
  throw new Error(why);
};

/** A console with the component, which has been asked what stands in `asked`. */
async function consoleWith(answers: Answers) {
  const road = new FakeRoad('road');
  road.answers = { ...hello, ...answers };
  const desk = new Desk([road], 'page');
  const heard: unknown[] = [];
  const console = withDesk(aConsole(), desk);
  const stop = console.onOmni?.({ event: (e) => heard.push(e), stands: (by) => heard.push(by) });
  await vi.advanceTimersByTimeAsync(0);
  const asked = () => road.asked.slice(1).map((a) => [a.call, a.args]);
  return { console, road, heard, asked, stop };
}

const parts = ({ omni, tabs }: Console) => ({
  omni: omni ?? expect.fail('no Omni-Channel'),
  tabs: tabs ?? expect.fail('no tabs'),
});

const lunch = { statusId: '0N5000000000001', statusName: 'Lunch', statusApiName: 'Lunch_Break' };
const loggedOut = { statusId: '', statusName: '', statusApiName: '' };

test('a console has Omni-Channel and tabs for as long as the component answers', async () => {
  const desk = new Desk([], 'page');
  const without = withDesk(aConsole(), desk);
  expect([without.omni, without.tabs]).toEqual([undefined, undefined]);
  expect(without.pop).toBeDefined();
  const { console, heard, road, stop } = await consoleWith({});
  expect(parts(console)).toMatchObject({ omni: {}, tabs: {} });
  road.tells('omniChannelLogout', { reason: 'x' });
  expect(heard).toEqual(['road', { name: 'omniChannelLogout', params: { reason: 'x' } }]);
  stop?.();
  expect(console.omni).toBeUndefined();
});

test('ids of a status go and come as they are, long or short', async () => {
  const { console, asked } = await consoleWith({
    'omni.setServicePresenceStatus': () => ({ ...lunch, channels: '[]' }),
  });
  await expect(parts(console).omni.setStatus('0N5000000000001AAA')).resolves.toEqual(lunch);
  expect(asked()).toEqual([['omni.setServicePresenceStatus', { statusId: '0N5000000000001AAA' }]]);
});

test('an agent who is logged out has no status; of a toolkit that says nothing none is known', async () => {
  const out = await consoleWith({ 'omni.getServicePresenceStatusId': refuses('Not logged in.') });
  await expect(parts(out.console).omni.status()).resolves.toEqual(loggedOut);
  const { console } = await consoleWith({});
  const refused = expect(parts(console).omni.status()).rejects.toBeInstanceOf(Refused);
  await vi.advanceTimersByTimeAsync(8_000);
  await refused;
});

test('logging in says the status that it led to; out, nothing', async () => {
  const { console, asked } = await consoleWith({
    'omni.login': () => true,
    'omni.logout': () => true,
    'omni.getServicePresenceStatusId': () => lunch,
  });
  const { omni } = parts(console);
  await expect(omni.login('0N5')).resolves.toEqual(lunch);
  await expect(omni.logout()).resolves.toBeUndefined();
  expect(asked().map(([call]) => call)).toEqual(['omni.login', 'omni.getServicePresenceStatusId', 'omni.logout']);
});

test('what the platform refuses is refused in its words', async () => {
  const { console } = await consoleWith({ 'omni.login': refuses('You don’t have access to this status.') });
  await expect(parts(console).omni.login('0N5')).rejects.toThrow('You don’t have access to this status.');
});

test('a workload is two figures, and 0 for what is none', async () => {
  const { console } = await consoleWith({
    'omni.getAgentWorkload': () => ({ configuredCapacity: 5, currentWorkload: '2' }),
  });
  await expect(parts(console).omni.workload()).resolves.toEqual({ configuredCapacity: 5, currentWorkload: 0 });
});

test.each([
  ['/lightning/r/Case/500000000000001AAA/view', { url: '/lightning/r/Case/500000000000001AAA/view' }],
  ['#/sObject/500000000000001AAA/view', { url: '#/sObject/500000000000001AAA/view' }],
  ['500000000000001', { recordId: '500000000000001' }],
  ['/500000000000001AAA', { recordId: '500000000000001AAA' }],
])('%s opens in a primary tab', async (url, target) => {
  const { console, asked } = await consoleWith({ 'workspace.openTab': () => 'ctab0' });
  await expect(parts(console).tabs.open({ url, active: true })).resolves.toBe('ctab0');
  expect(asked()).toEqual([['workspace.openTab', { ...target, focus: true }]]);
});

test('under a tab it opens in a subtab, behind what is in front, with a label', async () => {
  const { console, asked } = await consoleWith({
    'workspace.openSubtab': () => 'ctab0_1',
    'workspace.setTabLabel': () => ({}),
  });
  const tab = { url: '/lightning/page/home', parent: 'ctab0', active: false, label: 'Home' };
  await expect(parts(console).tabs.open(tab)).resolves.toBe('ctab0_1');
  expect(asked()).toEqual([
    ['workspace.openSubtab', { parentTabId: 'ctab0', url: '/lightning/page/home', focus: false }],
    ['workspace.setTabLabel', { tabId: 'ctab0_1', label: 'Home' }],
  ]);
});

test.each(['https://elsewhere.example/', '//elsewhere.example', '/\\elsewhere.example', 'javascript:alert(1)', ''])(
  'no tab opens for %j',
  async (url) => {
    const { console, asked } = await consoleWith({ 'workspace.openTab': () => 'ctab0' });
    await expect(parts(console).tabs.open({ url, active: true })).rejects.toThrow('within the org');
    expect(asked()).toEqual([]);
  },
);

test('tabs are listed with their subtabs, what they show and what is in front', async () => {
  const sub = { tabId: 't1_1', url: '/b', pageReference: { attributes: { recordId: '003A' } }, focused: true };
  const tabs = [
    { tabId: 't1', url: '/a', recordId: '500A', focused: false, subtabs: [sub] },
    { tabId: 't2', url: '/c', focused: false, pageReference: { attributes: {} } },
    'nonsense',
  ];
  const { console } = await consoleWith({ 'workspace.getAllTabInfo': () => tabs });
  await expect(parts(console).tabs.all()).resolves.toEqual([
    {
      id: 't1',
      url: '/a',
      recordId: '500A',
      focused: true,
      subtabs: [{ id: 't1_1', url: '/b', recordId: '003A', focused: true, subtabs: [] }],
    },
    { id: 't2', url: '/c', recordId: '', focused: false, subtabs: [] },
  ]);
});

test('a tab is closed by its id', async () => {
  const { console, asked } = await consoleWith({ 'workspace.closeTab': () => true });
  await parts(console).tabs.close('ctab0');
  expect(asked()).toEqual([['workspace.closeTab', { tabId: 'ctab0' }]]);
});
