// @vitest-environment jsdom
import { expect, test, vi } from 'vitest';
import { ConsoleStore } from '../../console-state.ts';
import type { OmniChannel } from '../../omni/omni.ts';
import { UtilityClicks } from '../../utility/clicks.ts';
import { utilitiesOf } from '../../utility/utilities.ts';
import type { Bootstrap } from '../../wire.ts';
import { empty } from '../../workspace/tabs.ts';
import type { Toolkit } from '../component.ts';
import { ApplicationEvents } from '../events.ts';
import { tabEvents } from '../tab-events.ts';
import { notifications } from './notifications.ts';
import { omniToolkit } from './omni.ts';
import { utilityBar } from './utility-bar.ts';
import { workspace } from './workspace.ts';

const item = (component: string, label: string) => ({
  component,
  label,
  icon: 'call',
  height: 0,
  width: 0,
  eager: false,
  background: false,
  attributes: {},
});
const utilities = [item('c:Desk', 'Desk'), item('opencti:softPhone', 'Phone'), item('c:Other', 'Other')];

const start: Bootstrap = {
  csrf: '',
  user: { id: '005', name: 'Ada', username: '', email: '', timeZone: 'UTC', locale: 'en_US', viewsSetup: false },
  organization: { id: '00D', name: 'Org' },
  visualforceOrigin: 'http://localhost:8081',
  app: { id: '06m', label: 'App', navigation: [], utilities },
  callCenter: null,
  kinds: { '003': { object: 'Contact', label: 'Contact', plural: 'Contacts', icon: 'standard:contact' } },
  tabs: { Phone_Page: '/apex/Phone' },
  messageChannels: [],
};
const maya = '003000000000001';
const otto = '003000000000002AAA';

function newStore() {
  const panel = {
    visible: false,
    opened: false,
    height: 480,
    width: 340,
    icon: '',
    label: '',
    itemIcon: 'call',
    itemLabel: 'Phone',
  };
  return new ConsoleStore({
    workspace: empty,
    panel,
    utilities: utilitiesOf(utilities),
    clickToDial: false,
    dialog: null,
    toasts: [],
    nextToast: 1,
    navigation: [],
    revision: 0,
  });
}

/** Calls a method of a toolkit as a component does. */
function caller({ methods }: Toolkit) {
  return async (name: string, args?: unknown): Promise<unknown> => methods[name]?.(args);
}

test('tabs open, are told of, and close, by ids of the platform’s form', async () => {
  const store = newStore();
  const call = caller(workspace(store, start));
  expect(await call('openTab', { recordId: maya, focus: true })).toBe('ctab0');
  expect(await call('openSubtab', { parentTabId: 'ctab0', url: '/apex/Phone?a=1' })).toBe('ctab0_1');
  expect(await call('getFocusedTabInfo')).toMatchObject({ tabId: 'ctab0', isSubtab: false, focused: true });
  await call('focusTab', { tabId: 'ctab0_1' });
  expect(await call('getFocusedTabInfo')).toMatchObject({ tabId: 'ctab0_1', isSubtab: true, parentTabId: 'ctab0' });
  expect(await call('getAllTabInfo')).toEqual([
    expect.objectContaining({
      tabId: 'ctab0',
      recordId: `${maya}AAA`,
      url: `${window.location.origin}/lightning/r/Contact/${maya}AAA/view`,
      icon: 'standard:contact',
      focused: true,
      subtabs: [expect.objectContaining({ tabId: 'ctab0_1', recordId: null })],
      pageReference: {
        type: 'standard__recordPage',
        attributes: { recordId: `${maya}AAA`, objectApiName: 'Contact', actionName: 'view' },
        state: {},
      },
    }),
  ]);
  expect(await call('isSubtab', { tabId: 'ctab0_1' })).toBe(true);
  expect(await call('getTabURL', { tabId: 'ctab0_1' })).toContain('/lightning/visualforce?url=%2Fapex%2FPhone%3Fa%3D1');
  expect(await call('closeTab', { tabId: 'ctab0' })).toBe(true);
  expect(await call('getAllTabInfo')).toEqual([]);
  expect(await call('isConsoleNavigation')).toBe(true);
  expect(await call('getEnclosingTabId')).toBeNull();
});

test('a tab opens behind what is in front unless it is to have the focus; what is open already is not opened again', async () => {
  const store = newStore();
  const call = caller(workspace(store, start));
  await call('openTab', { recordId: maya, focus: true });
  expect(await call('openTab', { recordId: otto })).toBe('ctab1');
  expect(store.get().workspace.focused).toBe('ctab0');
  expect(store.get().workspace.tabs[1]?.opened).toBe(true);
  expect(await call('openTab', { url: `/lightning/r/Contact/${otto}/view`, focus: true })).toBe('ctab1');
  expect(store.get().workspace.focused).toBe('ctab1');
});

