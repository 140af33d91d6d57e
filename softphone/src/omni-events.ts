import type { OmniEvent } from './console.ts';
import { type Happening, isFields, text } from './wire/read.ts';

const source = 'salesforceAgent';

/**
 * What flows and rules hear of an event of Omni-Channel; null for what they do not know. Every tab tells what it hears, each under a key
 * of its own: `load` names the page load, `n` counts its facts. Work has an id, by which all tabs tell the same fact.
 */
export function omniHappening({ name, params: p }: OmniEvent, load: string, n: number): Happening | null {
  const key = `omni:${load}:${n}`;
  switch (name) {
    case 'omniChannelStatusChanged': {
      const status = {
        statusId: text(p.statusId),
        statusName: text(p.statusName),
        statusApiName: text(p.statusApiName),
      };
      const payload = { ...status, channels: channelsOf(p.channels), reason: text(p.reason) };
      return { source, event: 'onStateChange', key, replay: false, payload };
    }
    case 'omniChannelLogout': {
      const status = { statusId: '', statusName: 'Offline', statusApiName: 'Offline', loggedOut: true };
      const payload = { ...status, channels: [], reason: text(p.reason) };
      return { source, event: 'onStateChange', key, replay: false, payload };
    }
    case 'omniChannelWorkAccepted': {
      const payload = { workItemId: text(p.workItemId), workId: text(p.workId) };
      if (payload.workId === '') return null;
      const event = 'onWorkAccepted';
      return { source, event, key: `omni:work:${payload.workId}:${event}`, replay: false, payload };
    }
    case 'omniChannelWorkloadChanged': {
      const { configuredCapacity, previousWorkload, newWorkload } = p;
      const payload = { configuredCapacity, previousWorkload, newWorkload };
      return { source, event: 'onWorkloadChanged', key, replay: false, payload };
    }
    default:
      return null;
  }
}

/** The platform gives the channels of a status as the text of a list. */
function channelsOf(v: unknown): { channelId: string; developerName: string }[] {
  let list: unknown = v;
  try {
    if (typeof v === 'string') list = JSON.parse(v);
  } catch {
    return [];
  }
  if (!Array.isArray(list)) return [];
  return list.filter(isFields).map((c) => ({ channelId: text(c.channelId), developerName: text(c.developerName) }));
}
