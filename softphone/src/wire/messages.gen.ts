// Generated from adapter/wire by `make generate`. Do not edit.
/** What a page says in its hello. */
export const version = 4;
/** The largest message either side accepts, in bytes. */
export const maxMessage = 262144;
/** Codes with which the adapter closes the socket. */
export const closeCodes = {"otherUser":4403,"signIn":4401,"version":4406} as const;
/** What a page has to be able to do for each command, whether it may be done twice, and how long it may take (milliseconds). */
export const commandKinds = {
  "agent": {
    "needs": "telephony",
    "repeatable": true,
    "within": 5000
  },
  "alert": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "appView": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "ccpLogs": {
    "needs": "telephony",
    "repeatable": true,
    "within": 5000
  },
  "choose": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "clearContact": {
    "needs": "telephony",
    "repeatable": false,
    "within": 15000
  },
  "clickToDial": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "closeTab": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "completeWork": {
    "needs": "console",
    "repeatable": false,
    "within": 15000
  },
  "dial": {
    "needs": "telephony",
    "repeatable": false,
    "within": 15000
  },
  "endpoints": {
    "needs": "telephony",
    "repeatable": true,
    "within": 15000
  },
  "hangUp": {
    "needs": "telephony",
    "repeatable": false,
    "within": 15000
  },
  "log": {
    "needs": "",
    "repeatable": true,
    "within": 5000
  },
  "mute": {
    "needs": "telephony",
    "repeatable": true,
    "within": 5000
  },
  "omni": {
    "needs": "console",
    "repeatable": true,
    "within": 10000
  },
  "openTab": {
    "needs": "console",
    "repeatable": false,
    "within": 15000
  },
  "panel": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "phone": {
    "needs": "telephony",
    "repeatable": true,
    "within": 15000
  },
  "question": {
    "needs": "console",
    "repeatable": true,
    "within": 45000
  },
  "refresh": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "refreshView": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "screenPop": {
    "needs": "console",
    "repeatable": true,
    "within": 15000
  },
  "search": {
    "needs": "console",
    "repeatable": true,
    "within": 15000
  },
  "setStatus": {
    "needs": "telephony",
    "repeatable": true,
    "within": 15000
  },
  "showPanel": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "signOut": {
    "needs": "telephony",
    "repeatable": true,
    "within": 15000
  },
  "softphoneLayout": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  },
  "tabs": {
    "needs": "console",
    "repeatable": true,
    "within": 5000
  }
} as const;

export type Wire = CommandBody | FromPage | ToPage;
/**
 * CommandBody is every command, the member of its kind set beside Type.
 */
export type CommandBody =
  | {
      type: 'agent';
    }
  | {
      type: 'alert';
      alert: Alert;
    }
  | {
      type: 'appView';
    }
  | {
      type: 'ccpLogs';
    }
  | {
      type: 'choose';
      choose: Choose;
    }
  | {
      type: 'clearContact';
      clearContact: ContactRef;
    }
  | {
      type: 'clickToDial';
      clickToDial: Switch;
    }
  | {
      type: 'closeTab';
      closeTab: TabRef;
    }
  | {
      type: 'completeWork';
      completeWork: CompleteWork;
    }
  | {
      type: 'dial';
      dial: Dial;
    }
  | {
      type: 'endpoints';
      endpoints: Endpoints;
    }
  | {
      type: 'hangUp';
      hangUp: ContactRef;
    }
  | {
      type: 'log';
      log: LogLine;
    }
  | {
      type: 'mute';
      mute: Switch;
    }
  | {
      type: 'omni';
      omni: Omni;
    }
  | {
      type: 'openTab';
      openTab: OpenTab;
    }
  | {
      type: 'panel';
      panel: PanelChange;
    }
  | {
      type: 'phone';
      phone: Phone;
    }
  | {
      type: 'question';
      question: Question;
    }
  | {
      type: 'refresh';
      refresh: Refresh;
    }
  | {
      type: 'refreshView';
    }
  | {
      type: 'screenPop';
      screenPop: ScreenPop;
    }
  | {
      type: 'search';
      search: Search;
    }
  | {
      type: 'setStatus';
      setStatus: SetStatus;
    }
  | {
      type: 'showPanel';
    }
  | {
      type: 'signOut';
    }
  | {
      type: 'softphoneLayout';
    }
  | {
      type: 'tabs';
    };
