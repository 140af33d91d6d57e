// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { firstState, next, type PageEffect, type PageEvent, type PageState } from './page-state.ts';
import { aContact, anAgent, aWelcome } from './testing.ts';
import type { Caller, Choose } from './wire/read.ts';
import { sentenceOf } from './words.ts';

const welcome: PageEvent = { type: 'welcome', welcome: aWelcome };
const snapshot: PageEvent = { type: 'snapshot', agent: anAgent, contacts: [] };
const contact = (part: Parameters<typeof aContact>[0], rest: Partial<Extract<PageEvent, { type: 'contact' }>> = {}) =>
  ({ type: 'contact', contact: aContact(part), gone: false, replay: false, hasAudio: true, ...rest }) as const;

const begin = (part: Partial<Parameters<typeof firstState>[0]> = {}) =>
  firstState({ mayUse: true, hasAdapter: true, session: '', ...part });

function walk(events: PageEvent[], from: PageState = begin()): { state: PageState; effects: PageEffect['type'][] } {
  let state = from;
  const effects: PageEffect['type'][] = [];
  for (const e of events) {
    const step = next(state, e);
    state = step.state;
    effects.push(...step.effects.map((f) => f.type));
  }
  return { state, effects };
}

describe('a contact', () => {
  const found = (state: string): PageEvent => ({ type: 'snapshot', agent: anAgent, contacts: [aContact({ state })] });
  const calling: PageEvent = { type: 'snapshot', agent: { ...anAgent, state: 'CallingCustomer' }, contacts: [] };
  const shown = (...events: PageEvent[]) => walk(events).state.shown;

  const bare = { number: '', name: '' };

  test.each<[string, PageEvent[], string]>([
    ['that rings', [contact({})], 'ringing'],
    ['that the agent makes', [contact({ inbound: false })], 'calling'],
    ['whose customer has not answered yet', [calling, contact({ inbound: false, state: 'connected' })], 'calling'],
    ['that is on', [contact({}), contact({ state: 'connected' })], 'onCall'],
    ['that is made and on', [snapshot, contact({ inbound: false, state: 'connected' })], 'onCall'],
    ['that is over', [contact({ state: 'connected' }), contact({ state: 'ended' })], 'wrapUp'],
    ['that nobody took', [contact({}), contact({ state: 'missed' })], 'missed'],
    ['that was turned down', [contact({}), contact({ state: 'rejected' })], 'missed'],
    ['that failed', [contact({}), contact({ state: 'error' })], 'failed'],
    ['that is closed', [contact({ state: 'ended' }), contact({ state: 'ended' }, { gone: true })], 'phone'],
    ['of an agent who is gone', [contact({ state: 'connected' }), { type: 'ended' }], 'phone'],
    ['found by a page that is loaded again in after-call work', [found('ended')], 'wrapUp'],
    ['found missed', [found('missed')], 'missed'],
    ['found on', [found('connected')], 'onCall'],
    ['that an earlier snapshot had', [found('connected'), snapshot], 'phone'],
  ])('%s is said in the bar', (_, events, what) => expect(shown(...events).what).toBe(what));

  test('is said with its number, once', () => {
    expect(shown(contact({ phoneNumber: '+1' }))).toEqual({ what: 'ringing', number: '+1', name: '' });
    expect(walk([contact({}), contact({})]).effects.filter((e) => e === 'label')).toHaveLength(1);
  });

  test('is shown whatever else comes and goes meanwhile', () => {
    const [call, second] = [{ phoneNumber: '+1' }, { contactId: 'c-2', phoneNumber: '+2' }];
    const talking = contact({ ...call, state: 'connected' });
    const onCall = { what: 'onCall', number: '+1', name: '' };
    for (const type of ['chat', 'task', 'email']) {
      const other = { contactId: 'c-2', type, phoneNumber: '' };
      expect(shown(contact(other))).toEqual({ what: 'phone', ...bare });
      expect(shown(talking, contact(other), contact({ ...other, state: 'ended' }))).toEqual(onCall);
    }
    const rings = { what: 'ringing', number: '+2', name: '' };
    expect(shown(talking, contact(second))).toEqual(rings);
    expect(shown(talking, contact(second), talking)).toEqual(rings);
    expect(shown(talking, contact({ ...second, state: 'missed' }))).toEqual(onCall);
    expect(shown(contact({ ...second, state: 'missed' }), talking)).toEqual(onCall);
    const next = contact({ ...second, state: 'connected' });
    expect(shown(talking, next, contact(call, { gone: true }))).toEqual({ ...rings, what: 'onCall' });
  });

  test('opens the panel when it rings, and when a reload has closed it', () => {
    expect(walk([contact({})]).effects).toContain('showPanel');
    expect(walk([contact({ state: 'connected' })]).effects).not.toContain('showPanel');
    expect(walk([contact({ state: 'connected' }, { replay: true })]).effects).toContain('showPanel');
    expect(walk([contact({}, { gone: true })]).effects).not.toContain('showPanel');
  });

  test('with its audio in the page keeps the page from being left', () => {
    const connected = contact({ state: 'connected' });
    const talking = (...events: PageEvent[]) => walk(events).state.talking;
    expect(talking(connected, connected)).toEqual(['c-1']);
    expect(talking(contact({ state: 'connected' }, { hasAudio: false }))).toEqual([]);
    expect(talking(contact({ state: 'connected', type: 'queue_callback' }))).toEqual(['c-1']);
    expect(talking(contact({ state: 'connected', type: 'chat' }))).toEqual([]);
    expect(talking(connected, contact({ state: 'ended' }))).toEqual([]);
    expect(talking(connected, { type: 'ended' })).toEqual([]);
  });
});

