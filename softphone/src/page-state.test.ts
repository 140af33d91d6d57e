// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { firstState, next, type PageEffect, type PageEvent, type PageState } from './page-state.ts';
import { aContact, anAgent, aWelcome } from './testing.ts';
import type { Choose } from './wire/read.ts';

const there: PageEvent = { type: 'console', there: true };
const absent: PageEvent = { type: 'console', there: false };
const session = (s: string): PageEvent => ({ type: 'session', session: s });
const welcome: PageEvent = { type: 'welcome', welcome: aWelcome };
const signedIn: PageEvent = { type: 'signIn', signIn: { at: 'in' } };
const snapshot: PageEvent = { type: 'snapshot', agent: anAgent };
const stopped = (why: 'signIn' | 'otherUser' | 'version', of = 's', reason = ''): PageEvent => ({
  type: 'stopped',
  session: of,
  stop: { why, reason },
});
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

const rows: { name: string; events: PageEvent[]; from?: PageState; link: PageState['link']; effects: string[] }[] = [
  {
    name: 'a page in a console with a session connects',
    from: begin({ session: 's' }),
    events: [there, welcome],
    link: { at: 'up' },
    effects: ['resume', 'connect', 'expectWelcome', 'remember'],
  },
  {
    name: 'a page outside a console opens nothing, whoever signs in',
    from: begin({ session: 's' }),
    events: [absent, session('t'), signedIn, snapshot, { type: 'probed', reach: 'silent' }],
    link: { at: 'off' },
    effects: [],
  },
  {
    name: 'a console that answers late is welcome',
    from: begin({ session: 's' }),
    events: [absent, snapshot, there, absent],
    link: { at: 'connecting' },
    effects: ['resume', 'connect', 'expectWelcome', 'stand', 'awaitElection'],
  },
  {
    name: 'a session that comes later connects, here or from another tab',
    events: [there, session('s'), session('s'), welcome, session('t')],
    link: { at: 'connecting' },
    effects: ['resume', 'connect', 'expectWelcome', 'remember', 'connect', 'expectWelcome'],
  },
  {
    name: 'a session that another tab has given up stops this one too',
    from: begin({ session: 's' }),
    events: [there, welcome, session('')],
    link: { at: 'signedOut' },
    effects: ['resume', 'connect', 'expectWelcome', 'remember', 'disconnect', 'forgetCommands'],
  },
  {
    name: 'who may not use the softphone connects to nothing',
    from: begin({ session: 's', mayUse: false }),
    events: [there],
    link: { at: 'off' },
    effects: ['resume'],
  },
  {
    name: 'an adapter that is away stays so until it has answered',
    from: begin({ session: 's' }),
    events: [there, { type: 'away' }, session('t'), { type: 'away' }],
    link: { at: 'away' },
    effects: ['resume', 'connect', 'expectWelcome', 'connect', 'expectWelcome'],
  },
  {
    name: 'no welcome for long, and the agent takes calls: it is said',
    from: begin({ session: 's' }),
    events: [there, signedIn, { type: 'overdue' }],
    link: { at: 'away' },
    effects: ['resume', 'connect', 'expectWelcome', 'expectWelcome'],
  },
  {
    name: 'no welcome for long, and nobody is signed in: nothing is said',
    from: begin({ session: 's' }),
    events: [there, { type: 'overdue' }],
    link: { at: 'connecting' },
    effects: ['resume', 'connect', 'expectWelcome'],
  },
  {
    name: 'the agent takes calls without a session, and the adapter is silent: it is said',
    events: [there, signedIn, { type: 'probed', reach: 'silent' }],
    link: { at: 'away' },
    effects: ['resume'],
  },
  {
    name: 'the agent takes calls without a session, and the adapter answers: signing in is offered',
    events: [there, signedIn, { type: 'probed', reach: 'answers' }],
    link: { at: 'signedOut' },
    effects: ['resume'],
  },
  {
    name: 'a probe says nothing about a page with a socket',
    from: begin({ session: 's' }),
    events: [there, signedIn, welcome, { type: 'probed', reach: 'silent' }],
    link: { at: 'up' },
    effects: ['resume', 'connect', 'expectWelcome', 'expectWelcome', 'remember'],
  },
  {
    name: 'a session that is good no more is forgotten',
    from: begin({ session: 's' }),
    events: [there, stopped('signIn')],
    link: { at: 'signedOut' },
    effects: ['resume', 'connect', 'expectWelcome', 'forgetSession', 'forgetCommands'],
  },
  {
    name: 'the end of an older session is of no concern',
    from: begin({ session: 's' }),
    events: [there, session('t'), welcome, stopped('signIn', 's')],
    link: { at: 'up' },
    effects: ['resume', 'connect', 'expectWelcome', 'connect', 'expectWelcome', 'remember'],
  },
  {
    name: 'a page of somebody else does nothing more, whatever a probe says',
    from: begin({ session: 's' }),
    events: [there, stopped('otherUser'), signedIn, { type: 'probed', reach: 'answers' }, session('')],
    link: { at: 'otherUser' },
    effects: ['resume', 'connect', 'expectWelcome', 'forgetSession', 'forgetCommands'],
  },
  {
    name: 'a page of another version stops, and knows which',
    from: begin({ session: 's' }),
    events: [there, stopped('version', 's', '3')],
    link: { at: 'version', adapter: 3 },
    effects: ['resume', 'connect', 'expectWelcome'],
  },
  {
    name: 'an adapter that says no version is none the less another',
    from: begin({ session: 's' }),
    events: [there, stopped('version', 's', 'old')],
    link: { at: 'version', adapter: 0 },
    effects: ['resume', 'connect', 'expectWelcome'],
  },
];

