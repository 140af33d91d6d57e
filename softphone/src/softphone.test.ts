// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Click, Console, Omni, OmniListener } from './console.ts';
import { Softphone } from './softphone.ts';
import type { Telephony, TelephonyListener } from './telephony.ts';
import { aConsole, aContact, aHand, anAgent, FakeSocket } from './testing.ts';
import type { ContactFacts, Sees } from './wire/read.ts';
import { Refused, say } from './words.ts';

const key = 'patchcord:005';
let sockets: FakeSocket[] = [];

class Phone implements Telephony {
  readonly isThere = true;
  seen: Sees | null = null;
  readonly show = vi.fn();
  readonly reload = vi.fn();
  readonly dial = vi.fn(async () => {});
  readonly accept = vi.fn(async (_contactId: string) => {});
  readonly end = vi.fn(async (_contactId: string) => {});
  readonly goOffline = async () => {};
  readonly terminate = () => {};
  readonly hand = aHand();
  readonly echo = () => {};
  readonly sees = () => this.seen;
  readonly region = () => 'us-east-1';
  readonly isSoftphoneCall = () => true;

  constructor(readonly listener: TelephonyListener) {}

  signsIn(contacts: ContactFacts[] = []): void {
    this.seen = { agent: anAgent, contacts };
    this.listener.acknowledged();
    this.listener.agent('onInit', anAgent, false, {});
    this.listener.snapshot();
  }
}

/** The tests share one window: pages of earlier ones must not hear what happens in later ones. */
let leave = () => {};
function forgetful(): () => void {
  const heard = [window, document].map((target) => ({ target, on: vi.spyOn(target, 'addEventListener') }));
  return () => {
    for (const { target, on } of heard) {
      for (const [name, listener, options] of on.mock.calls) target.removeEventListener(name, listener, options);
      on.mockRestore();
    }
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  leave = forgetful();
  localStorage.clear();
  sessionStorage.clear();
  sockets = [];
  const Opened = Object.assign(
    function open() {
      const s = new FakeSocket();
      sockets.push(s);
      return s;
    },
    { OPEN: 1, CONNECTING: 0, CLOSED: 3 },
  );
  vi.stubGlobal('WebSocket', Opened);
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response()),
  );
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const remember = (part: object) =>
  localStorage.setItem(key, JSON.stringify({ session: 's', ccpUrl: 'https://ccp.example/ccp-v2/', since: 7, ...part }));

const settled = () => vi.advanceTimersByTimeAsync(0);

async function open(around: Console | null = aConsole()) {
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  const phones: Phone[] = [];
  const settings = {
    adapterUrl: 'https://adapter.example',
    ccpUrl: '',
    userId: '005',
    orgId: '00D',
    mayUse: true,
    channel: '',
  };
  new Softphone(window, root, settings, {
    console: around,
    telephony: (listener) => {
      const p = new Phone(listener);
      phones.push(p);
      return p;
    },
  }).start();
  await settled();
  const phone = phones[0] ?? expect.fail('no telephony');
  const said = () => [...root.querySelectorAll('.patchcord-banner span')].map((e) => e.textContent);
  const press = (name: string) =>
    [...root.querySelectorAll('button')].find((b) => b.textContent?.includes(name) && !b.hidden)?.click();
  return { root, phone, said, press };
}

const socket = (i = 0) => sockets[i] ?? expect.fail(`no socket ${i}`);

/** As the browser tells it when another tab has changed the storage. */
const elsewhere = (name: string) =>
  window.dispatchEvent(new StorageEvent('storage', { key: name, newValue: localStorage.getItem(name) }));

test('a page in a console says who it is, what is told is on its way in the same turn, and so is what it is asked to do', async () => {
  remember({});
  const pop = vi.fn(async () => null);
  const { phone } = await open(aConsole({ pop }));
  socket().welcomes();
  expect(socket().sent[0]).toMatchObject({
    hello: { user: '005', session: 's', capabilities: ['console', 'telephony'], front: { visible: true } },
  });
  phone.signsIn();
  expect(socket().kinds()).toEqual(['hello', 'event', 'sees']);
  phone.listener.contact('onConnecting', aContact(), anAgent, 100, false);
  expect(socket().events()).toEqual(['agent:agent:onInit:7', 'c-1:onConnecting:100']);
  const body = { type: 'screenPop', screenPop: { type: 'sobject', params: { recordId: '003' } } };
  socket().hears({ type: 'command', command: { id: 'r', again: false, body } });
  expect(pop).toHaveBeenCalledExactlyOnceWith('sobject', { recordId: '003' });
  await settled();
  expect(socket().sent.at(-1)).toEqual({
    type: 'result',
    result: { id: 'r', outcome: 'done', value: { recordId: '003' } },
  });
});

