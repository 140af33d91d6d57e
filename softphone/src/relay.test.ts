// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { Commands } from './commands.ts';
import { agentHappening, contactHappening, isToldToFlows, sourceOf } from './contact-events.ts';
import type { Locks } from './election.ts';
import { aloneHost, type Click } from './host.ts';
import { Outbox } from './outbox.ts';
import { Relay } from './relay.ts';
import { AdapterSocket } from './socket.ts';
import { aContact } from './testing.ts';

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

function page(locks?: Locks) {
  const outbox = new Outbox(sessionStorage);
  const ignore = () => {};
  const socket = new AdapterSocket({
    url: 'ws://adapter.example/ws',
    page: 'p',
    build: 'test',
    inPanel: true,
    outbox,
    listener: { welcome: ignore, command: ignore, notice: ignore, away: ignore, signedOut: ignore },
  });
  const listeners: ((c: Click) => void)[] = [];
  const notDialled = vi.fn();
  const relay = new Relay({
    user: crypto.randomUUID(),
    host: { ...aloneHost(), onClickToDial: (l) => listeners.push(l) },
    socket,
    locks,
    elected: ignore,
    notDialled,
    now: () => 7,
    id: () => 'click-1',
  });
  relay.start();
  return { relay, click: (c: Click) => listeners[0]?.(c), notDialled, keys: () => outbox.pending().map((e) => e.key) };
}

test('a call is told event by event, with keys that do not change', () => {
  const { relay, keys } = page();
  relay.contact('onConnecting', aContact(), null, 100, false);
  relay.contact('onConnected', aContact({ state: 'connected' }), null, 200, false);
  relay.contact('onEnded', aContact({ state: 'ended' }), null, 300, false);
  expect(keys()).toEqual(['c-1:onConnecting:100', 'c-1:onConnected:200', 'c-1:onEnded:300']);
});

test('a refresh is told only when something changed', () => {
  const { relay, keys } = page();
  relay.contact('onRefresh', aContact(), null, 100, false);
  relay.contact('onRefresh', aContact(), null, 100, false);
  relay.contact('onRefresh', aContact({ attributes: { tier: 'gold' } }), null, 100, false);
  relay.contact('onRefresh', aContact({ attributes: { tier: 'gold' } }), null, 100, false);
  expect(keys()).toHaveLength(1);
});

test('a click is not kept for later while the adapter is away', () => {
  const { click, keys, notDialled } = page();
  click({ number: '1', details: { number: '1' } });
  expect(keys()).toEqual([]);
  expect(notDialled).toHaveBeenCalledOnce();
});

test('a tab that is not elected is quiet, and tells what is going on once it takes over', async () => {
  const elect: (() => void)[] = [];
  const locks: Locks = {
    request: (_name, _options, take) => new Promise((resolve) => elect.push(() => resolve(take()))),
  };
  const { relay, keys } = page(locks);
  relay.contact('onConnecting', aContact(), null, 100, false);
  relay.contact('onConnecting', aContact({ contactId: 'c-2' }), null, 150, false);
  relay.contact('onDestroy', aContact({ contactId: 'c-2' }), null, 160, false);
  expect(keys()).toEqual([]);
  elect[0]?.();
  expect(keys()).toEqual(['c-1:onConnecting:100']);
});

test.each([
  ['voice', 'connectVoiceContact'],
  ['queue_callback', 'connectQueueCallbackContact'],
  ['chat', 'connectChatContact'],
  ['task', 'connectTaskContact'],
])('a %s contact is of the source %s', (type, source) => expect(sourceOf(type)).toBe(source));

test('only a queued callback is incoming, and only it is not connecting', () => {
  expect([isToldToFlows('voice', 'onIncoming'), isToldToFlows('voice', 'onConnecting')]).toEqual([false, true]);
  expect([isToldToFlows('queue_callback', 'onIncoming'), isToldToFlows('queue_callback', 'onConnecting')]).toEqual([
    true,
    false,
  ]);
});

test('two rings of one contact are two occurrences', () => {
  const ring = (since: number) => contactHappening(aContact(), null, 'onConnecting', since, 7, false).key;
  expect(ring(100)).not.toBe(ring(200));
});

test('an agent event names the agent', () => {
  const agent = { username: 'agent', name: 'Amelia Okafor', state: 'Available', routingProfile: 'Basic' };
  expect(agentHappening(agent, 'onRoutable', 5, 7, false)).toMatchObject({
    source: 'connectAgent',
    key: 'agent:agent:onRoutable:Available:5',
    agent,
  });
});

test('a command is carried out once, also by a page that comes after', async () => {
  const pop = vi.fn(async () => ({ ok: 'yes' }));
  const hands = { host: { ...aloneHost(), pop }, dial: async () => {}, choose: () => {} };
  const command = { seq: 1, id: 'pop-1', body: { type: 'screenPop' as const, screenPop: { recordId: '003' } } };
  const first = new Commands(hands, localStorage);
  const both = await Promise.all([first.carryOut(command), first.carryOut(command)]);
  const later = await new Commands(hands, localStorage).carryOut({ ...command, seq: 9 });
  expect([...both, later]).toEqual(Array(3).fill({ id: 'pop-1', ok: true, value: { ok: 'yes' } }));
  expect(pop).toHaveBeenCalledOnce();
});

test('a command that the script does not know, or that the console refuses, is answered', async () => {
  const commands = new Commands({ host: aloneHost(), dial: async () => {}, choose: () => {} }, localStorage);
  await expect(commands.carryOut({ seq: 1, id: 'a', body: null })).resolves.toMatchObject({ id: 'a', ok: false });
  await expect(
    commands.carryOut({ seq: 2, id: 'b', body: { type: 'screenPop', screenPop: { recordId: '003' } } }),
  ).resolves.toEqual({ id: 'b', ok: false, error: 'This page is not inside a console.' });
});