/**
 * FromPage is every message a page may send, exactly one member set beside Type.
 */
export type FromPage =
  | {
      type: 'event';
      event: Event;
    }
  | {
      type: 'front';
      front: Front;
    }
  | {
      type: 'hello';
      hello: Hello;
    }
  | {
      type: 'presence';
      presence: Presence;
    }
  | {
      type: 'result';
      result: Result;
    }
  | {
      type: 'sees';
      sees: Sees;
    };
/**
 * ToPage is every message the adapter may send, exactly one member set beside Type.
 */
export type ToPage =
  | {
      type: 'ack';
      ack: Ack;
    }
  | {
      type: 'caller';
      caller: Caller;
    }
  | {
      type: 'command';
      command: Command;
    }
  | {
      type: 'notice';
      notice: Notice;
    }
  | {
      type: 'over';
      over: Over;
    }
  | {
      type: 'refusal';
      refusal: Refusal;
    }
  | {
      type: 'signedOut';
    }
  | {
      type: 'welcome';
      welcome: Welcome;
    };

/**
 * Alert shows the agent a line that can be put away.
 */
export interface Alert {
  message: string;
}
/**
 * Choose shows the agent the records among which to choose.
 */
export interface Choose {
  contactId: string;
  matches: Match[];
  /**
   * how many there are, listed or not
   */
  total: number;
  /**
   * there are more than Total
   */
  more?: boolean;
}
/**
 * Match is a record that fits a contact.
 */
export interface Match {
  recordId: string;
  /**
   * API name
   */
  object: string;
  name: string;
}
/**
 * ContactRef names a contact of the agent.
 */
export interface ContactRef {
  contactId: string;
}
/**
 * Switch turns something on or off.
 */
export interface Switch {
  on: boolean;
}
/**
 * TabRef names a tab of the console.
 */
export interface TabRef {
  id: string;
}
/**
 * CompleteWork is Open CTI's hvs.completeWork.
 */
export interface CompleteWork {
  workId: string;
  disposition: string;
  taskId: string;
}
/**
 * Dial asks the CCP to call a number.
 */
export interface Dial {
  /**
   * E.164
   */
  phoneNumber: string;
  /**
   * "" is the agent's default outbound queue
   */
  queueARN: string;
}
/**
 * Endpoints asks for the quick connects of a queue.
 */
export interface Endpoints {
  /**
   * "" is all queues of the agent
   */
  queueARN: string;
}
/**
 * LogLine goes to the browser's console.
 */
export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}
/**
 * Omni asks Omni-Channel something, through the package's component in the console; a page beside which none answers is unable.
 */
export interface Omni {
  method: 'status' | 'setStatus' | 'login' | 'logout' | 'workload';
  /**
   * of setStatus and login
   */
  statusId?: string;
}
/**
 * OpenTab opens a tab of the console, as Omni does.
 */
export interface OpenTab {
  /**
   * within the org
   */
  url: string;
  /**
   * id of the primary tab under which it opens; "" makes it one itself
   */
  parent?: string;
  /**
   * it comes to the front
   */
  active: boolean;
  /**
   * "" is the console's own
   */
  label?: string;
}
/**
 * PanelChange is what becomes of the softphone's panel; what is missing stays as it is.
 */
export interface PanelChange {
  show?: 'shown' | 'hidden';
  /**
   * pixels. Source: Open CTI, setSoftphonePanelHeight
   */
  height?: number;
  width?: number;
}
/**
 * Phone says by which phone the agent takes calls.
 */
export interface Phone {
  softphone: boolean;
  /**
   * of the desk phone; "" leaves it as it is
   */
  extension: string;
}
/**
 * Question asks the agent something in the softphone.
 */
export interface Question {
  title: string;
  message: string;
  /**
   * words on the buttons; "" is the page's own
   */
  confirm: string;
  cancel: string;
}
/**
 * Refresh loads the record in front again, so that its related lists show what was written: only while that record is in front and no key was pressed in the softphone for five seconds.
 */
export interface Refresh {
  recordId: string;
}
/**
 * ScreenPop is Open CTI's screenPop: its type and its parameters, an object, as that API has them.
 */
