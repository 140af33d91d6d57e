import { beginAgain, need } from './audio.ts';
import { lost, type Problem } from './problems.ts';
import { onSessions, sessions } from './softphone.ts';
import { SoundWatch } from './sound-watch.ts';
import { type Agent, type Contact, streams } from './streams.ts';
import { foremost, type Trouble } from './view.ts';

/** Whether an agent's calls are heard: in this page, in another of this browser's, or nowhere and why. */
export class Sounds {
  private readonly failed = new Map<string, Trouble & { connection: string }>();
  private readonly watch: SoundWatch;

  /** The library has been started. */
  constructor(ask: (contactId: string) => void, changed: () => void) {
    this.watch = new SoundWatch(ask, changed);
    onSessions(changed);
    streams().core.onSoftphoneSessionInit(({ connectionId }) => {
      for (const [id, { connection }] of this.failed) if (connection === connectionId) this.failed.delete(id);
      changed();
    });
  }

  /** The call could not be heard; false if the problem is not about its sound, or it is heard all the same. */
  fails(contact: Contact | undefined, what: Problem): boolean {
    if (!contact || !what.isSilence || need(contact.getStatus().type, isHeard(contact), true) !== 'wanted')
      return false;
    const canRetry = what.canRetry && streams().core.softphoneManager !== undefined;
    const connection = contact.getAgentConnection().connectionId;
    this.failed.set(contact.contactId, { text: what.text, canRetry, connection });
    return true;
  }

  /** What is wrong with the sound of the contact that is shown; also watches over it. `isHere` says whether calls are heard in this page. */
  look(agent: Agent, isHere: boolean): Trouble | undefined {
    const contacts = agent.getContacts();
    for (const id of this.failed.keys()) if (!contacts.some((c) => c.contactId === id)) this.failed.delete(id);
    const contact = foremost(contacts);
    const isCall = contact?.isSoftphoneCall() === true && ['voice', 'queue_callback'].includes(contact.getType());
    if (!contact || !isHere || !isCall) {
      this.watch.watch('');
      return undefined;
    }
    const id = contact.contactId;
    const state = contact.getStatus().type;
    if (state === 'connected' || (state === 'connecting' && !contact.isInbound())) sessions.get(id)?.want();
    const known = this.failed.get(id);
    this.watch.watch(state === 'connected' && !isHeard(contact) && !known ? id : '');
    return known ?? (this.watch.lost === id ? lost : undefined);
  }

  /** Another page has a contact's sound. */
  heard(contactId: string): void {
    this.watch.heard(contactId);
  }
}

const isHeard = (c: Contact): boolean => sessions.has(c.contactId);

/**
 * Begins a call's audio in the page where it is accepted, where the library leaves that to this page: in Firefox with several panels open
 * it waits for who accepts, and then begins nothing for a contact that is connected by then, nor in a page that once lost the softphone
 * to another. It settles in two questions to the worker whose softphone it is; a third one is answered after these.
 */
export function beginWhereAccepted(current: () => Contact | undefined): void {
  const { core, ConnectionEvents, MasterTopics, ifMaster, isFirefoxBrowser } = streams();
  if (!isFirefoxBrowser()) return;
  const begun = new Set<string>();
  core.getEventBus().subscribe(ConnectionEvents.READY_TO_START_SESSION, () => {
    const contact = current();
    if (!contact) return;
    const settle = (questions: number): void => {
      if (questions > 0) {
        const next = () => settle(questions - 1);
        ifMaster(MasterTopics.SOFTPHONE, next, next, true);
        return;
      }
      const connection = contact.getAgentConnection().connectionId;
      if (begun.has(connection)) return;
      begun.add(connection);
      beginAgain(contact, core.softphoneManager);
    };
    settle(3);
  });
}
