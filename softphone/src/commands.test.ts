import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Commands, type Hands } from './commands.ts';
import { Refresher } from './refresher.ts';
import { aConsole, aHand, anAgent, SharedStorage } from './testing.ts';
import { type Command, type CommandBody, commandKinds } from './wire/read.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const search: CommandBody = {
  type: 'search',
  search: { searchParams: '+12065550142', queryParams: '', callType: 'inbound', deferred: true },
};
const pop: CommandBody = { type: 'screenPop', screenPop: { type: 'sobject', params: { recordId: '003' } } };
const dial: CommandBody = { type: 'dial', dial: { phoneNumber: '+12065550142', queueARN: 'arn' } };
const choose: CommandBody = {
  type: 'choose',
  choose: { contactId: 'c', matches: [{ recordId: '003', object: 'Contact', name: 'Maya' }], total: 60 },
};

const command = (body: CommandBody | null, id = 'r|1|1', again = false): Command => ({ id, body, again });
const never = () => new Promise<never>(() => {});

function desk(part: Partial<Hands> = {}, shared = new SharedStorage()) {
  const { storage } = shared.tab();
  const console = aConsole({
    search: vi.fn(async () => ({ '003': { Name: 'Maya' } })),
    pop: vi.fn(async () => 'popped'),
  });
  const hands: Hands = {
    console: () => console,
    telephony: { dial: vi.fn(async () => {}), sees: () => ({ agent: anAgent, contacts: [] }), hand: aHand() },
    refresher: new Refresher(() => performance.now()),
    choose: vi.fn(),
    said: vi.fn(),
    ask: async () => ({ confirmed: true }),
    alert: () => {},
    signOut: async () => {},
    ...part,
  };
  return { shared, storage, hands, console, commands: new Commands(hands, storage, '005') };
}

test('each command is done by the hand that it is for', async () => {
  const { commands, console, hands } = desk();
  await expect(commands.carryOut(command(search, 'a'))).resolves.toEqual({
    id: 'a',
    outcome: 'done',
    value: { '003': { Name: 'Maya' } },
  });
  const opened = { recordId: '003' };
  await expect(commands.carryOut(command(pop, 'b'))).resolves.toEqual({ id: 'b', outcome: 'done', value: opened });
  expect(console.pop).toHaveBeenCalledExactlyOnceWith('sobject', { recordId: '003' });
  await expect(commands.carryOut(command(dial, 'c'))).resolves.toEqual({ id: 'c', outcome: 'done', value: null });
  expect(hands.telephony.dial).toHaveBeenCalledExactlyOnceWith('+12065550142', 'arn');
  await commands.carryOut(command(choose, 'd'));
  expect(hands.choose).toHaveBeenCalledExactlyOnceWith(choose.choose);
  const refresh: CommandBody = { type: 'refresh', refresh: { recordId: '003' } };
  await expect(commands.carryOut(command(refresh, 'e'))).resolves.toMatchObject({ value: { refreshed: false } });
});

test('a command is begun before its message has been left', () => {
  const { commands, console } = desk();
  void commands.carryOut(command(search));
  expect(console.search).toHaveBeenCalledOnce();
});

test('what is refused says why', async () => {
  const { commands } = desk({ console: () => aConsole({ pop: () => Promise.reject(new Error('No access.')) }) });
  await expect(commands.carryOut(command(pop))).resolves.toEqual({
    id: 'r|1|1',
    outcome: 'refused',
    error: 'The console refused it: “No access.”',
    code: 'command.refused',
    args: { said: 'No access.' },
  });
});

