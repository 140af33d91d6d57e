import type { AgentEventName, ContactEventName } from './contact-events.ts';
import type { Standing } from './enhanced-logout.ts';
import type { DebugLevel } from './trace.ts';
import type { AgentFacts, ContactFacts, Phone, Sees, SetStatus, Settings } from './wire/read.ts';

/** `asked` and `denied` need the agent, in the panel. */
export type StorageAccess = 'held' | 'asked' | 'denied';

/** How long the panel may take to answer before it is loaded again, in milliseconds. */
export const loadTimeout = 6_000;

/**
 * The contact centre as a front shows it to the page: the agent's own panel, what happens to agent and contacts, and what can be done
 * for them. Methods that ask reject with `Refused`: a reason of the catalogue, and what the contact centre said itself.
 */
export interface Telephony {
  /** What it is made of has been loaded into the page. */
  readonly isThere: boolean;
  /** Puts the panel into a box. A second time does nothing. */
  show(box: HTMLElement, ccpUrl: string, settings: Settings | null): void;
  /** Loads the panel again, in the same frame. */
  reload(box: HTMLElement, ccpUrl: string): void;
  /** The agent and all contacts as they are now; null while nobody is signed in. */
  sees(): Sees | null;
  /** The region that the signed-in agent's instance is in; empty while nobody is. */
  region(): string;
  /** Whether the audio of a contact is a browser's, and not that of a desk phone. */
  isSoftphoneCall(contactId: string): boolean;
  /** Calls a number; with a call already connected, adds it to that call. "" is the agent's default outbound queue. */
  dial(phoneNumber: string, queueARN: string): Promise<void>;
  /** Takes a call that rings. */
  accept(contactId: string): Promise<void>;
  /** Hangs up for the agent. */
  end(contactId: string): Promise<void>;
  /** Takes the agent offline; a contact that is still open refuses it. */
  goOffline(): Promise<void>;
  /** What can be done as the agent, and for their contacts. */
  readonly hand: Hand;
  /** Ends the session in every panel of this browser. */
  terminate(): void;
  /** How much it writes into the browser's console itself. */
  echo(level: DebugLevel): void;
}

/** What can be done for a signed-in agent. All reject while nobody is, and when the contact centre does not answer. */
export interface Hand {
  agent(): Promise<AgentDetails>;
  setStatus(s: SetStatus): Promise<void>;
  mute(on: boolean): Promise<void>;
  /** Quick connects of a queue, or of all that the agent has. */
  endpoints(queueARN: string): Promise<Endpoint[]>;
  changePhone(p: Phone): Promise<void>;
  /** The end of what the panel has logged, as lines. */
  logs(): Promise<string>;
  /** Takes the agent out of a contact that is on. */
  hangUp(contactId: string): Promise<void>;
  /** Closes a contact that is over. */
  clear(contactId: string): Promise<void>;
}

/** A status, as the contact centre has it. */
export interface Status {
  name: string;
  type: string;
  agentStateARN: string;
}

export interface AgentDetails {
  name: string;
  username: string;
  /** `startTimestamp` is ISO 8601. */
  state: Status & { startTimestamp: string };
  softphoneEnabled: boolean;
  softphoneAutoAccept: boolean;
  extension: string;
  routingProfile: string;
  /** Those that the agent can choose. */
  agentStates: Status[];
  dialableCountries: string[];
  mayDialOut: boolean;
}

/** Whom a contact can be passed on to. */
export interface Endpoint {
  endpointARN: string | null;
  endpointId: string | null;
  type: string;
  name: string | null;
  phoneNumber: string | null;
  agentLogin: string | null;
  queue: string | null;
}

/** What the contact centre tells, already as plain values. `since` is epoch milliseconds of its own clock. */
export interface TelephonyListener {
  /** The panel answered: the agent is signed in. */
  acknowledged(): void;
  /** The agent signed out, or the session ended. */
  ended(): void;
  /** Nobody loads the panel again any more. */
  exhausted(): void;
  /** Where the panel stands with its own cookies, which browsers may withhold from a page inside another. */
  storage(access: StorageAccess): void;
  /** All of the agent's first snapshot after a sign-in or a load has been told. */
  snapshot(): void;
  /** The audio of a contact begins: in this page's panel or, as far as is known, in another of this browser's. */
  soundBegan(contactId: string, here: boolean): void;
  /** The audio of a call could not begin, or broke. `kind` is the contact centre's word for why. */
  soundFailed(kind: string): void;
  agent(event: AgentEventName, agent: AgentFacts, replay: boolean, payload: Record<string, unknown>): void;
  /** The agent was looked at again; `around` is what else of them flows may want to hear of, as text or plain values. */
  refreshed(agent: AgentFacts, around: unknown): void;
  /** The agent's status has changed, or what it will be after the contact. */
  standing(s: Standing): void;
  /** `occurrence` is what tells two of the same event of a contact apart. */
  contact(
    event: ContactEventName,
    contact: ContactFacts,
    agent: AgentFacts | null,
    occurrence: number,
    replay: boolean,
  ): void;
}