export interface ScreenPop {
  type: string;
  params: {};
}
/**
 * Search is Open CTI's searchAndScreenPop.
 */
export interface Search {
  searchParams: string;
  queryParams: string;
  defaultFieldValues?: {
    [k: string]: string;
  };
  /**
   * inbound, outbound, internal
   */
  callType: string;
  /**
   * search only: what is found is filtered before it pops
   */
  deferred: boolean;
}
/**
 * SetStatus chooses the agent's status, by the first of its members that is set.
 */
export interface SetStatus {
  arn: string;
  name: string;
  /**
   * the first in which contacts come
   */
  routable: boolean;
}
/**
 * Event is a fact: something that happened in the page or at the contact centre.
 */
export interface Event {
  /**
   * the same for the same occurrence in every tab and after every reload; at most 400 bytes
   */
  key: string;
  /**
   * Age is how many milliseconds ago it happened: by the page's monotonic clock, or by the wall clock if an earlier load left it.
   */
  age: number;
  /**
   * flow source, such as connectVoiceContact, connectAgent, salesforceUi
   */
  source: string;
  /**
   * flow event, such as onConnecting, onClickToDial
   */
  event: string;
  /**
   * reconstructed from the snapshot after a load
   */
  replay: boolean;
  contact?: Contact;
  agent?: Agent;
  /**
   * what the event carries, an object
   */
  payload?: {};
}
/**
 * Contact is what the page knows of a contact, as Streams tells it.
 */
export interface Contact {
  contactId: string;
  initialContactId: string;
  /**
   * voice, queue_callback, chat, task
   */
  type: string;
  /**
   * connecting, connected, ended, missed, error …
   */
  state: string;
  inbound: boolean;
  /**
   * of the customer's end, as delivered; "" when withheld
   */
  phoneNumber: string;
  queueName: string;
  queueARN: string;
  initiationMethod: string;
  attributes: {
    [k: string]: string;
  };
  /**
   * epoch milliseconds of the contact centre's clock: when it got into its state
   */
  since: number;
  /**
   * epoch milliseconds of the contact centre's clock; 0 if it never was
   */
  connectedAt: number;
  /**
   * milliseconds connected, known at the end
   */
  duration: number;
  hold?: Hold;
}
/**
 * Hold is how it stands with the customer while a contact is connected.
 */
export interface Hold {
  on: boolean;
  /**
   * epoch milliseconds of the contact centre's clock: when the customer was put on hold, or taken off
   */
  since: number;
}
/**
 * Agent is what the page knows of the agent.
 */
export interface Agent {
  username: string;
  name: string;
  state: string;
  /**
   * epoch milliseconds of the contact centre's clock: when the agent got into the state
   */
  since: number;
  routingProfile: string;
}
/**
 * Front is how near a person is to a page.
 */
export interface Front {
  visible: boolean;
  /**
   * milliseconds since the latest sign of a person in it
   */
  touchedAgo: number;
}
/**
 * Hello opens a socket.
 */
export interface Hello {
  version: number;
  /**
   * what the sign-in popup handed over
   */
  session: string;
  /**
   * CRM user for whom the page was made; it must be the session's
   */
  user: string;
  /**
   * random id of this page load, kept over reconnects
   */
  page: string;
  front: Front1;
  /**
   * console, telephony: what commands it can carry out
   */
  capabilities: string[];
  /**
   * version of the script, for logs
   */
  build: string;
}
/**
 * Front is how near a person is to a page.
 */
export interface Front1 {
  visible: boolean;
  /**
   * milliseconds since the latest sign of a person in it
   */
  touchedAgo: number;
}
/**
 * Presence is how the agent stands in Omni-Channel as a page reads it: sent after each welcome once the package's component has answered, and whenever the component comes or goes.
 */
export interface Presence {
  /**
   * the component answers; if not, nothing else is known
   */
  there: boolean;
  /**
   * StatusID, StatusName and StatusAPIName are "" while the agent is logged out.
   */
  statusId: string;
  statusName: string;
  statusApiName: string;
}
/**
 * Result says how a command ended.
 */
