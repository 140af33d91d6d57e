import { type Decoded, dictionary, flag, list, number, object, scalar, text } from '../decode.ts';

/** What /lightning/api/omni answers and its stream tells. Go's side of it is sandbox/crm/lightning/omni. */

const channel = object({ channelId: text, developerName: text });
const presenceStatus = object({ statusId: text, statusName: text, statusApiName: text, channels: list(channel) });
export type PresenceStatus = Decoded<typeof presenceStatus>;

/** A status that the person may choose; without a channel it is a busy one. */
export const isOnline = (s: PresenceStatus): boolean => s.channels.length > 0;

const work = object({
  workItemId: text,
  workId: text,
  isEngaged: flag, // accepted
  recordId: text, // of the item, 18 characters
  name: text,
  subject: text,
  since: text, // assigned, or accepted
});
export type Work = Decoded<typeof work>;

/** All that Omni-Channel is for the person now. A later version replaces an earlier one. */
export const omniState = object({
  version: number,
  statuses: list(presenceStatus), // that the person may choose
  statusId: text, // empty: logged out
  since: text, // when the person took the status
  works: list(work),
  configuredCapacity: number,
  currentWorkload: number,
  mayDecline: flag,
});
export type OmniState = Decoded<typeof omniState>;

export const nothing: OmniState = {
  version: 0,
  statuses: [],
  statusId: '',
  since: '',
  works: [],
  configuredCapacity: 0,
  currentWorkload: 0,
  mayDecline: false,
};

const names = [
  'omniChannelConnectionError',
  'omniChannelLoginSuccess',
  'omniChannelLogout',
  'omniChannelStatusChanged',
  'omniChannelWorkAccepted',
  'omniChannelWorkAssigned',
  'omniChannelWorkClosed',
  'omniChannelWorkDeclined',
  'omniChannelWorkloadChanged',
] as const;

/** What happened, with the parameters that the platform's application event of this name has. */
export interface OmniEvent {
  name: (typeof names)[number];
  params: Record<string, unknown>;
}

const told = object({ name: text, params: dictionary(scalar) });

/** One message of the stream: what happened, and all that is true since. */
export const message = object({ events: list(told), state: omniState });

/** The events of a message that this page knows; those of a newer server are left out. */
export const known = (events: Decoded<typeof told>[]): OmniEvent[] =>
  events.flatMap(({ name, params }) => {
    const found = names.find((n) => n === name);
    return found ? [{ name: found, params }] : [];
  });
