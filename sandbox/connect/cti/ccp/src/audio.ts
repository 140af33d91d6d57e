import { sessions } from './softphone.ts';
import type { Contact, SoftphoneManager } from './streams.ts';

/** Where a contact's audio should be, in this tab's eyes. */
export type Need = 'none' | 'there' | 'elsewhere' | 'wanted';

export function need(state: string, here: boolean, owner: boolean): Need {
  if (!['connecting', 'incoming', 'connected'].includes(state)) return 'none';
  if (here) return 'there';
  return owner ? 'wanted' : 'elsewhere';
}

/**
 * Begins the audio of a contact again after it failed, as when the microphone was refused.
 * The library begins it once, when the contact is about to connect, and gives none back after a reload.
 */
export function beginAgain(contact: Contact | undefined, manager: SoftphoneManager | undefined): void {
  if (!contact || !manager) return;
  if (need(contact.getStatus().type, sessions.has(contact.contactId), true) !== 'wanted') return;
  manager.startSession(contact, contact.getAgentConnection().connectionId);
}