test.each(rows)('$name', ({ events, from, link, effects }) => {
  const got = walk(events, from);
  expect(got.state.link).toEqual(link);
  expect(got.effects).toEqual(effects);
});

describe('what the page sees', () => {
  const up = walk([there, welcome], begin({ session: 's' })).state;

  test('is said once it is settled who tells, and after each welcome', () => {
    expect(walk([snapshot], up).effects).toEqual(['stand', 'awaitElection', 'links']);
    const elected = walk([snapshot, { type: 'elected' }, { type: 'waited' }], up);
    expect(elected.effects.filter((e) => e === 'sees')).toHaveLength(1);
    expect(walk([{ type: 'away' }, welcome], elected.state).effects).toEqual(['remember', 'sees']);
  });

  test('is said by a tab that is not elected too', () => {
    expect(walk([snapshot, { type: 'waited' }, { type: 'elected' }], up).effects).toContain('sees');
  });

  test('waits for the welcome', () => {
    const away = walk([there, snapshot, { type: 'elected' }], begin({ session: 's' }));
    expect(away.effects).not.toContain('sees');
    expect(walk([welcome], away.state).effects).toContain('sees');
  });

  test('is nothing after a sign-out, and comes anew after a sign-in', () => {
    const out = walk([snapshot, { type: 'elected' }, { type: 'ended' }], up);
    expect(out.effects.slice(-2)).toEqual(['resign', 'links']);
    expect(walk([welcome, { type: 'waited' }, { type: 'agent', agent: anAgent }], out.state).effects).toEqual([
      'remember',
    ]);
    expect(walk([snapshot, { type: 'elected' }], out.state).effects).toEqual([
      'stand',
      'awaitElection',
      'links',
      'sees',
    ]);
  });
});

test('numbers are links while the adapter lets them, and somebody can call', () => {
  const links = (events: PageEvent[]) => walk(events, begin({ session: 's' })).state.links;
  const noLinks: PageEvent = {
    type: 'welcome',
    welcome: { ...aWelcome, settings: { ...aWelcome.settings, clickToDial: false } },
  };
  expect(links([there, welcome])).toBe(false);
  expect(links([there, welcome, snapshot])).toBe(true);
  expect(links([there, snapshot, welcome])).toBe(true);
  expect(links([there, snapshot, noLinks])).toBe(false);
  expect(links([there, snapshot, welcome, noLinks])).toBe(false);
  expect(links([there, snapshot, welcome, { type: 'ended' }])).toBe(false);
  expect(links([there, snapshot, welcome, stopped('signIn')])).toBe(false);
});