export interface Result {
  id: string;
  /**
   * Outcome is done, refused (by the platform, see Error), unknown (begun, and cut in the middle) or unable (this page has not the
   * capability, or does not remember it: another may).
   */
  outcome: 'done' | 'refused' | 'unknown' | 'unable';
  value?: unknown;
  /**
   * the sentence, for who does not know the code
   */
  error?: string;
  /**
   * of the catalogue
   */
  code?: string;
  /**
   * Args are the code's.
   */
  args?: {
    [k: string]: string;
  };
}
/**
 * Sees is what a page sees at the contact centre: sent after each welcome once Streams has given its first snapshot of the agent, and whenever that snapshot comes anew.
 */
export interface Sees {
  agent: Agent;
  /**
   * all of the agent's, in whatever state
   */
  contacts: Contact[];
}
/**
 * Ack says that an event is kept safe: it need not be sent again, by any tab.
 */
export interface Ack {
  key: string;
}
/**
 * Caller is what is known of who is at the other end of a contact.
 */
export interface Caller {
  contactId: string;
  kind: 'known' | 'several' | 'none' | 'unsure';
  record?: Match;
  matches?: Match[];
  /**
   * of several, listed or not
   */
  total: number;
  /**
   * there are more than Total
   */
  more?: boolean;
  /**
   * Text, Code and Args are a sentence, as a Notice has it.
   */
  text: string;
  code: string;
  args?: {
    [k: string]: string;
  };
  /**
   * CanAdd says that a new record for the number makes sense.
   */
  canAdd?: boolean;
}
/**
 * Command is something that the page must do once.
 */
export interface Command {
  /**
   * run, action and visit: carried out once, whatever happens to the socket
   */
  id: string;
  body: CommandBody;
  /**
   * Again says that it may have been begun before, here or elsewhere. A page that remembers its result answers with that; one that
   * does not repeats what may be repeated, and answers unknown for what may not.
   */
  again: boolean;
  /**
   * IfRemembered only asks what became of it, since nobody wants it any more: a page that does not remember its result answers unable
   * and never carries it out. What the body would have done is not told again then.
   */
  ifRemembered?: boolean;
}
/**
 * Notice is shown to the agent until it has been read, or holds no more.
 */
export interface Notice {
  level: 'info' | 'warning' | 'error';
  /**
   * the sentence, for a page that does not know the code
   */
  text: string;
  /**
   * of the catalogue
   */
  code?: string;
  args?: {
    [k: string]: string;
  };
}
/**
 * Over says that what a notice told holds no more.
 */
export interface Over {
  code: string;
}
/**
 * Refusal says that an event was not kept.
 */
export interface Refusal {
  key: string;
  /**
   * Reason is malformed, otherAgent (the page is signed in to the contact centre as somebody else's user), tooMany (of this user wait
   * already) or full (the adapter has no room).
   */
  reason: 'malformed' | 'otherAgent' | 'tooMany' | 'full';
  /**
   * RetryAfter is in how many milliseconds the page may send it again; 0 for never.
   */
  retryAfter: number;
}
/**
 * Welcome answers a hello.
 */
export interface Welcome {
  /**
   * the CRM user's name
   */
  agent: string;
  /**
   * where the Contact Control Panel is
   */
  ccpUrl: string;
  settings: Settings;
  /**
   * events beyond those that are always told, such as "connectVoiceContact.onRefresh"
   */
  wants: string[];
}
/**
 * from the adapter record
 */
export interface Settings {
  region: string;
  /**
   * ISO 3166 alpha-2
   */
  defaultCountry: string;
  clickToDial: boolean;
  /**
   * where agents sign in to the contact centre, if not at the panel's address
   */
  loginUrl?: string;
  panel?: Panel;
  /**
   * DebugLevel is how much the page writes into the browser's console.
   */
  debugLevel?: 'Off' | 'Error' | 'Info' | 'Debug';
  /**
   * what is wrong with the record or its flows, for people
   */
  problems?: string[];
}
/**
 * as the library shows it by itself if missing
 */
export interface Panel {
  /**
   * of voice contacts; the contact centre's own if missing
   */
  ringtoneUrl?: string;
  chatRingtoneUrl?: string;
  /**
   * audio is in another window
   */
  medialess: boolean;
  /**
   * taken before a contact arrives
   */
  earlyMicrophone: boolean;
  /**
   * agents choose speaker, microphone and ringer
   */
  audioDevices: boolean;
  /**
   * agents choose between softphone and desk phone
   */
  phoneType: boolean;
}
