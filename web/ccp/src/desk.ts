import type { CallFacts } from './call-view.ts';
import { Refusal, refusal } from './refusal.ts';
import type { AgentFacts } from './status-view.ts';

/** All that the panel draws from. */
export interface DeskFacts {
  agent: AgentFacts | null;
  call: CallFacts | null;
  muted: boolean;
  /** The microphone cannot be used. */
  deaf: boolean;
  /** The socket to the contact centre is gone for the moment. */
  offline: boolean;
  /** What went wrong last, for the agent; dismissed by hand or by the next call. */
  problem: string | null;
}

export interface QuickConnect {
  id: string;
  name: string;
}

const answerWithin = 10_000;
const jitter = 1_500; // between two readings of the same moment, in milliseconds

/** The agent's desk as the library shows it. This module and streams-page.ts alone touch its global. */
export class Desk {
  private facts: DeskFacts = { agent: null, call: null, muted: false, deaf: false, offline: false, problem: null };
  private readonly listeners = new Set<() => void>();
  private agent: connect.Agent | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = (): DeskFacts => this.facts;

  /** Begins to follow the agent; the library must have been started. */
  follow(): void {
    connect.agent((agent) => {
      this.agent = agent;
      agent.onRefresh((fresh) => this.refresh(fresh));
      agent.onMuteToggle(({ muted }) => this.change({ muted: muted === true }));
      agent.onSoftphoneError((error) => this.audioProblem(error.getErrorType()));
      agent.onWebSocketConnectionLost(() => this.change({ offline: true }));
      agent.onWebSocketConnectionGained(() => this.change({ offline: false }));
      this.refresh(agent);
    });
  }

  dismiss(): void {
    this.change({ problem: null });
  }

  choose(arn: string): Promise<void> {
    return this.act('change your status', (agent, done) => {
      const state = agent.getAgentStates().find((s) => s.agentStateARN === arn);
      if (state) agent.setState(state, done, { enqueueNextState: true });
      else done.failure('');
    });
  }

  accept(): Promise<void> {
    return this.act('accept the call', (_, done) => this.contact().accept(done));
  }

  reject(): Promise<void> {
    return this.act('reject the call', (_, done) => this.contact().reject(done));
  }

  end(): Promise<void> {
    return this.act('end the call', (_, done) => this.contact().getAgentConnection().destroy(done));
  }

  close(): Promise<void> {
    return this.act('close the contact', (_, done) => this.contact().clear(done));
  }

  hold(): Promise<void> {
    return this.act('hold the call', (_, done) => this.customer().hold(done));
  }

  resume(): Promise<void> {
    return this.act('resume the call', (_, done) => this.customer().resume(done));
  }

  sendDigits(digits: string): Promise<void> {
    return this.act('send the digits', (_, done) => this.customer().sendDigits(digits, done));
  }

  dial(e164: string): Promise<void> {
    return this.act('call the number', (agent, done) => agent.connect(connect.Endpoint.byPhoneNumber(e164), done));
  }

  /** Muting happens in the browser; the library tells all panels. */
  mute(on: boolean): void {
    if (on) this.agent?.mute();
    else this.agent?.unmute();
  }

  /** The people and queues that can be called by name. */
  quickConnects(): Promise<readonly QuickConnect[]> {
    return new Promise((resolve, reject) => {
      const agent = this.agent;
      if (agent === null) return resolve([]);
      const timer = setTimeout(() => reject(new Refusal('The contact centre did not answer. Try again.')), answerWithin);
      agent.getEndpoints(agent.getAllQueueARNs(), {
        success: ({ endpoints }) => {
          clearTimeout(timer);
          this.endpoints = endpoints;
          resolve(endpoints.map((e) => ({ id: e.endpointARN, name: e.name })));
        },
        failure: (error) => {
          clearTimeout(timer);
          reject(refusal('load the quick connects', error));
        },
      });
    });
  }

  connectTo(id: string): Promise<void> {
    return this.act('call the quick connect', (agent, done) => {
      const endpoint = this.endpoints.find((e) => e.endpointARN === id);
      const call = this.facts.call;
      if (endpoint === undefined) done.failure('');
      else if (call?.state === 'connected') this.contact().addConnection(endpoint, done);
      else agent.connect(endpoint, done);
    });
  }

  /** Goes offline, ends the session, and lets every panel of this browser load again. */
  async logOut(): Promise<void> {
    const offline = this.facts.agent?.choices.find((c) => c.type === 'offline');
    if (offline) await this.choose(offline.arn);
    await fetch('/logout', { credentials: 'include', signal: AbortSignal.timeout(answerWithin) });
    connect.core.getUpstream().sendUpstream(connect.EventType.TERMINATE);
  }

