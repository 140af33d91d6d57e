// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isFields } from '../wire/read.ts';
import { Desk } from './desk.ts';
import type { Road } from './road.ts';

// The package's component AC_Desk as it is deployed, among doubles of what the platform gives an Aura component.

type Action = (component: unknown, event: unknown, helper: unknown) => void;

const bundle = join(import.meta.dirname, '../../../sfdx/force-app/main/default/aura/AC_Desk');
const markup = readFileSync(join(bundle, 'AC_Desk.cmp'), 'utf8');

/** A controller or helper: its file is one object, which the framework evaluates. */
function load(file: string): Record<string, unknown> {
  const value: unknown = new Function('$A', `return ${readFileSync(join(bundle, file), 'utf8')}`)({
    getCallback: (f: unknown) => f,
  });
  return isFields(value) ? value : expect.fail(`${file} is no object`);
}

const pages = 'https://org--c.vf.force.com';
const lunch = { statusId: '0N5000000000001AAA', statusName: 'Lunch', statusApiName: 'Lunch' };

/** The component in a console, whose toolkits are what the test makes of them. */
function desk(origin = pages) {
  const published: unknown[] = [];
  const toolkits: Record<string, Record<string, unknown>> = {
    channel: { publish: (m: unknown) => published.push(m) },
    omni: {
      getServicePresenceStatusId: vi.fn(async () => lunch),
      setServicePresenceStatus: vi.fn(async () => ({ ...lunch, channels: '[]' })),
      logout: vi.fn(async () => true),
      raiseAgentWorkFlag: vi.fn(),
    },
    workspace: { openTab: vi.fn(async () => 'ctab0'), disableTabClose: vi.fn() },
    utilityBar: { openUtility: vi.fn(async () => true), setUtilityLabel: vi.fn() },
  };
  const attributes: Record<string, unknown> = { 'v.pageOrigin': origin, 'v.isConnected': false, 'v.isReady': false };
  const around = { isValid: true };
  const component = {
    get: (name: string) => attributes[name],
    set: (name: string, value: unknown) => {
      attributes[name] = value;
    },
    find: (id: string) => toolkits[id],
    isValid: () => around.isValid,
  };
  const controller = load('AC_DeskController.js');
  const helper = load('AC_DeskHelper.js');
  const act = (name: string, params: Record<string, unknown> = {}) => {
    const action = controller[name];
    if (!isAction(action)) throw new Error(`no action ${name}`);
    action(component, { getParam: (p: string) => params[p] }, helper);
  };
  ends.push(() => act('destroyed'));
  const ask = (call: string, args?: Record<string, unknown>) =>
    act('heard', { to: 'desk', from: 'page', id: '1', call, args });
  return { act, ask, published, toolkits, attributes, around };
}

const isAction = (v: unknown): v is Action => typeof v === 'function';
const settled = () => new Promise((resolve) => setImmediate(resolve));

const ends: (() => void)[] = [];
beforeEach(() => void ends.splice(0));
afterEach(() => {
  for (const end of ends) end();
});

/** A message of a frame, which notes what is posted to it. */
function frame() {
  const heard: unknown[] = [];
  const source = { postMessage: (message: unknown, to: string) => heard.push([message, to]) };
  const says = (data: unknown, origin = pages) => {
    const e = new MessageEvent('message', { data, origin });
    Object.defineProperty(e, 'source', { value: source });
    window.dispatchEvent(e);
  };
  return { heard, says };
}

const answer = (value: unknown) => ({ to: 'page', id: '1', ok: true, value });
const refusal = (error: unknown) => ({ to: 'page', id: '1', ok: false, error });

test('it says once that it is ready, when it is rendered', () => {
  const { act, published } = desk();
  act('rendered');
  act('rendered');
  expect(published).toEqual([{ to: 'pages', event: 'ready', detail: { version: 1 } }]);
});

test('hello is answered on the channel, and the panel says that somebody is there', async () => {
  const { ask, published, attributes } = desk();
  expect(attributes['v.isConnected']).toBe(false);
  ask('hello');
  await settled();
  expect(published).toEqual([answer({ version: 1 })]);
  expect(attributes['v.isConnected']).toBe(true);
});

test.each([
  ['omni.getServicePresenceStatusId', undefined, lunch],
  ['omni.setServicePresenceStatus', { statusId: '0N5000000000001' }, { ...lunch, channels: '[]' }],
  ['omni.setServicePresenceStatus', { statusId: '0N5000000000001AAA' }, { ...lunch, channels: '[]' }],
  ['omni.logout', undefined, true],
  ['workspace.openTab', { url: '/lightning/page/home', focus: false }, 'ctab0'],
  ['utilityBar.openUtility', { utilityId: 'u' }, true],
])('%s with %j is passed on as it is', async (call, args, value) => {
  const { ask, published, toolkits } = desk();
  ask(call, args);
  await settled();
  const [toolkit = '', method = ''] = call.split('.');
  expect(toolkits[toolkit]?.[method]).toHaveBeenCalledExactlyOnceWith(...(args ? [args] : []));
  expect(published).toEqual([answer(value)]);
});

test.each([
  'omni.raiseAgentWorkFlag',
  'workspace.disableTabClose',
  'utilityBar.setUtilityLabel',
  'channel.publish',
  'omni',
  'omni.',
  'omni.constructor',
  'constructor.name',
  'toString.length',
  '',
])('%j is not passed on', async (call) => {
  const { ask, published, toolkits } = desk();
  ask(call, { x: 1 });
  await settled();
  expect(published).toEqual([refusal(`AC_Desk does not pass on ${call}.`)]);
  for (const method of ['raiseAgentWorkFlag', 'disableTabClose', 'setUtilityLabel'])
    for (const toolkit of Object.values(toolkits)) if (toolkit[method]) expect(toolkit[method]).not.toHaveBeenCalled();
});

