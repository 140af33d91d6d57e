/// <reference types="amazon-connect-streams" />
import type { AgentEventName, ContactEventName } from './contact-events.ts';
import { dialRefusal, outRefusal } from './dial-refusal.ts';
import { agentFacts, contactFacts, nextStatus, regionOf } from './facts.ts';
import { panelOptions } from './panel-options.ts';
import { letChooseSpeaker, textOf } from './sound-frame.ts';
import { storagePage } from './storage-page.ts';
import { answered, queueOf, streamsHand } from './streams-hand.ts';
import { type Hand, loadTimeout, type Telephony, type TelephonyListener } from './telephony.ts';
import type { DebugLevel } from './trace.ts';
import type { ContactFacts, Hold, Sees, Settings } from './wire/read.ts';
import { Refused } from './words.ts';

/** An answer that has not come by then does not come, milliseconds. */
const answerWithin = 15_000;

/** After the end of a session, late answers of the old one are not heard for so long. */
const deafFor = 3_000;

/** How much the library itself writes into the browser's console. */
const echoes: Record<DebugLevel, keyof typeof connect.LogLevel> = {
  Off: 'ERROR',
  Error: 'ERROR',
  Info: 'INFO',
  Debug: 'DEBUG',
};

/** The contact centre as `amazon-connect-streams` shows it. This module and `streams-hand` alone touch the library's global. */
export class Streams implements Telephony {
  private agentNow: connect.Agent | null = null;
  /** The agent is signed in, and the library has told a snapshot since. */
  private live = false;
  /** The panel has answered since the last sign-out. */
  private answered = false;
  private started = false;
  private replaying = new Set<string>();
  private readonly known = new Map<string, Known>();
  private unhear: () => void = () => {};

  constructor(
    private readonly page: Window,
    private readonly listener: TelephonyListener,
  ) {}

  get isThere(): boolean {
    return Reflect.get(this.page, 'connect') !== undefined;
  }

  echo(level: DebugLevel): void {
    if (this.isThere) connect.getLog().setEchoLevel(connect.LogLevel[echoes[level]]);
  }

  sees(): Sees | null {
    const agent = this.agentNow;
    if (!agent || !this.live) return null;
    const contacts = agent.getContacts().map((c) => contactFacts(c, this.known.get(c.getContactId())?.facts ?? null));
    return { agent: agentFacts(agent), contacts };
  }

  show(box: HTMLElement, ccpUrl: string, settings: Settings | null): void {
    if (this.started || !this.isThere) return;
    this.started = true;
    letChooseSpeaker(box);
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
    connect.core.onAuthFail(() => this.leave());
    connect.core.getEventBus().subscribe(connect.EventType.TERMINATED, () => this.leave());
    connect.core.onSoftphoneSessionInit((session) => this.soundBegins(textOf(session, 'connectionId')));
    connect.agent((agent) => this.meet(agent));
    connect.contact((contact) => this.follow(contact));
  }

  region(): string {
    return this.live ? regionOf(this.agentNow?.getConfiguration().agentARN ?? '') : '';
  }

  isSoftphoneCall(contactId: string): boolean {
    const contact = this.agentNow?.getContacts().find((c) => c.getContactId() === contactId);
    return contact?.isSoftphoneCall() ?? false;
  }

  /** In the same frame, so that the library stays connected to it. */
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

