import { expect, test } from 'vitest';
import { type Effect, next, type SignIn, type SignInEvent } from './sign-in.ts';

const click: SignInEvent = { type: 'clicked', adapterAway: false, ccpKnown: true };
const silent: SignInEvent = { type: 'silent' };

function walk(events: SignInEvent[]): { state: SignIn; effects: Effect[] } {
  let state: SignIn = { at: 'out', message: null };
  const effects: Effect[] = [];
  for (const e of events) {
    const step = next(state, e);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}

const rows: { name: string; events: SignInEvent[]; at: SignIn['at']; message?: string | null; effects: Effect[] }[] = [
  {
    name: 'one click signs in to both',
    events: [click, { type: 'handedOver' }, silent, { type: 'acknowledged' }],
    at: 'in',
    effects: ['openAdapterSignIn', 'showCcp', 'closeWindow'],
  },
  {
    name: 'with the adapter away the click goes straight to the contact centre',
    events: [{ type: 'clicked', adapterAway: true, ccpKnown: true }, { type: 'acknowledged' }],
    at: 'in',
    effects: ['openCcpSignIn', 'showCcp', 'closeWindow'],
  },
  {
    name: 'with the adapter away and no panel known the adapter is tried all the same',
    events: [{ type: 'clicked', adapterAway: true, ccpKnown: false }],
    at: 'window',
    message: null,
    effects: ['openAdapterSignIn'],
  },
  {
    name: 'a blocked window is said, and the button is back',
    events: [click, { type: 'blocked' }],
    at: 'out',
    message: 'popupBlocked',
    effects: ['openAdapterSignIn'],
  },
  {
    name: 'a reload with a live session needs no click',
    events: [{ type: 'resume' }, { type: 'acknowledged' }],
    at: 'in',
    effects: ['showCcp', 'closeWindow'],
  },
  {
    name: 'a reload whose session is over gives the button back without a word',
    events: [{ type: 'resume' }, silent],
    at: 'out',
    message: null,
    effects: ['showCcp'],
  },
  {
    name: 'a panel that comes to life late is still welcome',
    events: [{ type: 'resume' }, silent, { type: 'acknowledged' }],
    at: 'in',
    effects: ['showCcp', 'closeWindow'],
  },
  {
    name: 'a window closed before Salesforce vouched means not finished',
    events: [click, { type: 'windowClosed' }],
    at: 'out',
    message: 'notFinished',
    effects: ['openAdapterSignIn'],
  },
  {
    name: 'a panel silent after sign-in although its host answers was refused',
    events: [click, { type: 'handedOver' }, { type: 'windowClosed' }, silent, { type: 'probed', answers: true }],
    at: 'out',
    message: 'refused',
    effects: ['openAdapterSignIn', 'showCcp', 'reloadCcp', 'probeCcp'],
  },
  {
    name: 'a panel that has loaded and is not the contact centre’s was refused, while the window is still open',
    events: [click, { type: 'handedOver' }, { type: 'mute' }, { type: 'probed', answers: true }],
    effects: ['openAdapterSignIn', 'showCcp', 'probeCcp'],
    at: 'window',
    message: 'refused',
  },
  {
    name: 'a panel whose host is silent too is unreachable',
    events: [click, { type: 'handedOver' }, { type: 'windowClosed' }, silent, { type: 'probed', answers: false }],
    at: 'out',
    message: 'centreUnreachable',
    effects: ['openAdapterSignIn', 'showCcp', 'reloadCcp', 'probeCcp'],
  },
  {
    name: 'an agent who is slow to type is not disturbed, only told once what may be wrong',
    events: [click, { type: 'handedOver' }, silent, silent, silent, { type: 'probed', answers: true }, silent],
    at: 'window',
    message: 'refused',
    effects: ['openAdapterSignIn', 'showCcp', 'probeCcp'],
  },
  {
    name: 'signing out of the contact centre gives the button back',
    events: [{ type: 'resume' }, { type: 'acknowledged' }, { type: 'ended' }],
    at: 'out',
    message: 'signedOut',
    effects: ['showCcp', 'closeWindow'],
  },
  {
    name: 'signing in to the adapter again leaves the panel alone',
    events: [{ type: 'resume' }, { type: 'acknowledged' }, click, { type: 'handedOver' }],
    at: 'in',
    effects: ['showCcp', 'closeWindow', 'openAdapterSignIn', 'closeWindow'],
  },
];

test.each(rows)('$name', ({ events, at, message, effects }) => {
  const got = walk(events);
  expect(got.state.at).toBe(at);
  if (message !== undefined) expect(got.state).toMatchObject({ message });
  expect(got.effects).toEqual(effects);
});