  private endpoints: readonly connect.Endpoint[] = [];

  /** Carries a command out; a refusal is shown, and told to who asked. */
  private act(doing: string, command: (agent: connect.Agent, done: Done) => void): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Refusal('The contact centre did not answer. Try again.')),
        answerWithin, // without a session the library never calls back
      );
      const settle = (end: () => void) => () => {
        clearTimeout(timer);
        end();
      };
      try {
        if (this.agent === null) throw new Error('no agent yet');
        command(this.agent, {
          success: settle(resolve),
          failure: (error) => settle(() => reject(refusal(doing, error)))(),
        });
      } catch {
        settle(() => reject(refusal(doing, '')))(); // the contact went while the agent clicked
      }
    }).catch((error: unknown) => {
      this.change({ problem: error instanceof Refusal ? error.message : `Could not ${doing}.` });
      throw error;
    });
  }

  private contact(): connect.Contact {
    const contact = currentContact(this.agent);
    if (contact === null) throw new Error('no contact');
    return contact;
  }

  private customer(): connect.BaseConnection {
    const customer = this.contact().getInitialConnection();
    if (!customer) throw new Error('nobody on the other side');
    return customer;
  }

  private refresh(agent: connect.Agent): void {
    const contact = currentContact(agent);
    const call = contact === null ? null : callFacts(contact, this.facts.call);
    const isNew = call !== null && call.id !== this.facts.call?.id;
    this.change({
      agent: agentFacts(agent, this.facts.agent),
      call,
      ...(call === null ? { muted: false } : {}),
      ...(isNew ? { problem: null } : {}),
    });
  }

  private audioProblem(type: string): void {
    if (type === 'microphone_not_shared') this.change({ deaf: true });
    const sentence = audioProblems[type];
    if (sentence !== undefined) this.change({ problem: sentence });
  }

  private change(part: Partial<DeskFacts>): void {
    this.facts = { ...this.facts, ...part };
    for (const listener of this.listeners) listener();
  }
}

interface Done {
  success: () => void;
  failure: (error: string) => void;
}

/** The library tells every failure twice, the second time by the bare reason; only these names are shown. */
const audioProblems: Record<string, string> = {
  unsupported_browser: 'This browser cannot carry calls. Use a current Chrome, Edge or Firefox.',
  ice_collection_timeout: 'The audio server cannot be reached from here, so the call has no sound.',
  signalling_handshake_failure: 'The call’s audio could not be set up. End the call and try again.',
  signalling_connection_failure: 'The contact centre’s audio service cannot be reached.',
  user_busy_error: 'The call’s audio is in use in another window. Close other panels.',
  webrtc_error: 'The call’s audio broke off. End the call and try again.',
};

/** The contact that the card shows: one that lives before one that is over, the newest of those. */
function currentContact(agent: connect.Agent | null): connect.Contact | null {
  const contacts = (agent?.getContacts() ?? []).filter((c) => c.isSoftphoneCall() || c.getType() === 'voice');
  const over = ['ended', 'missed', 'rejected', 'error'];
  return contacts.findLast((c) => !over.includes(c.getState().type)) ?? contacts.at(-1) ?? null;
}

function callFacts(contact: connect.Contact, before: CallFacts | null): CallFacts {
  const customer = contact.getInitialConnection();
  const state: string = contact.getState().type;
  const since = Date.now() - contact.getStateDuration();
  const same = before !== null && before.id === contact.getContactId() && before.state === state;
  return {
    id: contact.getContactId(),
    inbound: contact.isInbound(),
    number: customer ? (customer.getEndpoint().phoneNumber ?? '') : '',
    queue: contact.getQueue()?.name ?? '',
    state,
    other: customer ? customer.getState().type : 'disconnected',
    autoAccept: contact.isAutoAcceptEnabled(),
    since: same ? steady(before.since, since) : since,
  };
}

function agentFacts(agent: connect.Agent, before: AgentFacts | null): AgentFacts {
  const { name, type } = agent.getState();
  const since = Date.now() - agent.getStateDuration();
  return {
    state: name,
    type,
    since: before !== null && before.state === name ? steady(before.since, since) : since,
    next: agent.getNextState()?.name ?? null,
    choices: agent.getAgentStates().map((s) => ({ arn: s.agentStateARN, name: s.name, type: s.type })),
    mayDial: agent.getPermissions().includes('outboundCall'),
  };
}

/** Keeps a moment that was read before, unless it has really moved: clocks differ by a little each time. */
function steady(before: number, now: number): number {
  return Math.abs(before - now) < jitter ? before : now;
}