describe('the sound of a call', () => {
  const failed = (kind: string): PageEvent => ({ type: 'soundFailed', kind });
  const began = (contactId: string): PageEvent => ({ type: 'soundBegan', contactId });
  const lost = (contactId: string): PageEvent => ({ type: 'soundLost', contactId });
  const [rings, connected] = [contact({}), contact({ state: 'connected' })];
  const silence = (...events: PageEvent[]) => walk(events).state.silence;

  test('that fails is said from when it rings to its end, for whatever reason', () => {
    expect(silence(rings, failed('ice_collection_timeout'), connected)).toBe('network');
    expect(silence(connected, failed('signalling_handshake_failure'))).toBe('network');
    expect(silence(connected, failed('microphone_not_shared'))).toBe('microphone');
    expect(silence(contact({ inbound: false }), failed('webrtc_error'))).toBe('other');
    for (const over of [contact({ state: 'ended' }), contact({ state: 'error' }), contact({}, { gone: true })])
      expect(silence(connected, failed('webrtc_error'), over)).toBeNull();
    expect(silence(connected, failed('webrtc_error'), { type: 'ended' })).toBeNull();
  });

  test('is not what another problem of the softphone is about, nor what no call can have', () => {
    expect(silence(connected, failed('user_busy_error'))).toBeNull();
    expect(silence(connected, failed('constructor'))).toBeNull();
    expect(silence(failed('microphone_not_shared'))).toBeNull();
    expect(silence(contact({ type: 'chat' }), failed('webrtc_error'))).toBeNull();
    expect(
      silence(connected, contact({ contactId: 'c-2', type: 'chat', state: 'ended' }), failed('webrtc_error')),
    ).toBe('other');
  });

  test('that begins again is there again; that of another call says nothing', () => {
    expect(silence(connected, failed('webrtc_error'), began('c-2'))).toBe('other');
    expect(silence(connected, failed('webrtc_error'), began('c-1'))).toBeNull();
    expect(silence(connected, lost('c-2'))).toBeNull();
    expect(silence(connected, lost('c-1'))).toBe('reloaded');
  });

  test('goes before the call itself in the console’s bar, and leaves it as it was', () => {
    const labels = [];
    let state = begin();
    const calling = contact({ inbound: false });
    for (const e of [calling, failed('webrtc_error'), began('c-1'), contact({ state: 'connected' }), lost('c-1')]) {
      const step = next(state, e);
      state = step.state;
      for (const f of step.effects) if (f.type === 'label') labels.push(`${f.shown.what} ${f.shown.number}`);
    }
    expect(labels).toEqual([
      'calling +12065550142',
      'silent +12065550142',
      'calling +12065550142',
      'onCall +12065550142',
      'silent +12065550142',
    ]);
    expect(next(state, contact({ state: 'error' })).effects).toEqual([
      { type: 'label', shown: { what: 'failed', number: '+12065550142', name: '' } },
    ]);
  });
});

