/** Where signing in to the contact centre stands. */
export type SignIn =
  | { at: 'out'; message: Message | null }
  /** The panel is loading without anybody having been asked. */
  | { at: 'resuming' }
  /** A window is open; `shown` once the panel has been put into the page; `missed` counts its silences. */
  | { at: 'window'; shown: boolean; missed: number; closed: boolean; message: Message | null }
  | { at: 'in' };

export type Message = 'popupBlocked' | 'notFinished' | 'refused' | 'centreUnreachable' | 'signedOut';

export type SignInEvent =
  | { type: 'resume' }
  | { type: 'clicked'; adapterAway: boolean; ccpKnown: boolean }
  | { type: 'blocked' }
  | { type: 'handedOver' }
  | { type: 'acknowledged' }
  | { type: 'silent' }
  /** What has loaded in the panel is not the contact centre's. */
  | { type: 'mute' }
  | { type: 'windowClosed' }
  | { type: 'probed'; answers: boolean }
  | { type: 'ended' };

export type Effect = 'openAdapterSignIn' | 'openCcpSignIn' | 'showCcp' | 'reloadCcp' | 'closeWindow' | 'probeCcp';

/** Silences after which it is worth saying what may be wrong although the window is still open. */
const patience = 3;

/** What an event makes of it, and what is to be done. */
export function next(s: SignIn, e: SignInEvent): { state: SignIn; effects: Effect[] } {
  const stay = { state: s, effects: [] };
  switch (e.type) {
    case 'resume':
      return { state: { at: 'resuming' }, effects: ['showCcp'] };
    case 'clicked':
      return clicked(s, e);
    case 'blocked':
      return s.at === 'in' ? stay : { state: { at: 'out', message: 'popupBlocked' }, effects: [] };
    case 'handedOver':
      if (s.at === 'in') return { state: s, effects: ['closeWindow'] };
      return { state: { at: 'window', shown: true, missed: 0, closed: false, message: null }, effects: ['showCcp'] };
    case 'acknowledged':
      return { state: { at: 'in' }, effects: ['closeWindow'] };
    case 'silent':
      return silent(s);
    case 'mute':
      return { state: s, effects: s.at === 'window' && s.shown ? ['probeCcp'] : [] };
    case 'windowClosed':
      if (s.at !== 'window') return stay;
      if (!s.shown) return { state: { at: 'out', message: 'notFinished' }, effects: [] };
      return { state: { ...s, closed: true }, effects: ['reloadCcp'] };
    case 'probed':
      return probed(s, e.answers);
    case 'ended':
      return s.at === 'in' ? { state: { at: 'out', message: 'signedOut' }, effects: [] } : stay;
    default:
      return e satisfies never;
  }
}

function clicked(s: SignIn, e: { adapterAway: boolean; ccpKnown: boolean }): { state: SignIn; effects: Effect[] } {
  if (s.at === 'in') return { state: s, effects: ['openAdapterSignIn'] };
  const straight = e.adapterAway && e.ccpKnown;
  return {
    state: { at: 'window', shown: straight, missed: 0, closed: false, message: null },
    effects: straight ? ['openCcpSignIn', 'showCcp'] : ['openAdapterSignIn'],
  };
}

function silent(s: SignIn): { state: SignIn; effects: Effect[] } {
  if (s.at === 'resuming') return { state: { at: 'out', message: null }, effects: [] };
  if (s.at !== 'window' || !s.shown) return { state: s, effects: [] };
  const missed = s.missed + 1;
  const probe = s.closed || missed === patience;
  return { state: { ...s, missed }, effects: probe ? ['probeCcp'] : [] };
}

/** The panel stays silent. If its host answers, either the agent has not signed in or the panel may not be shown here. */
function probed(s: SignIn, answers: boolean): { state: SignIn; effects: Effect[] } {
  if (s.at !== 'window') return { state: s, effects: [] };
  const message: Message = answers ? 'refused' : 'centreUnreachable';
  return { state: s.closed ? { at: 'out', message } : { ...s, message }, effects: [] };
}