test('a tab can be called and look otherwise', async () => {
  const store = newStore();
  const call = caller(workspace(store, start));
  await call('openTab', { recordId: maya });
  expect(await call('setTabLabel', { tabId: 'ctab0', label: 'Caller' })).toMatchObject({
    title: 'Caller',
    customTitle: 'Caller',
  });
  expect(await call('setTabIcon', { tabId: 'ctab0', icon: 'standard:call' })).toMatchObject({ icon: 'standard:call' });
  expect(store.get().workspace.tabs[0]?.custom).toEqual({ label: 'Caller', icon: 'standard:call' });
});

test.each([
  ['openTab', undefined, 'is required'],
  ['openTab', { recordId: 'short' }, 'no record id'],
  ['openTab', { recordId: '00Q000000000001' }, 'No object that you can see'],
  ['openTab', { url: 'https://evil.example/lightning/page/home' }, 'does not open as a tab'],
  ['openTab', { url: '/lightning/o/Contact/list' }, 'does not open as a tab'],
  ['openTab', { pageReference: { type: 'standard__component' } }, 'type standard__component'],
  ['openSubtab', { parentTabId: 'ctab7', recordId: maya }, 'no tab ctab7'],
  ['closeTab', { tabId: 'ctab0' }, 'no tab ctab0'],
  ['getTabInfo', {}, 'no tab undefined'],
  ['getFocusedTabInfo', undefined, 'No tab has the focus'],
])('%s of %j is refused', (method, args, words) => {
  const call = caller(workspace(newStore(), start));
  return expect(call(method, args)).rejects.toThrow(words);
});

test('page references and short addresses name tabs too', async () => {
  const call = caller(workspace(newStore(), start));
  const reference = { type: 'standard__recordPage', attributes: { recordId: otto, actionName: 'view' } };
  expect(await call('openTab', { pageReference: reference })).toBe('ctab0');
  expect(await call('openTab', { url: `#/sObject/${maya}/view` })).toBe('ctab1');
  expect(await call('openTab', { url: '/lightning/n/Phone_Page' })).toBe('ctab2');
});

test('components hear of tabs as they come, take the focus and go', () => {
  const store = newStore();
  const events = new ApplicationEvents();
  const heard: unknown[] = [];
  for (const name of ['lightning:tabCreated', 'lightning:tabFocused', 'lightning:tabClosed'])
    events.handle(name, (e) => heard.push([e.getName(), e.getParams()]));
  const stop = tabEvents(store, events);
  const location = { at: 'record', object: 'Contact', id: otto } as const;
  store.send({ type: 'workspace', event: { type: 'opened', location } });
  store.send({ type: 'clickToDial', enabled: true });
  store.send({ type: 'workspace', event: { type: 'closed', id: 'ctab0' } });
  stop();
  store.send({ type: 'workspace', event: { type: 'opened', location } });
  expect(heard).toEqual([
    ['tabCreated', { tabId: 'ctab0' }],
    ['tabFocused', { previousTabId: undefined, currentTabId: 'ctab0' }],
    ['tabClosed', { tabId: 'ctab0' }],
    ['tabFocused', { previousTabId: 'ctab0', currentTabId: undefined }],
  ]);
});

test('the utility bar is told of and changed, one’s own item unless another is named', async () => {
  const store = newStore();
  const call = caller(utilityBar(store, new UtilityClicks(), 'u0', 'u1'));
  expect(await call('getEnclosingUtilityId')).toBe('u0');
  await call('setUtilityLabel', { label: 'Linked' });
  await call('setUtilityHighlighted', { highlighted: true });
  await call('setPanelHeaderLabel', { label: 'Head' });
  await call('setPanelHeight', { heightPX: 300 });
  expect(await call('getUtilityInfo')).toMatchObject({
    id: 'u0',
    utilityLabel: 'Linked',
    utilityHighlighted: true,
    panelHeaderLabel: 'Head',
    panelHeight: 300,
    utilityVisible: false,
    utilityPoppedOut: false,
    isLoaded: false,
  });
  await call('openUtility', { utilityId: 'u1' });
  expect(store.get().panel.visible).toBe(true);
  await call('openUtility');
  expect(await call('getAllUtilityInfo')).toEqual([
    expect.objectContaining({ id: 'u0', utilityVisible: true, isLoaded: true }),
    expect.objectContaining({ id: 'u1', utilityVisible: false, utilityLabel: 'Phone' }),
    expect.objectContaining({ id: 'u2', utilityVisible: false }),
  ]);
  await call('minimizeUtility');
  expect(store.get().utilities[0]?.visible).toBe(false);
  expect(await call('isUtilityPoppedOut')).toBe(false);
});

