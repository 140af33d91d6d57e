// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { firstState, next, type PageEffect, type PageEvent, type PageState } from './page-state.ts';
import { aContact, anAgent, aWelcome } from './testing.ts';

const there: PageEvent = { type: 'console', there: true };
const absent: PageEvent = { type: 'console', there: false };
const session = (s: string): PageEvent => ({ type: 'session', session: s });
const welcome: PageEvent = { type: 'welcome', welcome: aWelcome };
const signedIn: PageEvent = { type: 'signIn', signIn: { at: 'in' } };
const snapshot: PageEvent = { type: 'snapshot', agent: anAgent, contacts: [] };
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
    name: 'a link that is lost for a moment is nothing to say',
    from: begin({ session: 's' }),
    events: [there, welcome, { type: 'away' }, { type: 'away' }, { type: 'overdue', losses: 0 }],
    link: { at: 'connecting', again: true },
    effects: ['resume', 'connect', 'expectWelcome', 'remember', 'expectWelcome'],
  },
  {
    name: 'a link that stays lost is',
    from: begin({ session: 's' }),
    events: [there, welcome, { type: 'away' }, { type: 'away' }, { type: 'overdue', losses: 1 }],
    link: { at: 'away' },
    effects: ['resume', 'connect', 'expectWelcome', 'remember', 'expectWelcome'],
  },
  {
    name: 'what was expected of a link that was lost before says nothing of the next one',
    from: begin({ session: 's' }),
    events: [there, welcome, { type: 'away' }, welcome, { type: 'away' }, { type: 'overdue', losses: 1 }],
    link: { at: 'connecting', again: true },
    effects: ['resume', 'connect', 'expectWelcome', 'remember', 'expectWelcome', 'remember', 'expectWelcome'],
  },
  {
    name: 'no welcome for long, and the agent takes calls: it is said',
    from: begin({ session: 's' }),
    events: [there, signedIn, { type: 'overdue', losses: 0 }],
    link: { at: 'away' },
    effects: ['resume', 'connect', 'expectWelcome', 'expectWelcome'],
  },
  {
    name: 'no welcome for long, and nobody is signed in: nothing is said',
    from: begin({ session: 's' }),
    events: [there, { type: 'overdue', losses: 0 }],
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
    expect(walk([{ type: 'away' }, welcome], elected.state).effects).toEqual(['expectWelcome', 'remember', 'sees']);
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

test('what it sees is told again once the adapter has room: it may have been refused', () => {
  const full = (who: 'adapter' | 'browser', full: boolean): PageEvent => ({ type: 'full', who, full });
  const { state } = walk([there, session('s'), welcome, snapshot, { type: 'elected' }]);
  expect(walk([full('adapter', true)], state).effects).toEqual([]);
  expect(walk([full('adapter', false)], state).effects).toEqual(['sees']);
  expect(walk([full('browser', false)], state).effects).toEqual([]);
  expect(walk([{ type: 'away' }, full('adapter', false)], state).effects).toEqual(['expectWelcome']);
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
    { type: 'dialled', result: { outcome: 'done' } },
    { type: 'caller', caller: { contactId: 'c-1', kind: 'none', total: 0, text: '', code: 'caller.none' } },
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
