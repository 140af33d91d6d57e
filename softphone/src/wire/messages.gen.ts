// Generated from adapter/wire by `make generate`. Do not edit.
/** What a page says in its hello. */
export const version = 1;
/** The largest message either side accepts, in bytes. */
export const maxMessage = 262144;

export type Wire = CommandBody | FromPage | ToPage;
/**
 * CommandBody is every command, exactly one member set beside Type.
 */
export type CommandBody =
  | {
      type: 'clickToDial';
    }
  | {
      type: 'dial';
      dial: Dial;
    }
  | {
      type: 'log';
      log: LogLine;
    }
  | {
      type: 'refresh';
    }
  | {
      type: 'screenPop';
      screenPop: ScreenPop;
    }
  | {
      type: 'searchAndScreenPop';
      searchPop: SearchPop;
    }
  | {
      type: 'showPanel';
    };
/**
 * FromPage is every message a page may send, exactly one member set beside Type.
 */
export type FromPage =
  | {
      type: 'ack';
      ack: Ack;
    }
  | {
      type: 'event';
      event: Event;
    }
  | {
      type: 'hello';
      hello: Hello;
    }
  | {
      type: 'result';
      result: Result;
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
      type: 'command';
      command: Command;
    }
  | {
      type: 'notice';
      notice: Notice;
    }
  | {
      type: 'signedOut';
    }
  | {
      type: 'welcome';
      welcome: Welcome;
    };

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
 * LogLine goes to the browser's console.
 */
export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
}
/**
 * ScreenPop is Open CTI's screenPop of a record.
 */
export interface ScreenPop {
  recordId: string;
}
/**
 * SearchPop is Open CTI's searchAndScreenPop.
 */
export interface SearchPop {
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
   * search only
   */
  deferred: boolean;
}
/**
 * Ack says that everything up to a sequence number is kept safe; it need not be sent again.
 */
export interface Ack {
  seq: number;
}
/**
 * Event is something that happened in the page.
 */
export interface Event {
  /**
   * counts up from 1 within a page id
   */
  seq: number;
  /**
   * epoch milliseconds of the page's clock
   */
  at: number;
  /**
   * flow source, such as connectVoiceContact, connectAgent, salesforceUi
   */
  source: string;
  /**
   * flow event, such as onConnecting, onClickToDial
   */
  event: string;
  /**
   * the same for the same occurrence in every tab and after every reload
   */
  key: string;
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
   * epoch milliseconds; 0 if it never was
   */
  connectedAt: number;
  /**
   * milliseconds connected, known at the end
   */
  duration: number;
}
/**
 * Agent is what the page knows of the agent.
 */
export interface Agent {
  username: string;
  name: string;
  state: string;
  routingProfile: string;
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
   * random id of this page load, kept over reconnects
   */
  page: string;
  /**
   * highest command sequence number that the page has carried out or queued; 0 for none
   */
  lastSeq: number;
  /**
   * the browser tab is in front
   */
  visible: boolean;
  /**
   * it has a console around it
   */
  inPanel: boolean;
  /**
   * version of the script, for logs
   */
  build: string;
}
/**
 * Result says how a command ended.
 */
export interface Result {
  id: string;
  ok: boolean;
  value?: unknown;
  error?: string;
}
/**
 * Command is something that the page must do once.
 */
export interface Command {
  /**
   * counts up from 1 within a page id
   */
  seq: number;
  /**
   * carried out once, whatever happens to the socket
   */
  id: string;
  body: CommandBody;
}
/**
 * Notice is shown to the agent.
 */
export interface Notice {
  level: 'info' | 'warning' | 'error';
  text: string;
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
  /**
   * highest event sequence number of this page that is kept safe here
   */
  lastSeq: number;
  settings: Settings;
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
