import { isRefusal, noticesAfter, type Said, type Telling } from './notices.ts';
import { type Call, callStep, type Shown, type Silence } from './page-calls.ts';
import { type Link, linkStep, type Reach } from './page-link.ts';
import type { SignIn } from './sign-in.ts';
import type { Stop } from './socket.ts';
import type { AgentFacts, Caller, Choose, ContactFacts, Welcome } from './wire/read.ts';

/** Where the page stands. It prints, and two equal ones behave alike. */
export interface PageState {
  /** The agent has the permission set. */
  mayUse: boolean;
  /** Somebody has said where the adapter is. */
  hasAdapter: boolean;
  /** A page without a console stands for nothing: it opens no socket and tells nothing. */
  console: 'asking' | 'there' | 'absent';
  /** With the adapter; empty for none. */
  session: string;
  link: Link;
  /** Whether the adapter can be reached, as far as a page without a socket knows. */
  reach: Reach;
  /** How often the link with the adapter was lost. */
  losses: number;
  signIn: SignIn;
  /** As the first snapshot and what came after it say; null while nobody is signed in to the contact centre. */
  agent: AgentFacts | null;
  /** It is settled which tab tells what is going on: what this one sees may follow. */
  settled: boolean;
  /** The adapter lets numbers be links; and they are. */
  mayLink: boolean;
  links: boolean;
  shown: Shown;
  calls: readonly Call[];
  /** What the adapter knows of who is at the other end, by contact. */
  callers: Readonly<Record<string, Caller>>;
  /** The call that the agent has, ringing or not, and with whom. */
  call: { contactId: string; number: string } | null;
  /** Nothing of that call is heard, and nobody is. */
  silence: Silence | null;
  /** Contacts whose audio a reload of the page would lose. */
  talking: readonly string[];
  choice: (Choose & { more: boolean }) | null;
  /** The contact for which a choice was offered last: it is not offered again to who has dismissed it. */
  offered: string;
  notices: readonly Said[];
  /** The agent has chosen a status that signs out, and a contact is still open. */
  leaving: boolean;
  /** The console's address has what makes every pop load the browser again. */
  reloading: boolean;
  /** Who has no room for more facts. */
  full: { adapter: boolean; browser: boolean };
}

export type PageEvent =
  | { type: 'console'; there: boolean }
  | { type: 'navigated'; url: string }
  | { type: 'session'; session: string }
  | { type: 'signIn'; signIn: SignIn }
  | { type: 'welcome'; welcome: Welcome }
  | { type: 'away' }
  | { type: 'stopped'; session: string; stop: Stop }
  | { type: 'overdue'; losses: number }
  | { type: 'probed'; reach: Reach }
  | { type: 'full'; who: 'adapter' | 'browser'; full: boolean }
  | { type: 'snapshot'; agent: AgentFacts; contacts: readonly ContactFacts[] }
  | { type: 'agent'; agent: AgentFacts }
  | { type: 'ended' }
  | { type: 'elected' }
  | { type: 'waited' }
  | { type: 'leaving'; leaving: boolean }
  | { type: 'contact'; contact: ContactFacts; gone: boolean; replay: boolean; hasAudio: boolean }
  | { type: 'soundBegan'; contactId: string }
  | { type: 'soundFailed'; kind: string }
  | { type: 'soundLost'; contactId: string }
  | { type: 'choose'; choose: Choose }
  | { type: 'choseRecord'; recordId: string }
  | { type: 'recordOpened'; contactId: string; recordId: string }
  | { type: 'dismissedChoice' }
  | { type: 'caller'; caller: Caller }
  | Telling;