test('a welcome without an adapter record takes away nothing that is known of it', async () => {
  const panel = { medialess: true, earlyMicrophone: false, audioDevices: false, phoneType: false };
  const settings = { region: 'us-east-1', defaultCountry: 'US', clickToDial: true, panel };
  const kept = () => JSON.parse(localStorage.getItem(key) ?? '');
  remember({ settings, wants: ['connectVoiceContact.onRefresh'] });
  await open();
  socket().welcomes({ ccpUrl: '', settings: { region: '', defaultCountry: '', clickToDial: false }, wants: [] });
  expect(kept()).toMatchObject({ settings, wants: ['connectVoiceContact.onRefresh'] });
  socket().welcomes({ settings: { ...settings, region: 'eu-west-2' }, wants: [] });
  expect(kept()).toMatchObject({ settings: { region: 'eu-west-2' }, wants: [] });
});

test('a page without a console stands for nothing, and offers to sign in', async () => {
  remember({});
  const { root, phone, said } = await open(null);
  phone.signsIn();
  phone.listener.ended();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(0);
  expect(phone.show).not.toHaveBeenCalled();
  const lost = await open(aConsole({ answers: async () => false, view: () => new Promise(() => {}) }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(0);
  for (const page of [root, lost.root]) {
    expect(page.querySelector('.patchcord-sign-in')?.hasAttribute('hidden')).toBe(false);
    expect(page.querySelector('.patchcord-status')?.textContent).toBe('');
  }
  expect(said()).toEqual(['You are signed out of Amazon Connect.']);
});

test('a console that answers late gets its softphone', async () => {
  remember({});
  let answers = false;
  await open(aConsole({ answers: async () => answers }));
  expect(sockets).toHaveLength(0);
  answers = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sockets).toHaveLength(1);
});

test('a sign-in in another tab is heard: the socket opens, and the panel once the contact centre knows the agent', async () => {
  const { phone } = await open();
  expect(sockets).toHaveLength(0);
  remember({ session: 'theirs' });
  elsewhere(key);
  socket().opens();
  expect(socket().sent[0]).toMatchObject({ hello: { session: 'theirs' } });
  expect(phone.show).not.toHaveBeenCalled();
  remember({ session: 'theirs', panelAt: 9 });
  elsewhere(key);
  expect(phone.show).toHaveBeenCalledOnce();
  expect(sockets).toHaveLength(1);
});

test('a session that is good no more is given up for all tabs, and those of others are taken', async () => {
  remember({});
  localStorage.setItem('patchcord:005:begun', '["x"]');
  const { phone, said } = await open();
  socket().welcomes();
  phone.signsIn();
  socket().drops(4401);
  expect(JSON.parse(localStorage.getItem(key) ?? '')).toMatchObject({ session: '' });
  expect(localStorage.getItem('patchcord:005:begun')).toBeNull();
  expect(said()[0]).toContain('session has ended');
  remember({ session: 'new' });
  elsewhere(key);
  socket(1).welcomes();
  expect(said()).toEqual([]);
  remember({ session: 'newer' }); // the event that tells it is still on its way
  socket(1).drops(4401);
  socket(2).opens();
  expect(socket(2).sent[0]).toMatchObject({ hello: { session: 'newer' } });
  remember({ session: '' });
  elsewhere(key);
  expect(socket(2).readyState).toBe(3);
});

test('a welcome that does not come is said', async () => {
  remember({});
  const { phone, said } = await open();
  phone.signsIn();
  expect(said()).toEqual([]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said()[0]).toContain('not reachable');
  socket().welcomes();
  expect(said()).toEqual([]);
});

test.each([
  [4403, '', 'somebody else'],
  [4406, '9', 'older than the adapter (version 9)'],
])('closed with %i, the page stops and says what to do', async (code, reason, text) => {
  remember({});
  const { said } = await open();
  socket().drops(code, reason);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(said()[0]).toContain(text);
  expect(sockets).toHaveLength(1);
});

test('what another tab left is sent by the elected one, also if nobody said so', async () => {
  remember({});
  const { phone } = await open();
  socket().welcomes();
  phone.signsIn();
  socket().acknowledges(...socket().events());
  const fact = { source: 'patchcord', event: 'onChosen', key: 'ui:onChosen:1', replay: false, payload: {} };
  const left = JSON.stringify({ load: 'closed', n: 1, mono: 3, wall: Date.now() - 20_000, fact });
  localStorage.setItem('patchcord:005:fact:ui:onChosen:1', left);
  await vi.advanceTimersByTimeAsync(15_000);
  const sent = socket().sent.at(-1);
  expect(sent).toMatchObject({ type: 'event', event: { key: 'ui:onChosen:1' } });
  expect(sent?.type === 'event' && sent.event.age).toBeGreaterThanOrEqual(35_000);
  socket().acknowledges('ui:onChosen:1');
  expect(localStorage.getItem('patchcord:005:fact:ui:onChosen:1')).toBeNull();
});

test('what another tab cannot get rid of is sent by one that is not elected, too', async () => {
  remember({});
  await open();
  socket().welcomes();
  await vi.advanceTimersByTimeAsync(10_000);
  const name = 'patchcord:005:fact:c:onEnded:1';
  const fact = { source: 'connectVoiceContact', event: 'onEnded', key: 'c:onEnded:1', replay: false };
  localStorage.setItem(name, JSON.stringify({ load: 'asleep', n: 1, mono: 3, wall: Date.now(), fact }));
  elsewhere(name);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(socket().events()).toEqual([]);
  await vi.advanceTimersByTimeAsync(250);
  expect(socket().events()).toEqual(['c:onEnded:1']);
});

test('what another tab has no socket for is sent at once, and what was left when the socket comes up with it', async () => {
  remember({});
  await open();
  const leave = (key: string, more: object) => {
    const name = `patchcord:005:fact:${key}`;
    const fact = { source: 'connectVoiceContact', event: 'onConnecting', key, replay: false };
    localStorage.setItem(name, JSON.stringify({ load: 'cut off', n: 1, mono: 3, wall: Date.now(), ...more, fact }));
    elsewhere(name);
  };
  leave('c:onConnecting:1', {});
  await vi.advanceTimersByTimeAsync(10);
  socket().welcomes();
  expect(socket().events()).toEqual(['c:onConnecting:1']);
  await vi.advanceTimersByTimeAsync(10_000);
  leave('d:onConnecting:1', { held: true });
  expect(socket().events()).toEqual(['c:onConnecting:1', 'd:onConnecting:1']);
});

test('a click is told from its tab, and a dial that the contact centre refuses is said until it is dismissed', async () => {
  remember({});
  const clicks: ((c: Click) => void)[] = [];
  const enable = vi.fn(async () => {});
  const { phone, said, press } = await open(aConsole({ clickToDial: { onClick: (l) => clicks.push(l), enable } }));
  clicks[0]?.({ number: '1', details: { number: '1' } });
  expect(said()[0]).toContain('was not dialled: Patchcord adapter is not reachable');
  socket().welcomes();
  phone.signsIn();
  expect(enable).toHaveBeenCalledExactlyOnceWith(true);
  clicks[0]?.({ number: '1', details: { number: '1' } });
  expect(socket().events().at(-1)).toMatch(/^ui:onClickToDial:/);
  phone.dial.mockRejectedValueOnce(new Refused('dial.state', {}, '{"type":"InvalidStateException"}'));
  const body = { type: 'dial', dial: { phoneNumber: '+1', queueARN: '' } };
  socket().hears({ type: 'command', command: { id: 'd', again: false, body } });
  await settled();
  expect(said()).toEqual([say('dial.state')]);
  press('Dismiss');
  expect(said()).toEqual([]);
});

test('who has to choose sees how many there are; what is chosen pops and is told', async () => {
  remember({});
  const pop = vi.fn(async () => null);
  const { phone, root, press } = await open(aConsole({ pop }));
  socket().welcomes();
  phone.signsIn();
  const matches = [
    { recordId: '003A', object: 'Contact', name: 'Maya' },
    { recordId: '003B', object: 'Contact', name: 'Otto' },
  ];
  const body = { type: 'choose', choose: { contactId: 'c-1', matches, total: 60 } };
  socket().hears({ type: 'command', command: { id: 'x', again: false, body } });
  expect(root.querySelector('h2')?.textContent).toBe('60 records match this call; 2 are listed');
  press('Otto');
  await settled();
  expect(pop).toHaveBeenCalledExactlyOnceWith('sobject', { recordId: '003B' });
  const told = socket().sent.flatMap((m) => (m.type === 'event' && m.event.source === 'patchcord' ? [m.event] : []));
  expect(told).toMatchObject([{ event: 'onChosen', payload: { contactId: 'c-1', recordId: '003B' } }]);
  expect(root.querySelector('.patchcord-choice')?.hasAttribute('hidden')).toBe(true);
});

test('a person who touches the page is told, and a key keeps the record in front from being loaded again', async () => {
  remember({});
  const refresh = vi.fn(async () => {});
  const steps: ((v: Record<string, unknown>) => void)[] = [];
  await open(aConsole({ refresh, onNavigation: (l) => steps.push(l) }));
  socket().welcomes();
  await vi.advanceTimersByTimeAsync(10_000);
  steps[0]?.({ url: '/x', recordId: '003' });
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
  expect(socket().sent.filter((m) => m.type === 'front')).toEqual([
    { type: 'front', front: { visible: true, touchedAgo: 0 } },
  ]);
  const body = { type: 'refresh', refresh: { recordId: '003' } };
  socket().hears({ type: 'command', command: { id: 'r1', again: false, body } });
  await settled();
  expect(socket().sent.at(-1)).toMatchObject({ result: { value: { refreshed: false } } });
  await vi.advanceTimersByTimeAsync(5_000);
  socket().hears({ type: 'command', command: { id: 'r2', again: false, body } });
  await settled();
  expect(refresh).toHaveBeenCalledOnce();
});

test('the adapter’s lack of room is said for as long as it lasts', async () => {
  remember({});
  const { phone, said } = await open();
  socket().welcomes();
  phone.signsIn();
  socket().hears({ type: 'refusal', refusal: { key: 'agent:agent:onInit:7', reason: 'full', retryAfter: 2_000 } });
  expect(said()[0]).toContain('no room for more events');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(said()).toEqual([]);
  expect(
    socket()
      .events()
      .filter((k) => k === 'agent:agent:onInit:7'),
  ).toHaveLength(2);
});

test('a call whose audio fails is said above the panel and told to the adapter; a page loaded again in one says so too', async () => {
  remember({});
  const setLabel = vi.fn(async () => {});
  const nothing = async () => {};
  const around = () => aConsole({ panel: { show: nothing, hide: nothing, setLabel, setIcon: nothing } });
  const connected = aContact({ state: 'connected' });
  const { phone, said } = await open(around());
  socket().welcomes();
  phone.signsIn();
  phone.listener.contact('onConnected', connected, anAgent, 200, false);
  phone.listener.soundFailed('ice_collection_timeout');
  phone.listener.soundFailed('ice_collection_timeout');
  expect(said()[0]).toContain('found no way');
  await vi.advanceTimersByTimeAsync(40); // the caller's record would come first
  expect(setLabel).toHaveBeenLastCalledWith('No sound (206) 555-0142');
  const told = socket()
    .events()
    .filter((k) => k.includes('onSoftphoneError'));
  expect(told).toEqual(['agent:agent:onSoftphoneError:c-1:ice_collection_timeout']);
  phone.listener.soundBegan('c-1', true);
  expect(said()).toEqual([]);

  leave(); // the browser loads the page again
  leave = forgetful();
  const again = await open(around());
  socket(1).welcomes();
  again.phone.signsIn([connected]);
  again.phone.listener.contact('onConnected', connected, anAgent, 200, true);
  expect(again.said()[0]).toContain('lost when the page was loaded again');
  again.phone.listener.contact('onEnded', aContact({ state: 'ended' }), anAgent, 300, false);
  expect(again.said()).toEqual([]);
});

const none = { contactId: 'c-1', kind: 'none', total: 0, text: '', code: 'caller.none', canAdd: true };

test('a stranger is said to be one, with a form for a new contact and the page that says what happened', async () => {
  remember({});
  const pop = vi.fn(async (): Promise<unknown> => null);
  const { root, phone, said, press } = await open(aConsole({ pop }));
  socket().welcomes();
  phone.signsIn();
  const card = root.querySelector<HTMLElement>('.patchcord-caller') ?? expect.fail('no card');
  expect(card.hidden).toBe(true);
  phone.listener.contact('onConnecting', aContact(), anAgent, 100, false);
  expect(card.querySelector('strong')?.textContent).toBe('(206) 555-0142');
  expect(card.querySelector('a')?.href).toBe('https://adapter.example/admin/calls/c-1');
  expect(card.querySelector('button')?.hidden).toBe(true);
  socket().hears({ type: 'caller', caller: none });
  expect(card.textContent).toContain('No record has this number');
  press('New contact');
  const params = { entityName: 'Contact', defaultFieldValues: { Phone: '(206) 555-0142' } };
  expect(pop).toHaveBeenCalledExactlyOnceWith('NEW_RECORD_MODAL', params);
  pop.mockRejectedValueOnce(new Error('INSUFFICIENT_ACCESS'));
  press('New contact');
  await settled();
  expect(said()).toEqual([say('pop.noForm')]);
  phone.listener.contact('onDestroy', aContact({ state: 'missed' }), anAgent, 100, false);
  expect(card.hidden).toBe(true);
});

test('keys answer and end what is in front; nothing happens while somebody types, or where there is nothing to do', async () => {
  remember({});
  const { root, phone, said } = await open();
  socket().welcomes();
  phone.signsIn();
  const key = (name: string, on: EventTarget = document.body) =>
    on.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, altKey: true, shiftKey: true, bubbles: true, cancelable: true }),
    );
  expect(key('Enter')).toBe(false);
  expect(said()).toEqual(['No call rings.']);
  phone.listener.contact('onConnecting', aContact(), anAgent, 100, false);
  expect(said()).toEqual([]);
  expect(root.querySelector('.patchcord-caller')?.textContent).toContain('Alt+Shift+Enter answers');
  const field = root.appendChild(document.createElement('input'));
  key('Enter', field);
  expect(phone.accept).not.toHaveBeenCalled();
  key('Enter');
  expect(phone.accept).toHaveBeenCalledExactlyOnceWith('c-1');
  phone.listener.contact('onConnected', aContact({ state: 'connected' }), anAgent, 200, false);
  phone.end.mockRejectedValueOnce(new Refused('act.refused', {}, 'InvalidStateException'));
  key('Backspace');
  await settled();
  expect(phone.end).toHaveBeenCalledExactlyOnceWith('c-1');
  expect(said()).toEqual([say('act.refused')]);
});