test('who registered hears a click on the item, of the panel as it is since, until the component is gone', async () => {
  const clicks = new UtilityClicks();
  const toolkit = utilityBar(newStore(), clicks, 'u0', 'u1');
  const call = caller(toolkit);
  const own = vi.fn();
  const phone = vi.fn();
  expect(await call('onUtilityClick', { eventHandler: own })).toBe(true);
  await call('onUtilityClick', { utilityId: 'u1', eventHandler: phone });
  clicks.tell('u0', true);
  expect(own).toHaveBeenCalledExactlyOnceWith({ utilityId: 'u0', panelVisible: true });
  expect(phone).not.toHaveBeenCalled();
  toolkit.destroyed?.();
  clicks.tell('u1', false);
  expect(phone).not.toHaveBeenCalled();
  expect(await call('disableUtilityPopOut', { disabled: true, disabledText: 'Not here' })).toBe(true);
});

test.each([
  ['onUtilityClick', {}, 'eventHandler must be a function'],
  ['disableUtilityPopOut', {}, 'disabled must be true or false'],
  ['toggleModalMode', { enableModalMode: true }, 'no modal mode'],
  ['openUtility', { utilityId: 'u9' }, 'no utility u9'],
  ['setPanelHeight', { heightPX: -1 }, 'number of pixels'],
  ['setPanelWidth', { widthPX: '300' }, 'number of pixels'],
  ['setUtilityHighlighted', { highlighted: 'yes' }, 'true or false'],
  ['setUtilityIcon', { icon: '../x' }, 'utility icon'],
  ['setUtilityLabel', {}, 'label must be text'],
])('%s of %j is refused', (method, args, words) =>
  expect(caller(utilityBar(newStore(), new UtilityClicks(), 'u0', 'u1'))(method, args)).rejects.toThrow(words),
);

test('the notifications library shows toasts, and says of notices that there are none', async () => {
  const toast = vi.fn();
  const call = caller(notifications(toast));
  await call('showToast', { title: 'Declined', message: 'Two.', variant: 'warning' });
  expect(toast).toHaveBeenCalledExactlyOnceWith('info', 'Declined Two.');
  await expect(call('showToast', {})).rejects.toThrow('title or message is required');
  await expect(call('showNotice', { message: 'Stop' })).rejects.toThrow('no notices');
});

const lunch = { statusId: '0N5000000000001', statusName: 'Lunch', statusApiName: 'Lunch', channels: [] };
const online = {
  statusId: '0N5000000000002',
  statusName: 'Online',
  statusApiName: 'Online',
  channels: [{ channelId: '0N9000000000001', developerName: 'Phone' }],
};

function omni(over: Partial<OmniChannel> = {}): OmniChannel {
  return {
    status: () => online,
    setStatus: vi.fn(async () => lunch),
    logout: vi.fn(async () => undefined),
    works: () => [{ workItemId: '500000000000001', workId: '0Bz000000000001', isEngaged: true }],
    workload: () => ({ configuredCapacity: 5, currentWorkload: 1 }),
    accept: vi.fn(async () => undefined),
    decline: vi.fn(async () => undefined),
    close: vi.fn(async () => undefined),
    listen: () => () => undefined,
    ...over,
  };
}

test('Omni-Channel answers in the platform’s shapes: lists as JSON in text', async () => {
  const inner = omni();
  const call = caller(omniToolkit(inner));
  const { channels, ...named } = online;
  expect(await call('getServicePresenceStatusId')).toEqual(named);
  expect(await call('getServicePresenceStatusChannels')).toEqual({ channels: JSON.stringify(channels) });
  expect(await call('setServicePresenceStatus', { statusId: lunch.statusId })).toEqual({ ...lunch, channels: '[]' });
  expect(inner.setStatus).toHaveBeenLastCalledWith(lunch.statusId, 'OmniToolkitStatusChange');
  expect(await call('login', { statusId: lunch.statusId })).toBe(true);
  expect(inner.setStatus).toHaveBeenLastCalledWith(lunch.statusId, 'OmniLoginStatusChange');
  expect(await call('getAgentWorks')).toEqual({ works: JSON.stringify(inner.works()) });
  expect(await call('getAgentWorkload')).toMatchObject({ configuredCapacity: 5, currentWorkload: 1 });
  expect(await call('declineAgentWork', { workId: '0Bz', declineReason: 'Busy' })).toBe(true);
  expect(inner.decline).toHaveBeenCalledExactlyOnceWith('0Bz', 'Busy');
  expect(await call('acceptAgentWork', { workId: '0Bz' })).toBe(true);
  expect(await call('closeAgentWork', { workId: '0Bz' })).toBe(true);
  expect(await call('logout')).toBe(true);
});

test('Omni-Channel refuses who is logged out, what names nothing, and an app without it', async () => {
  const out = caller(omniToolkit(omni({ status: () => null })));
  for (const method of [
    'getServicePresenceStatusId',
    'getServicePresenceStatusChannels',
    'getAgentWorks',
    'getAgentWorkload',
  ])
    await expect(out(method)).rejects.toThrow('not logged in');
  await expect(out('setServicePresenceStatus', {})).rejects.toThrow('statusId is required');
  await expect(out('acceptAgentWork')).rejects.toThrow('workId is required');
  await expect(caller(omniToolkit(null))('logout')).rejects.toThrow('not in the utility bar');
});
