/** What the panel uses of the published library's global; nothing else touches it. */

export interface State {
  agentStateARN?: string;
  name: string;
  type: string;
}

export interface Callbacks {
  success?: () => void;
  failure?: (error: unknown) => void;
}

export interface Connection {
  connectionId: string;
  getStatus(): { type: string; timestamp?: Date };
  getEndpoint(): { phoneNumber?: string };
  destroy(c: Callbacks): void;
  hold(c: Callbacks): void;
  resume(c: Callbacks): void;
  sendDigits(digits: string, c: Callbacks): void;
}

export interface Contact {
  contactId: string;
  getStatus(): { type: string; timestamp?: Date };
  getStatusDuration(): number;
  isInbound(): boolean;
  getType(): string;
  isSoftphoneCall(): boolean;
  getInitialConnection(): Connection | null;
  getAgentConnection(): Connection;
  getQueue(): { name?: string } | null;
  accept(c: Callbacks): void;
  reject(c: Callbacks): void;
  clear(c: Callbacks): void;
}

/** What the contact centre has about an agent; the rest is sent back as it came. */
export interface Configuration {
  softphoneEnabled: boolean;
  extension: string;
}

/** A quick connect. */
export interface Endpoint {
  name: string;
  type: string; // phone_number, agent, queue
  phoneNumber?: string;
}

export interface Agent {
  getConfiguration(): Configuration;
  setConfiguration(c: Configuration, told: Callbacks): void;
  setSpeakerDevice(id: string): void;
  setMicrophoneDevice(id: string): void;
  setRingerDevice(id: string): void;
  onLocalMediaStreamCreated(f: () => void): void;
  getName(): string;
  getState(): State;
  getStateDuration(): number;
  getNextState(): State | null;
  getAgentStates(): State[];
  getContacts(): Contact[];
  setState(s: State, c: Callbacks, o: { enqueueNextState: boolean }): void;
  getAllQueueARNs(): string[];
  getEndpoints(
    queueARNs: string[],
    c: { success(found: { endpoints: Endpoint[] }): void; failure(error: unknown): void },
  ): void;
  connect(endpoint: unknown, c: Callbacks): void;
  mute(): void;
  unmute(): void;
  onRefresh(f: (a: Agent) => void): void;
  onMuteToggle(f: (m: { muted: boolean }) => void): void;
  /** The error comes through the worker, so of the published class only its members are left. */
  onSoftphoneError(f: (e: { errorType?: string; errorMessage?: string }) => void): void;
}

export interface Transport {
  subscribeTopics(topics: string[]): void;
  onMessage(topic: string, f: (m: { content: unknown }) => void): () => void;
  sendMessage(m: unknown): void;
}

export interface SoftphoneManager {
  startSession(contact: Contact, agentConnectionId: string): void;
}

interface Core {
  softphoneManager?: SoftphoneManager;
  initSharedWorker(p: Record<string, string>): void;
  initPageOptions(p: Record<string, unknown>): void;
  initRingtoneEngines(p: unknown): void;
  initSoftphoneManager(p: Record<string, unknown>): void;
  initApiProxyService(): void;
  checkIfConfigureReceived(conduit: unknown): void;
  getEventBus(): { subscribe(event: string, f: () => void): unknown };
  /** Hears of each audio session that begins, in any page of this browser. */
  onSoftphoneSessionInit(f: (s: { connectionId: string }) => void): unknown;
  getUpstream(): {
    sendUpstream(event: string, data?: unknown): void;
    /** Hears the page around this one. */
    onDownstream(event: string, f: (data: unknown) => void): void;
  };
  /** What the page around this one said of the softphone, also after a reload; undefined until it is known. */
  softphoneParams?: unknown;
  ringtoneEngines?: Record<string, unknown>;
  getWebSocketManager(): Transport;
  hasReceivedCRMConfigure?: boolean;
  _amazonConnectProviderData?: unknown;
}

export interface Streams {
  core: Core;
  agent(f: (a: Agent) => void): void;
  contact(f: (c: Contact) => void): void;
  Endpoint: { byPhoneNumber(n: string): unknown };
  /** Asks which page of this browser has a role; the last argument has nobody take it by asking. */
  ifMaster(topic: string, yes: () => void, no: () => void, justAsking: boolean): void;
  isFirefoxBrowser(): boolean;
  MasterTopics: { SOFTPHONE: string };
  ConnectionEvents: { READY_TO_START_SESSION: string };
  EventType: { TERMINATE: string; CONFIGURE: string };
  VoiceRingtoneEngine: new (c: { ringtoneUrl: string }) => unknown;
  QueueCallbackRingtoneEngine: new (c: { ringtoneUrl: string }) => unknown;
  RTCSession?: unknown;
  RTCErrors?: Record<string, string>;
}

declare global {
  interface Window {
    connect: Streams;
  }
}

export const streams = (): Streams => window.connect;
