/// <reference types="amazon-connect-streams" />
import type { AgentEventName, ContactEventName } from './contact-events.ts';
import type { Standing } from './enhanced-logout.ts';
import { agentFacts, contactFacts, millis, nextStatus, regionOf, stateSince } from './facts.ts';
import { panelOptions } from './panel-options.ts';
import { storagePage } from './storage-page.ts';
import type { DebugLevel } from './trace.ts';
import type { AgentFacts, ContactFacts, Settings } from './wire/read.ts';

/** What the contact centre tells, already as plain values. */
export interface CentreListener {
  /** The panel answered: the agent is signed in. */
  acknowledged(): void;
  /** The agent signed out, or the session ended. */
  ended(): void;
  /** The library gave up reloading the panel. */
  exhausted(): void;
  /** Where the panel stands with its own cookies, which browsers may withhold from a page inside another. */
  storage(access: StorageAccess): void;
  agent(
    event: AgentEventName,
    agent: AgentFacts,
    since: number,
    replay: boolean,
    payload: Record<string, unknown>,
  ): void;
  /** The agent's status has changed, or what it will be after the contact. */
  standing(s: Standing): void;
  contact(
    event: ContactEventName,
    contact: ContactFacts,
    agent: AgentFacts | null,
    since: number,
    replay: boolean,
  ): void;
}

/** `asked` and `denied` need the agent, in the panel. */
export type StorageAccess = 'held' | 'asked' | 'denied';

/** How long the panel may take to answer before the library loads it again, in milliseconds. */
export const loadTimeout = 6_000;
/** After the end of a session, late answers of the old one are not heard for so long. */
const deafFor = 3_000;
/** Calls to the contact centre do not call back when the session is gone. */
const dialWithin = 15_000;

/** Whether the library has been loaded into the page. */
export function hasStreams(page: Window): boolean {
  return Reflect.get(page, 'connect') !== undefined;
}

/** How much the library itself writes into the browser's console. */
const echoes: Record<DebugLevel, keyof typeof connect.LogLevel> = {
  Off: 'ERROR',
  Error: 'ERROR',
  Info: 'INFO',
  Debug: 'DEBUG',
};

export function echo(level: DebugLevel): void {
  connect.getLog().setEchoLevel(connect.LogLevel[echoes[level]]);
}

/** The contact centre as `amazon-connect-streams` shows it. This module alone touches the library's global. */
export class Centre {
  private agentNow: connect.Agent | null = null;
  private started = false;
  private replaying = new Set<string>();
  private readonly known = new Map<string, Known>();
  private unhear: () => void = () => {};

  constructor(private readonly listener: CentreListener) {}

  /** Puts the Contact Control Panel into a box. A second time does nothing. */
  show(box: HTMLElement, ccpUrl: string, settings: Settings | null): void {
    if (this.started) return;
    this.started = true;
    connect.core.initCCP(box, {
      ccpUrl,
      ...panelOptions(settings),
      loginPopup: false,
      ccpLoadTimeout: loadTimeout,
      iframeTitle: 'Amazon Connect CCP',
      storageAccess: { canRequest: storagePage(ccpUrl) !== '', mode: 'default' },
    });
    this.hearStorage();
    this.hearAcknowledgement();
    connect.core.onIframeRetriesExhausted(() => this.listener.exhausted());
    connect.core.onAuthFail(() => this.end());
    connect.core.getEventBus().subscribe(connect.EventType.TERMINATED, () => this.end());
    connect.agent((agent) => this.meet(agent));
    connect.contact((contact) => this.follow(contact));
  }

  /** The region that the signed-in agent's instance is in; empty while nobody is. */
  region(): string {
    return regionOf(this.agentNow?.getConfiguration().agentARN ?? '');
  }

  /** Whether the audio of a contact is a browser's, and not that of a desk phone. */
  isSoftphoneCall(contactId: string): boolean {
    const contact = this.agentNow?.getContacts().find((c) => c.getContactId() === contactId);
    return contact?.isSoftphoneCall() ?? false;
  }

  /** Loads the panel again, in the same frame, so that the library stays connected to it. */
  reload(box: HTMLElement, ccpUrl: string): void {
    const frame = box.querySelector('iframe');
    if (!frame) return;
    this.hearStorage();
    frame.src = storagePage(ccpUrl) || ccpUrl; // a page that others navigate starts without the access that it had
  }

  /** The library stops listening when it is ready; a panel that is loaded again speaks once more. */
  private hearStorage(): void {
    this.unhear();
    const { unsubscribe } = connect.storageAccess.onRequest({
      onInit: (m) => this.listener.storage(m.data.hasAccess ? 'held' : 'asked'),
      onGrant: () => this.listener.storage('held'),
      onDeny: () => this.listener.storage('denied'),
    });
    this.unhear = () => unsubscribe();
  }