describe('a choice', () => {
  const maya = { recordId: '003', object: 'Contact', name: 'Maya' };
  const offer: Choose = { contactId: 'c-1', matches: [maya], total: 60 };
  const choose = (c: Choose): PageEvent => ({ type: 'choose', choose: c });

  test('is offered in the panel, and taken away', () => {
    const offered = walk([choose(offer)]);
    expect(offered.effects).toEqual(['showPanel']);
    expect(offered.state.choice).toEqual({ ...offer, more: false });
    expect(walk([choose({ ...offer, matches: [] })], offered.state)).toMatchObject({
      state: { choice: null },
      effects: [],
    });
    expect(walk([{ type: 'dismissedChoice' }], offered.state).state.choice).toBeNull();
  });

  test('pops what was chosen, and tells it once it is open', () => {
    const { state } = walk([choose(offer)]);
    expect(next(state, { type: 'choseRecord', recordId: '003' }).effects).toEqual([
      { type: 'pop', contactId: 'c-1', recordId: '003' },
    ]);
    expect(next(state, { type: 'choseRecord', recordId: 'not offered' }).effects).toEqual([]);
    const opened = next(state, { type: 'recordOpened', contactId: 'c-1', recordId: '003' });
    expect(opened.state.choice).toBeNull();
    expect(opened.effects).toEqual([{ type: 'tellChosen', contactId: 'c-1', recordId: '003' }]);
    const later = walk([choose({ ...offer, contactId: 'c-2' })], state).state;
    expect(next(later, { type: 'recordOpened', contactId: 'c-1', recordId: '003' }).state.choice?.contactId).toBe(
      'c-2',
    );
  });

  test('goes with its contact, not with another', () => {
    const { state } = walk([choose(offer)]);
    expect(walk([contact({ contactId: 'c-2' }, { gone: true })], state).state.choice).toEqual({
      ...offer,
      more: false,
    });
    expect(walk([contact({ state: 'ended' })], state).state.choice).toEqual({ ...offer, more: false });
    expect(walk([contact({}, { gone: true })], state).state.choice).toBeNull();
  });
});

describe('who is at the other end', () => {
  const maya = { recordId: '003', object: 'Contact', name: 'Maya' };
  const caller = (part: Partial<Caller>): PageEvent => ({
    type: 'caller',
    caller: { contactId: 'c-1', kind: 'known', total: 1, text: '', code: 'caller.known', ...part },
  });

  test('has a name in the bar once it is known, before and after, and with a page that is loaded again', () => {
    const known = caller({ record: maya });
    expect(walk([contact({}), known]).state.shown).toMatchObject({ what: 'ringing', name: 'Maya' });
    expect(walk([known, contact({})]).state.shown.name).toBe('Maya');
    const snap: PageEvent = { type: 'snapshot', agent: anAgent, contacts: [aContact({ state: 'ended' })] };
    expect(walk([snap, known]).state.shown).toMatchObject({ what: 'wrapUp', name: 'Maya' });
    const { shown } = walk([contact({}), known, caller({ kind: 'none', total: 0, code: 'caller.none' })]).state;
    expect(shown.name).toBe('Maya');
    const closed = walk([contact({}), known, contact({}, { gone: true })]).state;
    expect(closed.shown.name).toBe('');
    expect(closed.callers).toEqual({});
  });

  test('is the one whom the agent chose', () => {
    const choose: PageEvent = { type: 'choose', choose: { contactId: 'c-1', matches: [maya], total: 60, more: true } };
    const opened: PageEvent = { type: 'recordOpened', contactId: 'c-1', recordId: '003' };
    const several = caller({ kind: 'several', total: 60 });
    const { state } = walk([contact({}), choose, several]);
    expect(state.choice).toMatchObject({ total: 60, more: false });
    expect(walk([opened], state).state.shown.name).toBe('Maya');
    expect(walk([caller({ record: maya })], state).state.choice).toBeNull();
  });

  test('is offered again to a page that was loaded meanwhile, but not to who has said no', () => {
    const several = caller({ kind: 'several', total: 60, matches: [maya] });
    const { state } = walk([contact({}), several]);
    expect(state.choice).toMatchObject({ contactId: 'c-1', total: 60 });
    expect(walk([{ type: 'dismissedChoice' }, several], state).state.choice).toBeNull();
  });

  test('does not fill the page', () => {
    const many = [...Array(50).keys()].map((i) => caller({ contactId: `c-${i}` }));
    expect(Object.keys(walk(many).state.callers)).toHaveLength(20);
    expect(Object.keys(walk(many).state.callers).at(-1)).toBe('c-49');
  });
});