describe('what this page is not able to do is left to another', () => {
  const without = { answers: async () => true, ready: async () => {}, view: async () => ({}), onNavigation: () => {} };
  test.each<[string, CommandBody | null, Partial<Hands>]>([
    ['no console', search, { console: () => null }],
    ['no console to choose in', choose, { console: () => null }],
    ['a console without search', search, { console: () => without }],
    ['a console without pops', pop, { console: () => without }],
    ['a console without layouts', { type: 'softphoneLayout' }, { console: () => without }],
    ['a console without a panel', { type: 'showPanel' }, { console: () => without }],
    ['a console that loads nothing again', { type: 'refresh', refresh: { recordId: 'x' } }, { console: () => without }],
    ['nobody signed in', dial, { telephony: { dial: never, sees: () => null, hand: aHand() } }],
    ['a command that it does not know', null, {}],
  ])('%s', async (_, body, part) => {
    const { commands, storage } = desk(part);
    await expect(commands.carryOut(command(body))).resolves.toMatchObject({ id: 'r|1|1', outcome: 'unable' });
    expect(storage.length).toBe(0); // nothing was begun
  });
});

describe('a command that comes again', () => {
  test('while it runs is joined', async () => {
    const { commands, console } = desk();
    const both = await Promise.all([commands.carryOut(command(pop)), commands.carryOut(command(pop, 'r|1|1', true))]);
    expect(both[0]).toEqual(both[1]);
    expect(console.pop).toHaveBeenCalledOnce();
  });

  test('after a reload is answered with its first result', async () => {
    const first = desk();
    const result = await first.commands.carryOut(command(dial));
    const later = desk({}, first.shared);
    await expect(later.commands.carryOut(command(dial, 'r|1|1', true))).resolves.toEqual(result);
    expect(later.hands.telephony.dial).not.toHaveBeenCalled();
  });

  test('of what a search found nothing is in storage: it is searched again', async () => {
    const first = desk();
    await first.commands.carryOut(command(search));
    await first.commands.carryOut(command(search));
    expect(first.console.search).toHaveBeenCalledOnce();
    expect(first.storage.length).toBe(0);
    const later = desk({}, first.shared);
    await later.commands.carryOut(command(search, 'r|1|1', true));
    expect(later.console.search).toHaveBeenCalledOnce();
  });

  test('a dial that was begun and not ended before a reload is not known', async () => {
    const first = desk({ telephony: { dial: never, sees: () => ({ agent: anAgent, contacts: [] }), hand: aHand() } });
    void first.commands.carryOut(command(dial));
    const later = desk({}, first.shared);
    await expect(later.commands.carryOut(command(dial))).resolves.toMatchObject({ outcome: 'unknown' });
    expect(later.hands.telephony.dial).not.toHaveBeenCalled();
  });

  test('a dial that may have been begun elsewhere is not known either; a pop is repeated', async () => {
    const { commands, hands, console } = desk();
    await expect(commands.carryOut(command(dial, 'a', true))).resolves.toMatchObject({ outcome: 'unknown' });
    expect(hands.telephony.dial).not.toHaveBeenCalled();
    await expect(commands.carryOut(command(pop, 'b', true))).resolves.toMatchObject({ outcome: 'done' });
    expect(console.pop).toHaveBeenCalledOnce();
  });
});

