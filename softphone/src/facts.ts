/// <reference types="amazon-connect-streams" />
import type { AgentFacts, ContactFacts, Hold } from './wire/read.ts';

// What the library's objects say, as plain values.

/** The region in the name of a resource; empty for what is no such name. */
export function regionOf(arn: string): string {
  const [, , service, region] = arn.split(':');
  return service === 'connect' ? (region ?? '') : '';
}

/** The status that comes when the contact is closed; empty if none was chosen. */
export function nextStatus(agent: connect.Agent): string {
  const next: unknown = agent.getNextState();
  const name: unknown = typeof next === 'object' && next !== null ? Reflect.get(next, 'name') : '';
  return typeof name === 'string' ? name : '';
}

export function agentFacts(agent: connect.Agent): AgentFacts {
  const c = agent.getConfiguration();
  return {
    username: c.username,
    name: c.name,
    state: agent.getState().name,
    since: millis(agent.getState().startTimestamp),
    routingProfile: c.routingProfile?.name ?? '',
  };
}

/**
 * Reads a contact; what the library cannot say any more is taken from what it said before, but for `since`: 0 is that nobody knows when
 * it got into the state that it is in now.
 */
export function contactFacts(contact: connect.Contact, before: ContactFacts | null): ContactFacts {
  const id = contact.getContactId();
  try {
    const state = contact.getState();
    const connected = state.type === 'connected';
    const connectedAt = before?.connectedAt || (connected ? millis(state.timestamp) : 0);
    const over = state.type === 'ended' || state.type === 'error' || state.type === 'missed';
    const hold = connected ? holdOf(contact) : null;
    return {
      contactId: id,
      initialContactId: contact.getInitialContactId() ?? id,
      type: contact.getType(),
      state: state.type,
      inbound: contact.isInbound(),
      phoneNumber: customerNumber(contact) || (before?.phoneNumber ?? ''),
      queueName: contact.getQueue()?.name ?? '',
      queueARN: contact.getQueue()?.queueARN ?? '',
      initiationMethod: initiation(contact),
      attributes: attributes(contact),
      since: millis(state.timestamp),
      connectedAt,
      duration:
        before && before.duration > 0
          ? before.duration
          : over && connectedAt > 0
            ? Math.max(0, millis(state.timestamp) - connectedAt)
            : 0,
      ...(hold ? { hold } : {}),
    };
  } catch {
    return before ? { ...before, since: 0 } : unknownContact(id);
  }
}

function unknownContact(contactId: string): ContactFacts {
  return {
    contactId,
    initialContactId: contactId,
    type: 'voice',
    state: '',
    inbound: false,
    phoneNumber: '',
    queueName: '',
    queueARN: '',
    initiationMethod: '',
    attributes: {},
    since: 0,
    connectedAt: 0,
    duration: 0,
  };
}

function customerNumber(contact: connect.Contact): string {
  try {
    return shown(contact.getInitialConnection()?.getEndpoint()?.phoneNumber ?? '');
  } catch {
    return ''; // a task without its session library has no legs
  }
}

/** How it stands with the customer's own leg; null when it is neither heard nor on hold, or nobody knows since when. */
function holdOf(contact: connect.Contact): Hold | null {
  try {
    const state = contact.getInitialConnection()?.getState();
    const since = millis(state?.timestamp);
    if (since <= 0 || (state?.type !== 'hold' && state?.type !== 'connected')) return null;
    return { on: state.type === 'hold', since };
  } catch {
    return null; // a task without its session library has no legs
  }
}

/** The contact centre's word for a number that is withheld is none of the caller's. */
export function shown(number: string): string {
  return number.toLowerCase() === 'anonymous' ? '' : number;
}

function initiation(contact: connect.Contact): string {
  const data: unknown = Reflect.apply(Reflect.get(contact, '_getData') ?? (() => null), contact, []);
  const method: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'initiationMethod') : '';
  return typeof method === 'string' ? method : '';
}

function attributes(contact: connect.Contact): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, attribute] of Object.entries(contact.getAttributes() ?? {})) out[name] = attribute?.value ?? '';
  return out;
}

function millis(d: Date | undefined): number {
  const t = d ? new Date(d).getTime() : 0;
  return Number.isFinite(t) ? t : 0;
}