describe('what is said about a dial', () => {
  const refused = (code: string): PageEvent => ({
    type: 'dialled',
    result: { outcome: 'refused', error: 'InvalidStateException: not possible', code, args: { number: '5' } },
  });
  const done: PageEvent = { type: 'dialled', result: { outcome: 'done' } };
  const texts = (...events: PageEvent[]) => walk(events).state.notices.map(sentenceOf);
  const notice = (text: string): PageEvent => ({ type: 'notice', said: { level: 'info', text, about: 'adapter' } });

  test('is the latest only, and never in the contact centre’s words', () => {
    expect(texts(refused('dial.state'), refused('dial.badNumber'))).toEqual([
      'The number was not dialled: Amazon Connect does not take 5 for a number that can be called. Correct it, then try again.',
    ]);
    for (const code of ['', 'dial.ofNextYear', 'constructor'])
      expect(texts(refused(code))[0]).toContain('refused it without a reason that helps');
    expect(texts(refused('dial.state'), { type: 'dialled', result: { outcome: 'unknown' } })[0]).toContain('not known');
    expect(texts({ type: 'dialled', result: { outcome: 'unable' } })[0]).toContain('not signed in to Amazon Connect');
    expect(texts({ type: 'clickLost', how: 'unknown' })[0]).toContain('not known');
    expect(texts({ type: 'clickLost', how: 'notTold' })[0]).toContain('not reachable');
  });

  test('is seen in a panel that was closed', () => {
    const said: PageEvent = { type: 'notice', said: { level: 'warning', text: 'x', about: 'dial' } };
    for (const e of [refused('dial.state'), said, { type: 'clickLost', how: 'unknown' } as const])
      expect(walk([e]).effects).toEqual(['showPanel']);
    for (const e of [done, notice('other'), { type: 'dismissed', text: 'x' } as const])
      expect(walk([e]).effects).toEqual([]);
  });

  test('goes when a later dial succeeds, when another contact comes, and when the agent has read it', () => {
    const other = notice('other');
    const [text = ''] = texts(refused('dial.state'));
    expect(texts(other, refused('dial.state'), done)).toEqual(['other']);
    expect(texts(other, refused('dial.state'), contact({}))).toEqual(['other']);
    expect(texts(refused('dial.state'), contact({ state: 'connected' }))).toEqual([text]);
    expect(texts(refused('dial.state'), { type: 'dismissed', text })).toEqual([]);
    expect(texts(refused('dial.state'), { type: 'ended' })).toEqual([]);
  });

  test('stays when the adapter record changes, which takes back what was said of that', () => {
    expect(texts(refused('dial.state'), notice('broken'), welcome)[0]).toContain('Close the contact that is open');
    expect(texts(notice('broken'), welcome)).toEqual([]);
  });

  test('nothing stacks up, and what holds no more is taken back', () => {
    expect(texts(notice('a'), notice('b'), notice('a'), notice('c'), notice('d'))).toEqual(['a', 'c', 'd']);
    const down: PageEvent = {
      type: 'notice',
      said: { level: 'warning', text: '', code: 'org.down', about: 'adapter' },
    };
    expect(texts(down, down)).toHaveLength(1);
    expect(texts(down, notice('a'), { type: 'over', code: 'org.down' })).toEqual(['a']);
  });
});
