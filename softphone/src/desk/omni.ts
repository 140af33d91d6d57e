import type { Omni, PresenceStatus } from '../console.ts';
import { isFields, text } from '../wire/read.ts';
import { Refused } from '../words.ts';
import type { Desk } from './desk.ts';

const loggedOut: PresenceStatus = { statusId: '', statusName: '', statusApiName: '' };

/**
 * Omni-Channel as the component's toolkit answers it.
 * Source: Console Developer Guide, Methods for Omni-Channel in Lightning Experience (lightning:omniToolkitAPI).
 */
export function deskOmni(desk: Pick<Desk, 'ask'>): Omni {
  const status = async (): Promise<PresenceStatus> => {
    try {
      return statusOf(await desk.ask('omni.getServicePresenceStatusId'));
    } catch (e) {
      if (e instanceof Refused) throw e; // nobody answered
      return loggedOut; // the toolkit has no other word for it than a refusal
    }
  };
  return {
    status,
    setStatus: async (statusId) => statusOf(await desk.ask('omni.setServicePresenceStatus', { statusId })),
    login: async (statusId) => {
      await desk.ask('omni.login', { statusId });
      return status();
    },
    logout: async () => {
      await desk.ask('omni.logout');
    },
    workload: async () => {
      const w = await desk.ask('omni.getAgentWorkload');
      const figure = (name: string) => (isFields(w) && typeof w[name] === 'number' ? w[name] : 0);
      return { configuredCapacity: figure('configuredCapacity'), currentWorkload: figure('currentWorkload') };
    },
  };
}

function statusOf(v: unknown): PresenceStatus {
  if (!isFields(v)) return loggedOut;
  return { statusId: text(v.statusId), statusName: text(v.statusName), statusApiName: text(v.statusApiName) };
}