describe('a command of which only is asked what became', () => {
  const asked = (id = 'r|1|1'): Command => ({ ...command(pop, id, true), ifRemembered: true });

  test('is answered with its result, after a reload too', async () => {
    const first = desk();
    const result = await first.commands.carryOut(command(pop));
    expect(result).toEqual({ id: 'r|1|1', outcome: 'done', value: { recordId: '003' } });
    await expect(first.commands.carryOut(asked())).resolves.toEqual(result);
    const later = desk({ console: () => null }, first.shared);
    await expect(later.commands.carryOut(asked())).resolves.toEqual(result);
    expect(first.console.pop).toHaveBeenCalledOnce();
  });

  test('while it is under way is answered with how it ends', async () => {
    let answer = () => {};
    const slow = () => new Promise<void>((resolve) => (answer = resolve));
    const { commands } = desk({ console: () => aConsole({ pop: slow }) });
    const both = [commands.carryOut(command(pop)), commands.carryOut(asked())];
    answer();
    const [first, second] = await Promise.all(both);
    expect(second).toMatchObject({ outcome: 'done', value: { recordId: '003' } });
    expect(second).toEqual(first);
  });

  test('that this page does not remember is never carried out', async () => {
    const { commands, console, storage } = desk();
    await expect(commands.carryOut(asked())).resolves.toMatchObject({ outcome: 'unable' });
    expect(console.pop).not.toHaveBeenCalled();
    expect(storage.length).toBe(0);
  });

  test('of a pop that opened no record nothing is kept but that', async () => {
    const { commands, storage } = desk();
    const form: CommandBody = { type: 'screenPop', screenPop: { type: 'newRecordModal', params: { secret: 'Maya' } } };
    await commands.carryOut(command(form));
    await expect(commands.carryOut(asked())).resolves.toMatchObject({ outcome: 'done', value: null });
    expect(storage.getItem('patchcord:005:done')).not.toContain('Maya');
  });
});

test('what takes too long and may be repeated is refused', async () => {
  const { commands } = desk({ console: () => aConsole({ pop: never }) });
  const result = commands.carryOut(command(pop));
  await vi.advanceTimersByTimeAsync(commandKinds.screenPop.within);
  await expect(result).resolves.toMatchObject({ outcome: 'refused' });
});

test('a dial that takes too long is not known, and is known once it has ended after all', async () => {
  let answer = () => {};
  const slow = () => new Promise<void>((resolve) => (answer = resolve));
  const { commands } = desk({
    telephony: { dial: slow, sees: () => ({ agent: anAgent, contacts: [] }), hand: aHand() },
  });
  const result = commands.carryOut(command(dial));
  await vi.advanceTimersByTimeAsync(commandKinds.dial.within);
  await expect(result).resolves.toMatchObject({ outcome: 'unknown' });
  await expect(commands.carryOut(command(dial, 'r|1|1', true))).resolves.toMatchObject({ outcome: 'unknown' });
  answer();
  await vi.advanceTimersByTimeAsync(0);
  await expect(commands.carryOut(command(dial, 'r|1|1', true))).resolves.toMatchObject({ outcome: 'done' });
});

test('no timer outlives a command', async () => {
  const { commands } = desk();
  await commands.carryOut(command(pop));
  expect(vi.getTimerCount()).toBe(0);
});

test('two hundred results are remembered, and none after the session has ended', async () => {
  const { commands, shared, hands } = desk();
  for (let i = 0; i < 201; i++) await commands.carryOut(command(dial, `d${i}`));
  const later = desk({}, shared);
  await expect(later.commands.carryOut(command(dial, 'd200'))).resolves.toMatchObject({ outcome: 'done' });
  expect(later.hands.telephony.dial).not.toHaveBeenCalled();
  commands.forget();
  expect(shared.names()).toEqual([]);
  await commands.carryOut(command(dial, 'd200'));
  expect(hands.telephony.dial).toHaveBeenCalledTimes(202);
});

test('what is of another user is not mixed in, and rubbish does no harm', async () => {
  const { commands, storage } = desk();
  storage.setItem('patchcord:005:done', '[{"id":7},"x"]');
  storage.setItem('patchcord:005:begun', '{{{');
  storage.setItem('patchcord:006:done', '[{"id":"r|1|1","outcome":"done"}]');
  await expect(commands.carryOut(command(pop))).resolves.toMatchObject({ value: { recordId: '003' } });
});

test('a storage without room costs only the memory of it', async () => {
  const { commands, shared } = desk();
  shared.quota = 0;
  await expect(commands.carryOut(command(dial))).resolves.toMatchObject({ outcome: 'done' });
  await expect(commands.carryOut(command(dial, 'r|1|1', true))).resolves.toMatchObject({ outcome: 'done' });
});