  /** Calls a number; with a call already connected, adds it to that call. */
  dial(phoneNumber: string, queueARN: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const agent = this.agentNow;
      if (!agent) {
        reject(new Error('The agent is not signed in to the contact centre.'));
        return;
      }
      const timer = setTimeout(() => reject(new Error('The contact centre did not answer.')), dialWithin);
      const done = {
        success: () => {
          clearTimeout(timer);
          resolve();
        },
        failure: (error: string) => {
          clearTimeout(timer);
          reject(new Error(refusal(error)));
        },
      };
      const endpoint = connect.Endpoint.byPhoneNumber(phoneNumber);
      const busy = agent.getContacts(connect.ContactType.VOICE).find((c) => c.isConnected());
      if (busy) busy.addConnection(endpoint, done);
      else agent.connect(endpoint, queueARN === '' ? done : { ...done, queueARN });
    });
  }

  /** Takes the agent offline; a contact that is still open refuses it. */
  goOffline(): Promise<void> {
    return new Promise((resolve, reject) => {
      const agent = this.agentNow;
      const offline = agent?.getAgentStates().find((s) => s.type === connect.AgentStateType.OFFLINE);
      if (!agent || !offline) {
        reject(new Error('The agent is not signed in to the contact centre.'));
        return;
      }
      const timer = setTimeout(() => reject(new Error('The contact centre did not answer.')), dialWithin);
      agent.setState(
        offline,
        {
          success: () => {
            clearTimeout(timer);
            resolve();
          },
          failure: (error?: string) => {
            clearTimeout(timer);
            reject(new Error(refusal(error ?? '')));
          },
        },
        { enqueueNextState: false },
      );
    });
  }

  /** Ends the session in every panel of this browser. */
  terminate(): void {
    const upstream: unknown = Reflect.get(connect.core, 'upstream');
    const send: unknown =
      typeof upstream === 'object' && upstream !== null ? Reflect.get(upstream, 'sendUpstream') : null;
    if (typeof send === 'function') Reflect.apply(send, upstream, [connect.EventType.TERMINATE]);
  }

  /** The first acknowledgement comes as initialisation, those after a new sign-in only on the wire between the frames. */
  private hearAcknowledgement(): void {
    let heard = false;
    const hear = () => {
      if (heard) return;
      heard = true;
      this.listener.acknowledged();
    };
    connect.core.onInitialized(hear);
    connect.core.getEventBus().subscribe(connect.EventType.TERMINATED, again);
    connect.core.onAuthFail(again);
    function again() {
      setTimeout(() => {
        heard = false;
        onAcknowledge(hear);
      }, deafFor);
    }
  }

  private end(): void {
    this.known.clear();
    this.listener.ended();
  }

  private meet(agent: connect.Agent): void {
    this.agentNow = agent;
    this.replaying = new Set(agent.getContacts().map((c) => c.getContactId()));
    let first = true;
    queueMicrotask(() => {
      first = false; // the library tells all of the first snapshot in one go
      this.replaying.clear();
    });
    const tell = (event: AgentEventName, payload: Record<string, unknown> = {}) => {
      const state = agent.getState();
      this.listener.agent(event, agentFacts(agent), millis(state.startTimestamp), first && event !== 'onInit', payload);
    };
    tell('onInit');
    const stands = (before: string) =>
      this.listener.standing({ before, now: agent.getState().name, next: nextStatus(agent) });
    agent.onStateChange((c) => {
      tell('onStateChange', { oldState: c.oldState, newState: c.newState });
      stands(first ? '' : (c.oldState ?? ''));
    });
    agent.onRefresh(() => stands(''));
    agent.onRoutable(() => tell('onRoutable'));
    agent.onNotRoutable(() => tell('onNotRoutable'));
    agent.onOffline(() => tell('onOffline'));
    agent.onError(() => tell('onError'));
    agent.onAfterCallWork(() => tell('onAfterCallWork'));
  }

  private follow(contact: connect.Contact): void {
    const id = contact.getContactId();
    const known: Known = { facts: contactFacts(contact, null), since: stateSince(contact), ended: false };
    this.known.set(id, known);
    const tell = (event: ContactEventName, occurrence?: number) => {
      if (event !== 'onDestroy') {
        known.facts = contactFacts(contact, known.facts);
        known.since = stateSince(contact);
      }
      if (event === 'onEnded') known.ended = true;
      const agent = this.agentNow ? agentFacts(this.agentNow) : null;
      this.listener.contact(event, known.facts, agent, occurrence ?? known.since, this.replaying.has(id));
    };
    const offered = known.since;
    contact.onIncoming(() => tell('onIncoming'));
    contact.onConnecting(() => tell('onConnecting'));
    contact.onPending(() => tell('onPending'));
    contact.onAccepted(() => tell('onAccepted', offered));
    contact.onConnected(() => tell('onConnected'));
    contact.onRefresh(() => tell('onRefresh'));
    contact.onMissed(() => tell('onMissed'));
    contact.onEnded(() => {
      if (!known.ended) tell('onEnded');
    });
    contact.onDestroy(() => {
      tell('onDestroy');
      this.known.delete(id);
    });
  }
}

/** The published types do not name the wire between the frames. */
function onAcknowledge(hear: () => void): void {
  const upstream: unknown = Reflect.get(connect.core, 'upstream');
  if (typeof upstream !== 'object' || upstream === null) return;
  const subscribe: unknown = Reflect.get(upstream, 'onUpstream');
  if (typeof subscribe === 'function') Reflect.apply(subscribe, upstream, [connect.EventType.ACKNOWLEDGE, hear]);
}

/** What is left to say of a contact when the library has forgotten it. */
interface Known {
  facts: ContactFacts;
  since: number;
  ended: boolean;
}

/** The library hands refusals over as JSON text. */
function refusal(error: string): string {
  try {
    const e: unknown = JSON.parse(error);
    if (typeof e === 'object' && e !== null) {
      for (const name of ['message', 'errorMessage', 'type', 'errorType']) {
        const said: unknown = Reflect.get(e, name);
        if (typeof said === 'string' && said !== '') return said;
      }
    }
  } catch {
    // plain text
  }
  return typeof error === 'string' && error !== '' ? error : 'The contact centre refused.';
}