export type PageEffect =
  | { type: 'connect'; session: string }
  | { type: 'disconnect' }
  /** Forgets a session that is good no more, if it is still the one that is remembered. */
  | { type: 'forgetSession'; session: string }
  /** Forgets what became of the session's commands. */
  | { type: 'forgetCommands' }
  /** Keeps what the adapter said for the next load. */
  | { type: 'remember'; welcome: Welcome }
  | { type: 'resume' }
  /** Says `overdue` when the adapter should have answered. */
  | { type: 'expectWelcome'; losses: number }
  | { type: 'stand' }
  | { type: 'resign' }
  /** Says `waited` when an election that is not won by then is not won soon. */
  | { type: 'awaitElection' }
  | { type: 'sees' }
  | { type: 'links'; on: boolean }
  | { type: 'label'; shown: Shown }
  | { type: 'showPanel' }
  | { type: 'pop'; contactId: string; recordId: string }
  | { type: 'tellChosen'; contactId: string; recordId: string };

export interface Step {
  state: PageState;
  effects: PageEffect[];
}

export function firstState(p: { mayUse: boolean; hasAdapter: boolean; session: string }): PageState {
  return {
    ...p,
    console: 'asking',
    link: { at: 'off' },
    reach: 'unknown',
    losses: 0,
    signIn: { at: 'out', message: null },
    agent: null,
    settled: false,
    mayLink: false,
    links: false,
    shown: { what: 'phone', number: '', name: '' },
    calls: [],
    callers: {},
    call: null,
    silence: null,
    talking: [],
    choice: null,
    offered: '',
    notices: [],
    leaving: false,
    reloading: false,
    full: { adapter: false, browser: false },
  };
}

/**
 * What an event makes of the page, and what is to be done. Every event is legal in every state.
 *
 * | event     | what follows                                                                                       |
 * | --------- | -------------------------------------------------------------------------------------------------- |
 * | console   | there: the panel resumes, the socket opens if there is a session; absent: neither                  |
 * | session   | the socket opens anew with it, or closes if there is none                                          |
 * | stopped   | signIn: offered again; otherUser, version: the page works no more                                  |
 * | snapshot  | the tab stands for election; elected or waited: it says what it sees, as after each welcome        |
 * | full      | the adapter has room again: the tab says what it sees                                              |
 * | ended     | the tab resigns, and numbers are links no more                                                     |
 */
export function next(s: PageState, e: PageEvent): Step {
  switch (e.type) {
    case 'console':
    case 'session':
    case 'signIn':
    case 'welcome':
    case 'away':
    case 'stopped':
    case 'overdue':
    case 'probed':
      return linked(linkStep(s, e));
    case 'navigated':
      return stay({ ...s, reloading: e.url.includes('0.source=aloha') });
    case 'full': {
      const state = { ...s, full: { ...s.full, [e.who]: e.full } };
      // What it saw may have been refused as well, and nobody says so.
      return { state, effects: e.who === 'adapter' && !e.full ? seesOf(s) : [] };
    }
    case 'elected':
    case 'waited':
      if (s.settled || !s.agent) return stay(s);
      return { state: { ...s, settled: true }, effects: seesOf({ ...s, settled: true }) };
    case 'leaving':
      return stay({ ...s, leaving: e.leaving });
    case 'ended':
    case 'snapshot':
    case 'agent':
    case 'contact':
    case 'caller':
    case 'soundBegan':
    case 'soundFailed':
    case 'soundLost':
    case 'choose':
    case 'choseRecord':
    case 'recordOpened':
    case 'dismissedChoice':
      return linked(callStep(s, e));
    case 'dialled':
    case 'clickLost':
    case 'notice':
    case 'over':
    case 'dismissed':
      return {
        state: { ...s, notices: noticesAfter(s.notices, e) },
        effects: isRefusal(e) ? [{ type: 'showPanel' }] : [],
      };
    default:
      return e satisfies never;
  }
}

/** What the page sees is told while somebody listens, and once it is settled who tells how it came to it. */
const seesOf = (s: PageState): PageEffect[] => (s.agent && s.settled && s.link.at === 'up' ? [{ type: 'sees' }] : []);

export const stay = (state: PageState): Step => ({ state, effects: [] });

/** Numbers are links while a click on one can be answered: with the adapter's leave, and an agent to call as. */
function linked({ state, effects }: Step): Step {
  const links = state.mayLink && state.agent !== null;
  if (links === state.links) return { state, effects };
  return { state: { ...state, links }, effects: [...effects, { type: 'links', on: links }] };
}
