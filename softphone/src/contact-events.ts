import type { AgentFacts, ContactFacts, Happening } from './wire/read.ts';

/** Which part of the flow language a contact's events come from. */
export function sourceOf(type: string): string {
  switch (type) {
    case 'queue_callback':
      return 'connectQueueCallbackContact';
    case 'chat':
      return 'connectChatContact';
    case 'task':
      return 'connectTaskContact';
    default:
      return 'connectVoiceContact';
  }
}

export type ContactEventName =
  | 'onIncoming'
  | 'onConnecting'
  | 'onPending'
  | 'onAccepted'
  | 'onConnected'
  | 'onRefresh'
  | 'onHold'
  | 'onResume'
  | 'onMissed'
  | 'onEnded'
  | 'onDestroy';

/** How hard it is to do without a fact: what a contact went through is never given up. */
export type Worth = 'refresh' | 'other' | 'essential';

const essential = new Set<string>([
  'onIncoming',
  'onConnecting',
  'onAccepted',
  'onConnected',
  'onMissed',
  'onEnded',
] satisfies ContactEventName[]);

export function worthOf(h: Happening): Worth {
  if (h.event === 'onRefresh') return 'refresh';
  return h.contact && essential.has(h.event) ? 'essential' : 'other';
}

/** A queued callback announces itself with onIncoming; its later onConnecting is the dialling, which flows do not know. */
export function isToldToFlows(type: string, event: ContactEventName): boolean {
  if (event === 'onIncoming') return type !== 'voice';
  return !(event === 'onConnecting' && type === 'queue_callback');
}

/**
 * One contact event. The occurrence is what tells two rings of the same contact apart: the moment at which the contact got
 * into its state by the contact centre's clock, which every tab and every reload sees alike.
 */
export function contactHappening(
  contact: ContactFacts,
  agent: AgentFacts | null,
  event: ContactEventName,
  occurrence: number | string,
  replay: boolean,
): Happening {
  return {
    source: sourceOf(contact.type),
    event,
    key: `${contact.contactId}:${event}:${occurrence}`,
    replay,
    contact,
    ...(agent ? { agent } : {}),
    payload: {},
  };
}

export type AgentEventName =
  | 'onInit'
  | 'onRefresh'
  | 'onStateChange'
  | 'onRoutable'
  | 'onNotRoutable'
  | 'onOffline'
  | 'onError'
  | 'onAfterCallWork'
  | 'onSoftphoneError';

/**
 * One agent event. The occurrence of a sign-in is when the agent signed in, whatever state a later load finds; that of all others is
 * when the agent got into the state.
 */
export function agentHappening(
  agent: AgentFacts,
  event: AgentEventName,
  occurrence: number | string,
  replay: boolean,
  payload: Record<string, unknown> = {},
): Happening {
  const key = `agent:${agent.username}:${event}:${occurrence}`;
  return { source: 'connectAgent', event, key, replay, agent, payload };
}

/** Something in the console or in this page; each happens once, in one tab. */
export function pageHappening(
  source: 'initialization' | 'salesforceUi' | 'patchcord',
  event: string,
  payload: Record<string, unknown>,
  id: string,
): Happening {
  return { source, event, key: `ui:${event}:${id}`, replay: false, payload };
}

/** What of an agent can change while their state stays; two equal texts are the same refresh. */
export function agentMark(agent: AgentFacts, around: unknown): string {
  return digest(JSON.stringify([agent, around]));
}

/** What of a contact can change while its state stays; two equal texts are the same refresh. */
export function refreshMark(c: ContactFacts): string {
  const attributes = Object.entries(c.attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return digest(JSON.stringify([c.state, c.queueARN, c.phoneNumber, attributes]));
}

/** A short text that differs when the text differs, for keys; no secret depends on it. */
function digest(s: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b + c, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
