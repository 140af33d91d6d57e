import { expect, test, vi } from 'vitest';
import { Commands, type Hands } from './commands.ts';
import { Refresher } from './refresher.ts';
import { aConsole, aHand, anAgent, SharedStorage } from './testing.ts';
import type { CommandBody } from './wire/read.ts';

/** Everything that a flow's command can reach, noting in words what was asked of it. */
function desk(part: Partial<Hands> = {}) {
  const did: string[] = [];
  const note =
    <A extends unknown[]>(name: string) =>
    async (...args: A) => {
      did.push(`${name}${args.length === 0 ? '' : ` ${JSON.stringify(args)}`}`);
    };
  const console = aConsole({
    view: async () => ({ url: '/lightning/r/Contact/003/view', recordId: '003' }),
    refresh: note('refresh'),
    clickToDial: { onClick: () => {}, enable: note('links') },
    completeWork: note('complete'),
    resize: { height: note('height'), width: note('width') },
    panel: { show: note('show'), hide: note('hide'), setLabel: note('label'), setIcon: note('icon') },
    omni: {
      status: async () => lunchOf('status'),
      setStatus: async (id) => lunchOf(`status ${id}`),
      login: async (id) => lunchOf(`log in ${id}`),
      logout: note('log out'),
      workload: async () => ({ configuredCapacity: 5, currentWorkload: 2 }),
    },
    tabs: {
      open: async (tab) => {
        did.push(`open ${JSON.stringify(tab)}`);
        return 'ctab0';
      },
      close: note('close'),
      all: async () => [{ id: 'ctab0', url: '/a', recordId: '003', focused: true, subtabs: [] }],
    },
  });
  function lunchOf(what: string) {
    did.push(what);
    return atLunch;
  }
  const hand = aHand({
    setStatus: note('status'),
    mute: note('mute'),
    endpoints: async (arn) => {
      did.push(`endpoints ${arn}`);
      return [];
    },
    changePhone: note('phone'),
    logs: async () => 'a line',
    hangUp: note('hang up'),
    clear: note('clear'),
  });
  const hands: Hands = {
    console: () => console,
    telephony: { dial: note('dial'), sees: () => ({ agent: anAgent, contacts: [] }), hand },
    refresher: new Refresher(() => 0),
    said: () => {},
    choose: () => {},
    ask: async (q, within) => {
      did.push(`ask ${q.message} ${within}`);
      return { confirmed: false };
    },
    alert: (m) => void did.push(`alert ${m}`),
    signOut: note('sign out'),
    ...part,
  };
  const { storage } = new SharedStorage().tab();
  const carryOut = (body: CommandBody) => new Commands(hands, storage, '005').carryOut({ id: 'x', again: false, body });
  return { did, storage, carryOut, console };
}

const atLunch = { statusId: '0N5', statusName: 'Lunch', statusApiName: 'Lunch' };

const question: CommandBody = {
  type: 'question',
  question: { title: 'Consent', message: 'May it be recorded?', confirm: '', cancel: '' },
};
const lunch = { arn: '', name: 'Lunch', routable: false };

test.each<[CommandBody, string[], unknown]>([
  [{ type: 'appView' }, [], { url: '/lightning/r/Contact/003/view', recordId: '003' }],
  [{ type: 'refreshView' }, ['refresh'], null],
  [{ type: 'panel', panel: { show: 'shown' } }, ['show'], null],
  [{ type: 'panel', panel: { show: 'hidden' } }, ['hide'], null],
  [{ type: 'panel', panel: { height: 600, width: 400 } }, ['height [600]', 'width [400]'], null],
  [{ type: 'clickToDial', clickToDial: { on: false } }, ['links [false]'], null],
  [question, ['show', 'ask May it be recorded? 44500'], { confirmed: false }],
  [{ type: 'alert', alert: { message: 'A good customer.' } }, ['alert A good customer.'], null],
  [
    { type: 'completeWork', completeWork: { workId: '0Xb', disposition: 'Won', taskId: '00T' } },
    ['complete [{"workId":"0Xb","disposition":"Won","taskId":"00T"}]'],
    null,
  ],
  [{ type: 'setStatus', setStatus: lunch }, ['status [{"arn":"","name":"Lunch","routable":false}]'], null],
  [{ type: 'mute', mute: { on: true } }, ['mute [true]'], null],
  [{ type: 'endpoints', endpoints: { queueARN: 'arn:q' } }, ['endpoints arn:q'], []],
  [{ type: 'phone', phone: { softphone: true, extension: '' } }, ['phone [{"softphone":true,"extension":""}]'], null],
  [{ type: 'ccpLogs' }, [], 'a line'],
  [{ type: 'hangUp', hangUp: { contactId: 'c' } }, ['hang up ["c"]'], null],
  [{ type: 'clearContact', clearContact: { contactId: 'c' } }, ['clear ["c"]'], null],
  [{ type: 'omni', omni: { method: 'status' } }, ['status'], atLunch],
  [{ type: 'omni', omni: { method: 'setStatus', statusId: '0N5A' } }, ['status 0N5A'], atLunch],
  [{ type: 'omni', omni: { method: 'login', statusId: '0N5A' } }, ['log in 0N5A'], atLunch],
  [{ type: 'omni', omni: { method: 'logout' } }, ['log out'], null],
  [{ type: 'omni', omni: { method: 'workload' } }, [], { configuredCapacity: 5, currentWorkload: 2 }],
  [{ type: 'openTab', openTab: { url: '/a', active: true } }, ['open {"url":"/a","active":true}'], 'ctab0'],
  [{ type: 'closeTab', closeTab: { id: 'ctab0' } }, ['close ["ctab0"]'], null],
  [{ type: 'tabs' }, [], [{ id: 'ctab0', url: '/a', recordId: '003', focused: true, subtabs: [] }]],
])('%j is carried out', async (body, did, value) => {
  const d = desk();
  await expect(d.carryOut(body)).resolves.toEqual({ id: 'x', outcome: 'done', value });
  expect(d.did).toEqual(did);
});