describe('a contact', () => {
  const shown = (...events: PageEvent[]) => walk(events).state.shown;

  test('is shown in the bar as long as it lasts', () => {
    const call = { phoneNumber: '+1' };
    expect(shown(contact(call))).toEqual({ what: 'ringing', number: '+1' });
    expect(shown(contact({ ...call, inbound: false }))).toEqual({ what: 'phone', number: '' });
    const talking = contact({ ...call, state: 'connected' });
    expect(shown(contact(call), talking)).toEqual({ what: 'onCall', number: '+1' });
    expect(shown(talking, contact({ state: 'missed' })).what).toBe('phone');
    expect(shown(talking, contact({ state: 'error' })).what).toBe('phone');
    expect(shown(talking, contact({ state: 'error' }, { gone: true })).what).toBe('phone');
    expect(walk([contact(call), contact(call)]).effects.filter((e) => e === 'label')).toHaveLength(1);
  });

  test('is shown whatever else comes and goes meanwhile', () => {
    const [call, second] = [{ phoneNumber: '+1' }, { contactId: 'c-2', phoneNumber: '+2' }];
    const talking = contact({ ...call, state: 'connected' });
    const onCall = { what: 'onCall', number: '+1' };
    for (const type of ['chat', 'task', 'email']) {
      const other = { contactId: 'c-2', type, phoneNumber: '' };
      expect(shown(contact(other))).toEqual({ what: 'phone', number: '' });
      expect(shown(talking, contact(other), contact({ ...other, state: 'ended' }))).toEqual(onCall);
    }
    expect(shown(talking, contact(second))).toEqual({ what: 'ringing', number: '+2' });
    expect(shown(talking, contact(second), talking)).toEqual({ what: 'ringing', number: '+2' });
    expect(shown(talking, contact(second), contact({ ...second, state: 'missed' }))).toEqual(onCall);
    expect(shown(talking, contact({ ...second, state: 'connected' }), contact(call, { gone: true }))).toEqual({
      what: 'onCall',
      number: '+2',
    });
    expect(shown(talking, { type: 'ended' }, contact({ state: 'error' })).what).toBe('phone');
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
    expect(labels).toEqual(['silent +12065550142', 'phone ', 'onCall +12065550142', 'silent +12065550142']);
    expect(next(state, contact({ state: 'error' })).effects).toEqual([
      { type: 'label', shown: { what: 'phone', number: '' } },
    ]);
  });
});

test('what it sees is told again once the adapter has room: it may have been refused', () => {
  const full = (who: 'adapter' | 'browser', full: boolean): PageEvent => ({ type: 'full', who, full });
  const { state } = walk([there, session('s'), welcome, snapshot, { type: 'elected' }]);
  expect(walk([full('adapter', true)], state).effects).toEqual([]);
  expect(walk([full('adapter', false)], state).effects).toEqual(['sees']);
  expect(walk([full('browser', false)], state).effects).toEqual([]);
  expect(walk([{ type: 'away' }, full('adapter', false)], state).effects).toEqual([]);
});

describe('a choice', () => {
  const maya = { recordId: '003', object: 'Contact', name: 'Maya' };
  const offer: Choose = { contactId: 'c-1', matches: [maya], total: 60 };
  const choose = (c: Choose): PageEvent => ({ type: 'choose', choose: c });

  test('is offered in the panel, and taken away', () => {
    const offered = walk([choose(offer)]);
    expect(offered.effects).toEqual(['showPanel']);
    expect(offered.state.choice).toEqual(offer);
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
    expect(walk([contact({ contactId: 'c-2' }, { gone: true })], state).state.choice).toEqual(offer);
    expect(walk([contact({ state: 'ended' })], state).state.choice).toEqual(offer);
    expect(walk([contact({}, { gone: true })], state).state.choice).toBeNull();
  });
});