  dial(phoneNumber: string, queueARN: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const agent = this.agentNow;
      if (!agent || !this.live) {
        reject(new Refused('dial.signedOut'));
        return;
      }
      const busy = agent.getContacts(connect.ContactType.VOICE).find((c) => c.isConnected());
      // Without an answer nobody knows whether it rings: that is not for here to decide.
      const done = {
        success: () => resolve(),
        failure: (error: string) => reject(dialRefusal(error, phoneNumber, busy !== undefined)),
      };
      const endpoint = connect.Endpoint.byPhoneNumber(phoneNumber);
      if (busy) busy.addConnection(endpoint, done);
      else agent.connect(endpoint, queueARN === '' ? done : { ...done, queueARN: queueOf(agent, queueARN) });
    });
  }

  accept(contactId: string): Promise<void> {
    return this.act(contactId, (contact, done) => contact.accept(done));
  }

  end(contactId: string): Promise<void> {
    return this.act(contactId, (contact, done) => contact.getAgentConnection().destroy(done));
  }

  private act(contactId: string, how: (c: connect.Contact, done: Done) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const contact = this.agentNow?.getContacts().find((c) => c.getContactId() === contactId);
      if (!contact || !this.live) {
        reject(new Refused('act.refused'));
        return;
      }
      how(contact, { success: () => resolve(), failure: (e) => reject(new Refused('act.refused', {}, String(e))) });
    });
  }

  async goOffline(): Promise<void> {
    const agent = this.agentNow;
    const offline = agent?.getAgentStates().find((s) => s.type === connect.AgentStateType.OFFLINE);
    const late = () => new Refused('out.unreachable');
    if (!agent || !offline) throw late();
    await answered((done) => agent.setState(offline, done, { enqueueNextState: false }), {
      within: answerWithin,
      late,
      refused: outRefusal,
    });
  }

  readonly hand: Hand = streamsHand(() => (this.live ? this.agentNow : null));

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
      this.answered = true;
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

  private leave(): void {
    this.live = false;
    this.answered = false;
    this.listener.ended();
  }

  private meet(agent: connect.Agent): void {
    this.agentNow = agent;
    this.live = true;
    this.replaying = new Set(agent.getContacts().map((c) => c.getContactId()));
    let first = true;
    queueMicrotask(() => {
      first = false; // the library tells all of the first snapshot in one go
      this.replaying.clear();
      if (this.live) this.listener.snapshot();
    });
    const tell = (event: AgentEventName, payload: Record<string, unknown> = {}) =>
      this.listener.agent(event, agentFacts(agent), first && event !== 'onInit', payload);
    tell('onInit');
    const stands = (before: string) =>
      this.listener.standing({ before, now: agent.getState().name, next: nextStatus(agent) });
    agent.onStateChange((c) => {
      tell('onStateChange', { oldState: c.oldState, newState: c.newState });
      stands(first ? '' : (c.oldState ?? ''));
    });
    agent.onRefresh(() => {
      if (!this.live && this.answered) {
        this.live = true; // the library announces an agent once: this is the first snapshot after another sign-in
        tell('onInit');
        queueMicrotask(() => this.listener.snapshot());
      }
      stands('');
      const contacts = agent.getContacts().map((c) => [c.getContactId(), stateOf(c)]);
      this.listener.refreshed(agentFacts(agent), [nextStatus(agent), contacts]);
    });
    agent.onRoutable(() => tell('onRoutable'));
    agent.onNotRoutable(() => tell('onNotRoutable'));
    agent.onOffline(() => tell('onOffline'));
    agent.onError(() => tell('onError'));
    agent.onAfterCallWork(() => tell('onAfterCallWork'));
    agent.onSoftphoneError((e) => this.listener.soundFailed(textOf(e, 'errorType')));
  }

  /** All pages of a browser hear of a session; it is in the one that has the softphone at that moment. */
  private soundBegins(connectionId: string): void {
    const contact = this.agentNow?.getContacts().find((c) => c.getAgentConnection().getConnectionId() === connectionId);
    if (!contact) return;
    ifSoftphoneIsHere((here) => this.listener.soundBegan(contact.getContactId(), here));
  }

  private follow(contact: connect.Contact): void {
    const id = contact.getContactId();
    const known: Known = { facts: contactFacts(contact, null), ended: false, hold: null };
    this.known.set(id, known);
    const tell = (event: ContactEventName, occurrence?: number) => {
      if (event !== 'onDestroy') known.facts = contactFacts(contact, known.facts);
      if (event === 'onEnded') known.ended = true;
      const agent = this.agentNow ? agentFacts(this.agentNow) : null;
      this.listener.contact(event, known.facts, agent, occurrence ?? known.facts.since, this.replaying.has(id));
    };
    const offered = known.facts.since;
    contact.onIncoming(() => tell('onIncoming'));
    contact.onConnecting(() => tell('onConnecting'));
    contact.onPending(() => tell('onPending'));
    contact.onAccepted(() => tell('onAccepted', offered));
    const held = () => {
      const { hold } = known.facts;
      if (!hold || (hold.on === known.hold?.on && hold.since === known.hold.since)) return;
      const isNews = known.hold !== null || hold.on;
      known.hold = hold;
      if (isNews) tell(hold.on ? 'onHold' : 'onResume', hold.since);
    };
    contact.onConnected(() => {
      tell('onConnected');
      held();
    });
    contact.onRefresh(() => {
      tell('onRefresh');
      held();
    });
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

/** The library knows nothing of a contact any more that is just going away. */
function stateOf(contact: connect.Contact): string {
  try {
    return contact.getState().type;
  } catch {
    return '';
  }
}

/** Asks whether this page's panel is the one that has the softphone. The published types do not name the question. */
function ifSoftphoneIsHere(tell: (here: boolean) => void): void {
  const ask: unknown = Reflect.get(connect, 'ifMaster');
  if (typeof ask !== 'function') tell(true);
  else Reflect.apply(ask, connect, [connect.MasterTopics.SOFTPHONE, () => tell(true), () => tell(false), true]);
}

/** The published types do not name the wire between the frames. */
function onAcknowledge(hear: () => void): void {
  const upstream: unknown = Reflect.get(connect.core, 'upstream');
  if (typeof upstream !== 'object' || upstream === null) return;
  const subscribe: unknown = Reflect.get(upstream, 'onUpstream');
  if (typeof subscribe === 'function') Reflect.apply(subscribe, upstream, [connect.EventType.ACKNOWLEDGE, hear]);
}

interface Done {
  success(): void;
  failure(error: string): void;
}

/** What is left to say of a contact when the library has forgotten it. */
interface Known {
  facts: ContactFacts;
  ended: boolean;
  /** As it was told last, or found at first. */
  hold: Hold | null;
}
