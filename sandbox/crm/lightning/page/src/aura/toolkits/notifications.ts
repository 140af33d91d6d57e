import { isRecord } from '../../decode.ts';
import type { Toolkit } from '../component.ts';
import { type Surroundings, showToast } from '../framework.ts';

/** lightning:notificationsLibrary: toasts. Source: component reference, lightning:notificationsLibrary. */
export function notifications(toast: Surroundings['toast']): Toolkit {
  return {
    methods: {
      showToast: async (args) => {
        if (!isRecord(args) || (args.title === undefined && args.message === undefined))
          throw new Error('title or message is required.');
        showToast(toast, args.variant, args);
      },
      showNotice: async () => {
        throw new Error('showNotice: this console shows no notices, only toasts.');
      },
    },
  };
}