test('the agent as the contact centre shows them is answered, and left in no storage', async () => {
  const d = desk();
  await expect(d.carryOut({ type: 'agent' })).resolves.toMatchObject({
    value: { username: 'agent', mayDialOut: true },
  });
  expect(d.storage.length).toBe(0);
});

test('how the agent stands in Omni-Channel, and what tabs show, is asked anew rather than kept', async () => {
  const d = desk();
  await d.carryOut({ type: 'omni', omni: { method: 'status' } });
  await d.carryOut({ type: 'tabs' });
  expect(d.storage.length).toBe(0);
});

const bare = { answers: async () => true, ready: async () => {}, view: async () => ({}), onNavigation: () => {} };
const away = { dial: async () => {}, sees: () => null, hand: aHand() };

test.each<[CommandBody, Partial<Hands>]>([
  [{ type: 'appView' }, { console: () => null }],
  [question, { console: () => null }],
  [{ type: 'refreshView' }, { console: () => bare }],
  [{ type: 'panel', panel: { show: 'hidden' } }, { console: () => bare }],
  [{ type: 'panel', panel: { height: 600 } }, { console: () => bare }],
  [{ type: 'clickToDial', clickToDial: { on: true } }, { console: () => bare }],
  [{ type: 'completeWork', completeWork: { workId: '', disposition: '', taskId: '' } }, { console: () => bare }],
  [{ type: 'omni', omni: { method: 'status' } }, { console: () => bare }],
  [{ type: 'omni', omni: { method: 'logout' } }, { console: () => null }],
  [{ type: 'openTab', openTab: { url: '/a', active: true } }, { console: () => bare }],
  [{ type: 'closeTab', closeTab: { id: 'ctab0' } }, { console: () => bare }],
  [{ type: 'tabs' }, { console: () => bare }],
  [{ type: 'setStatus', setStatus: lunch }, { telephony: away }],
  [{ type: 'hangUp', hangUp: { contactId: 'c' } }, { telephony: away }],
])('%j is left to another page where this one is not able', async (body, part) => {
  const d = desk(part);
  await expect(d.carryOut(body)).resolves.toMatchObject({ outcome: 'unable' });
  expect(d.storage.length).toBe(0);
});

test('a console that does not open its panel does not keep a question from being asked', async () => {
  const panel = {
    show: vi.fn(() => Promise.reject(new Error('no'))),
    hide: vi.fn(),
    setLabel: vi.fn(),
    setIcon: vi.fn(),
  };
  const d = desk({ console: () => aConsole({ panel }) });
  await expect(d.carryOut(question)).resolves.toMatchObject({ value: { confirmed: false } });
});

test.each([
  [true, 'done'],
  [false, 'unable'],
])('what needs the component waits for it while it may be coming: %s', async (there, outcome) => {
  let arrives = (_: boolean) => {};
  const coming = new Promise<boolean>((resolve) => {
    arrives = resolve;
  });
  const whole = desk().console;
  let console = aConsole({ comes: () => coming });
  const d = desk({ console: () => console });
  const asked = d.carryOut({ type: 'omni', omni: { method: 'status' } });
  const again = d.carryOut({ type: 'omni', omni: { method: 'status' } });
  if (there) console = whole;
  arrives(there);
  await expect(asked).resolves.toMatchObject({ outcome });
  await expect(again).resolves.toMatchObject({ outcome });
});