test.each([
  ['an error', () => Promise.reject(new Error('Not an agent.')), 'Not an agent.'],
  ['a text', () => Promise.reject('Not an agent.'), 'Not an agent.'],
  ['an object', () => Promise.reject({ code: 7 }), '{"code":7}'],
  ['nothing', () => Promise.reject(), 'refused'],
  [
    'an exception',
    () => {
      throw new Error('Not an agent.');
    },
    'Not an agent.',
  ],
])('what a toolkit refuses with %s is refused in its words', async (_, logout, words) => {
  const { ask, published, toolkits } = desk();
  toolkits.omni = { logout };
  ask('omni.logout');
  await settled();
  expect(published).toEqual([refusal(words)]);
});

test.each([
  { to: 'page', from: 'page', id: '1', call: 'hello' },
  { to: 'desk', id: '1', call: 'hello' },
  { to: 'desk', from: 'page', call: 'hello' },
  {},
])('%j is no question', async (message) => {
  const { act, published, attributes } = desk();
  act('heard', message);
  await settled();
  expect([published, attributes['v.isConnected']]).toEqual([[], false]);
});

test('a component that has gone answers nothing more', async () => {
  const { ask, published, around } = desk();
  ask('omni.logout');
  around.isValid = false;
  await settled();
  expect(published).toEqual([]);
});

test('a frame is answered where it asked, and told what happens; the channel too', async () => {
  const { act, published } = desk();
  act('rendered');
  const { heard, says } = frame();
  says({ to: 'desk', from: 'page', id: '1', call: 'hello' });
  await settled();
  expect(heard).toEqual([[answer({ version: 1 }), pages]]);
  expect(published).toHaveLength(1); // that it is ready
  act('loggedOut', { reason: 'x' });
  const told = { to: 'pages', event: 'omniChannelLogout', detail: { reason: 'x' } };
  expect(heard.slice(1)).toEqual([[told, pages]]);
  expect(published.slice(1)).toEqual([told]);
  act('destroyed');
  says({ to: 'desk', from: 'page', id: '2', call: 'hello' });
  await settled();
  expect(heard).toHaveLength(2);
});

test.each([
  ['another origin', pages, 'https://elsewhere.example'],
  ['the console itself', pages, 'https://org.lightning.force.com'],
  ['any frame while nobody has said where pages are', '', pages],
])('%s is not heard', async (_, origin, from) => {
  const { act, toolkits, attributes } = desk(origin);
  act('rendered');
  const { heard, says } = frame();
  says({ to: 'desk', from: 'page', id: '1', call: 'omni.logout' }, from);
  says({ to: 'desk', from: 'page', id: '1', call: 'hello' }, from);
  await settled();
  expect([heard, attributes['v.isConnected']]).toEqual([[], false]);
  expect(toolkits.omni?.logout).not.toHaveBeenCalled();
});

test('frames are bounded: of many the latest are told', async () => {
  const { act } = desk();
  act('rendered');
  const frames = Array.from({ length: 6 }, frame);
  for (const f of frames) f.says({ to: 'desk', from: 'page', id: '1', call: 'hello' });
  await settled();
  act('workAccepted', { workId: '0Bz' });
  expect(frames.map((f) => f.heard.length)).toEqual([1, 1, 2, 2, 2, 2]);
});

const events = [...markup.matchAll(/event="lightning:(\w+)" action="\{!c\.(\w+)\}"/g)].map(
  (m) => [m[1], m[2]] as const,
);

test('the markup has a handler for each event of Omni-Channel that pages may want', () => {
  expect(events.map(([event]) => event)).toEqual([
    'omniChannelLoginSuccess',
    'omniChannelStatusChanged',
    'omniChannelLogout',
    'omniChannelWorkAccepted',
    'omniChannelWorkloadChanged',
    'omniChannelConnectionError',
  ]);
});

test.each(events)('%s is told by the platform’s name, with what the platform says of it', (event, action = '') => {
  const { act, published } = desk();
  const params = { statusId: '0N5000000000001', channels: '[]', workId: '0Bz', newWorkload: 2, error: 'x' };
  act(action, { ...params, secret: 'is not told' });
  expect(published).toEqual([{ to: 'pages', event, detail: params }]);
});

test('the page finds it, asks it and hears it', async () => {
  const hears: ((m: unknown) => void)[] = [];
  const { act, toolkits } = desk();
  toolkits.channel = { publish: (m: unknown) => hears.map((hear) => hear(m)) };
  const road: Road = {
    name: 'channel',
    send: async (ask) => act('heard', { ...ask }),
    listen: (hear) => {
      hears.push(hear);
      return () => {};
    },
  };
  const told: unknown[] = [];
  const page = new Desk([road], 'a page');
  const found = new Promise<void>((resolve) => {
    const stands = (by: string | null) => resolve(void told.push(by));
    ends.push(page.start({ stands, event: (...event) => told.push(event) }));
  });
  await found;
  await expect(page.ask('omni.setServicePresenceStatus', { statusId: '0N5' })).resolves.toMatchObject(lunch);
  await expect(page.ask('omni.raiseAgentWorkFlag')).rejects.toThrow(
    'AC_Desk does not pass on omni.raiseAgentWorkFlag.',
  );
  act('statusChanged', lunch);
  expect(told).toEqual(['channel', ['omniChannelStatusChanged', lunch]]);
});