test('a page that is loaded again says nothing of a call that is heard in another tab', async () => {
  remember({});
  const { phone } = await open();
  phone.listener.soundBegan('c-1', false);
  const again = await open();
  again.phone.signsIn();
  again.phone.listener.contact('onConnected', aContact({ state: 'connected' }), anAgent, 200, true);
  expect(again.said().join()).not.toContain('lost');
});

test('how the agent stands in Omni-Channel is told after each welcome, and what happens there as it happens', async () => {
  remember({});
  const lunch = { statusId: '0N5000000000001', statusName: 'Lunch', statusApiName: 'Lunch' };
  const setStatus = vi.fn(async () => lunch);
  const nobody = async () => expect.fail('nobody asked for that');
  const omni: Omni = {
    status: async () => lunch,
    setStatus,
    login: nobody,
    logout: nobody,
    workload: nobody,
  };
  const beside: { omni: Omni | undefined; listener: OmniListener | null } = { omni: undefined, listener: null };
  const around: Console = {
    ...aConsole(),
    onOmni: (listener) => {
      beside.listener = listener;
      return () => {};
    },
    get omni() {
      return beside.omni;
    },
  };
  const { said } = await open(around);
  socket().welcomes();
  const presences = (i = 0) => socket(i).sent.flatMap((m) => (m.type === 'presence' ? [m.presence] : []));
  await settled();
  const body = { type: 'omni', omni: { method: 'setStatus', statusId: '0N5000000000001AAA' } };
  socket().hears({ type: 'command', command: { id: 'a', again: false, body } });
  await settled();
  expect(socket().sent.at(-1)).toMatchObject({ result: { id: 'a', outcome: 'unable' } });
  expect(presences()).toEqual([]);
  beside.omni = omni;
  beside.listener?.stands('Open CTI');
  await settled();
  expect(presences()).toEqual([{ there: true, ...lunch }]);
  beside.listener?.event({ name: 'omniChannelStatusChanged', params: { ...lunch, channels: '[]' } });
  await settled();
  expect(socket().sent.at(-1)).toMatchObject({
    event: { source: 'salesforceAgent', event: 'onStateChange', payload: lunch },
  });
  socket().hears({ type: 'command', command: { id: 'b', again: false, body } });
  await settled();
  expect(socket().sent.at(-1)).toMatchObject({ result: { id: 'b', outcome: 'done', value: lunch } });
  expect(setStatus).toHaveBeenCalledExactlyOnceWith('0N5000000000001AAA');
  socket().drops();
  await vi.advanceTimersByTimeAsync(2_000);
  socket(1).welcomes();
  await settled();
  expect(presences(1)).toEqual([{ there: true, ...lunch }]);
  beside.omni = undefined;
  beside.listener?.stands(null);
  expect(presences(1).at(-1)).toMatchObject({ there: false });
  expect(said()).toEqual([]);
});