describe('what is said about a dial', () => {
  const refused = (error: string): PageEvent => ({ type: 'dialled', outcome: 'refused', error });
  const texts = (...events: PageEvent[]) => walk(events).state.notices.map((n) => n.text);

  test('is the latest only', () => {
    expect(texts(refused('Busy.'), refused('Not now.'))).toEqual(['The number was not dialled. Not now.']);
    expect(texts(refused('x'), { type: 'dialled', outcome: 'unknown', error: '' })).toEqual([
      'It is not known whether the number was dialled: look at the panel.',
    ]);
    expect(texts({ type: 'clickLost', how: 'unknown' })[0]).toContain('not known');
    expect(texts({ type: 'clickLost', how: 'notTold' })[0]).toContain('not reachable');
  });

  test('goes when a later dial succeeds, when the agent has read it, and when the adapter is back', () => {
    const other: PageEvent = { type: 'notice', said: { level: 'info', text: 'other', about: 'adapter' } };
    expect(texts(other, refused('Busy.'), { type: 'dialled', outcome: 'done', error: '' })).toEqual(['other']);
    expect(texts(refused('Busy.'), { type: 'dismissed', text: 'The number was not dialled. Busy.' })).toEqual([]);
    expect(texts(refused('Busy.'), other, welcome)).toEqual([]);
  });

  test('nothing stacks up', () => {
    const said = (text: string): PageEvent => ({ type: 'notice', said: { level: 'info', text, about: 'adapter' } });
    expect(texts(said('a'), said('b'), said('a'), said('c'), said('d'))).toEqual(['a', 'c', 'd']);
  });
});

test('a console whose address reloads the browser is noticed, and who has no room', () => {
  expect(walk([{ type: 'navigated', url: '/lightning?0.source=aloha' }]).state.reloading).toBe(true);
  expect(walk([{ type: 'navigated', url: '/lightning' }]).state.reloading).toBe(false);
  const { state } = walk([{ type: 'full', who: 'adapter', full: true }]);
  expect(state.full).toEqual({ adapter: true, browser: false });
  expect(walk([{ type: 'full', who: 'adapter', full: false }], state).state.full.adapter).toBe(false);
});

test('every event is legal in every state, and none changes the state that it came upon', () => {
  const events: PageEvent[] = [
    ...rows.flatMap((r) => r.events),
    snapshot,
    { type: 'elected' },
    { type: 'waited' },
    { type: 'leaving', leaving: true },
    { type: 'ended' },
    contact({}),
    contact({ state: 'connected' }),
    { type: 'soundBegan', contactId: 'c-1' },
    { type: 'soundFailed', kind: 'webrtc_error' },
    { type: 'soundLost', contactId: 'c-1' },
    { type: 'choose', choose: { contactId: 'c-1', matches: [], total: 0 } },
    { type: 'choseRecord', recordId: 'x' },
    { type: 'recordOpened', contactId: 'x', recordId: 'x' },
    { type: 'dialled', outcome: 'done', error: '' },
  ];
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % n;
  };
  for (let run = 0; run < 200; run++) {
    let state = Object.freeze(begin({ session: run % 2 ? 's' : '' }));
    let stands = false;
    for (let i = 0; i < 50; i++) {
      const step = next(state, events[random(events.length)] ?? there);
      for (const e of step.effects) {
        if (e.type === 'connect') expect(step.state.console).toBe('there');
        if (e.type === 'sees') expect([step.state.link.at, step.state.settled]).toEqual(['up', true]);
        if (e.type === 'stand') stands = true;
        if (e.type === 'resign') stands = false;
      }
      if (stands) expect(step.state.agent).not.toBeNull();
      if (step.state.silence) expect(step.state.call).not.toBeNull();
      if (step.state.links) expect(step.state.agent).not.toBeNull();
      state = Object.freeze(step.state);
    }
  }
});
