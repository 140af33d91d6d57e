import { isRecord } from '../../decode.ts';
import type { OmniChannel, PresenceStatus } from '../../omni/omni.ts';
import type { Toolkit } from '../component.ts';

/** lightning:omniToolkitAPI. Each method answers a promise. Source: Console developer guide, methods for Omni-Channel in Lightning Experience. */
export function omniToolkit(omni: OmniChannel | null): Toolkit {
  const there = (): OmniChannel => {
    if (!omni) throw new Error('Omni-Channel is not in the utility bar of this app.');
    return omni;
  };
  const logged = (): PresenceStatus => {
    const status = there().status();
    if (!status) throw new Error('You are not logged in to Omni-Channel.');
    return status;
  };
  return {
    methods: {
      login: async (args) => {
        await there().setStatus(textOf(args, 'statusId'), 'OmniLoginStatusChange');
        return true;
      },
      logout: async () => {
        await there().logout();
        return true;
      },
      getServicePresenceStatusId: async () => named(logged()),
      getServicePresenceStatusChannels: async () => ({ channels: JSON.stringify(logged().channels) }),
      setServicePresenceStatus: async (args) => {
        const status = await there().setStatus(textOf(args, 'statusId'), 'OmniToolkitStatusChange');
        return { ...named(status), channels: JSON.stringify(status.channels) };
      },
      getAgentWorks: async () => {
        logged();
        return { works: JSON.stringify(there().works()) };
      },
      getAgentWorkload: async () => {
        logged();
        const { configuredCapacity, currentWorkload } = there().workload();
        const interruptible = { configuredInterruptibleCapacity: 0, currentInterruptibleWorkload: 0 };
        return { configuredCapacity, currentWorkload, ...interruptible };
      },
      acceptAgentWork: async (args) => {
        await there().accept(textOf(args, 'workId'));
        return true;
      },
      declineAgentWork: async (args) => {
        const reason = isRecord(args) && typeof args.declineReason === 'string' ? args.declineReason : undefined;
        await there().decline(textOf(args, 'workId'), reason);
        return true;
      },
      closeAgentWork: async (args) => {
        await there().close(textOf(args, 'workId'));
        return true;
      },
    },
  };
}

const named = ({ statusName, statusApiName, statusId }: PresenceStatus) => ({ statusName, statusApiName, statusId });

function textOf(args: unknown, name: string): string {
  const value = isRecord(args) ? args[name] : undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`${name} is required.`);
}
