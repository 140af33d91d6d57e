import type { Agent, Callbacks, Contact } from './streams.ts';
import type { Action } from './view.ts';

/** Does to a contact what a person pressed. */
export function act(action: Action, contact: Contact, agent: Agent, isMuted: boolean, told: Callbacks): void {
  switch (action) {
    case 'accept':
      contact.accept(told);
      break;
    case 'reject':
      contact.reject(told);
      break;
    case 'end':
      contact.getAgentConnection().destroy(told);
      break;
    case 'hold':
      contact.getInitialConnection()?.hold(told);
      break;
    case 'resume':
      for (const leg of [contact.getInitialConnection(), contact.getAgentConnection()])
        if (leg?.getStatus().type === 'hold') leg.resume(told);
      break;
    case 'mute':
      if (isMuted) agent.unmute();
      else agent.mute();
      break;
    case 'clear':
      contact.clear(told);
      break;
    case 'keypad':
    case 'retry':
      break; // not the contact's
    default:
      action satisfies never;
  }
}
