import { without } from './notices.ts';
import { type PageEffect, type PageEvent, type PageState, type Step, stay } from './page-state.ts';
import type { Stop } from './socket.ts';

/** How the page stands with the adapter. */
export type Link =
  /** No session, or nothing to speak for. */
  | { at: 'off' }
  /** Again: it was lost a moment ago, which is nothing to tell anybody yet. */
  | { at: 'connecting'; again?: true }
  | { at: 'up' }
  | { at: 'away' }
  | { at: 'signedOut' }
  /** Salesforce knows the person as somebody else than the page does. */
  | { at: 'otherUser' }
  /** They do not speak the same version; that of the adapter, 0 if it did not say. */
  | { at: 'version'; adapter: number };

/** Whether a server can be reached from this page. */
export type Reach = 'answers' | 'silent' | 'unknown';

type LinkEvent = Extract<
  PageEvent,
  {
    type: 'console' | 'session' | 'signIn' | 'welcome' | 'away' | 'stopped' | 'overdue' | 'probed';
  }
>;

/** What an event makes of the page's link with the adapter. */
export function linkStep(s: PageState, e: LinkEvent): Step {
  switch (e.type) {
    case 'console':
      return console(s, e.there);
    case 'session':
      return session(s, e.session);
    case 'signIn':
      return signIn(s, e);
    case 'welcome': {
      const mayLink = e.welcome.settings.clickToDial;
      const state: PageState = {
        ...s,
        link: { at: 'up' },
        reach: 'answers',
        mayLink,
        notices: without(s.notices, 'adapter'),
      };
      const sees: PageEffect[] = s.agent && s.settled ? [{ type: 'sees' }] : [];
      return { state, effects: [{ type: 'remember', welcome: e.welcome }, ...sees] };
    }
    case 'away':
      return away(s);
    case 'stopped':
      return stopped(s, e.session, e.stop);
    case 'overdue':
      return overdue(s, e.losses);
    case 'probed':
      return probed(s, e.reach);
    default:
      return e satisfies never;
  }
}

/** A link that was up comes back in a moment, mostly: another node of the adapter takes the page in. */
function away(s: PageState): Step {
  const lost: PageState = { ...s, reach: 'silent' };
  if (s.link.at === 'connecting' && s.link.again) return stay(lost);
  if (s.link.at !== 'up') return stay({ ...lost, link: { at: 'away' } });
  const losses = s.losses + 1;
  return {
    state: { ...lost, losses, link: { at: 'connecting', again: true } },
    effects: [{ type: 'expectWelcome', losses }],
  };
}

/** What was expected of a link that was lost since, or came back, says nothing of the one there is now. */
function overdue(s: PageState, losses: number): Step {
  const isLate = s.link.at === 'connecting' && (s.link.again === true || s.signIn.at === 'in') && losses === s.losses;
  return stay(isLate ? { ...s, link: { at: 'away' } } : s);
}

const mayConnect = (s: PageState): boolean => s.mayUse && s.hasAdapter && s.console === 'there' && s.session !== '';

/** An adapter that was away is so until it has answered. */
function connected(s: PageState): Step {
  if (!mayConnect(s)) return stay(s);
  const link: Link = s.link.at === 'away' ? s.link : { at: 'connecting' }; // a session that is new is not a link that was lost
  return {
    state: { ...s, link },
    effects: [
      { type: 'connect', session: s.session },
      { type: 'expectWelcome', losses: s.losses },
    ],
  };
}

function console(s: PageState, there: boolean): Step {
  if (s.console === 'there') return stay(s);
  if (!there) return stay({ ...s, console: 'absent' });
  const step = connected({ ...s, console: 'there' });
  const stands: PageEffect[] = s.agent ? [{ type: 'stand' }, { type: 'awaitElection' }] : [];
  return { state: step.state, effects: [{ type: 'resume' }, ...step.effects, ...stands] };
}

function session(s: PageState, to: string): Step {
  if (to === s.session) return stay(s);
  if (to !== '') return connected({ ...s, session: to });
  const isOver = s.link.at === 'otherUser' || s.link.at === 'version';
  return {
    state: { ...s, session: '', link: isOver ? s.link : { at: 'signedOut' }, mayLink: false },
    effects: [{ type: 'disconnect' }, { type: 'forgetCommands' }],
  };
}

/** An agent who takes calls has to know that nothing pops. */
function signIn(s: PageState, e: Extract<LinkEvent, { type: 'signIn' }>): Step {
  const isNew = e.signIn.at === 'in' && s.signIn.at !== 'in';
  const notices = e.signIn.at === s.signIn.at ? s.notices : without(s.notices, 'signIn', 'out');
  const state = { ...s, signIn: e.signIn, notices };
  return { state, effects: isNew && s.link.at === 'connecting' ? [{ type: 'expectWelcome', losses: s.losses }] : [] };
}

/** Another tab may have got a session meanwhile: that is heard of as a session. */
function stopped(s: PageState, session: string, { why, reason }: Stop): Step {
  if (session !== s.session) return stay(s);
  if (why === 'version') {
    const adapter = Number.parseInt(reason, 10);
    return stay({ ...s, link: { at: 'version', adapter: Number.isNaN(adapter) ? 0 : adapter }, mayLink: false });
  }
  // A session of somebody else is of no use to this page either: once it is loaded again, signing in is offered.
  return {
    state: { ...s, session: '', link: { at: why === 'otherUser' ? why : 'signedOut' }, mayLink: false },
    effects: [{ type: 'forgetSession', session }, { type: 'forgetCommands' }],
  };
}

/** Where there is no socket, nothing else would notice. */
function probed(s: PageState, reach: Reach): Step {
  if (s.session !== '' && s.console === 'there') return stay(s);
  const isOver = s.link.at === 'otherUser' || s.link.at === 'version';
  if (isOver || s.signIn.at !== 'in' || s.console !== 'there') return stay({ ...s, reach });
  return stay({ ...s, reach, link: { at: reach === 'silent' ? 'away' : 'signedOut' } });
}
