/** A status with this in its name, written so, signs the agent out. */
const word = 'Logout';

export const isLogout = (status: string): boolean => status.includes(word);

/** What the contact centre says of an agent: the status before, now, and the one that comes when the contact is closed. */
export interface Standing {
  /** Empty when nothing changed: at sign-in, or when only the next status did. */
  before: string;
  now: string;
  next: string;
}

/**
 * What follows from an agent's status. Signing in while still in such a status does not sign out again; with a contact, after-call
 * work too, the contact centre keeps the choice as the next status, and so does this.
 */
export function logoutOf(s: Standing): 'now' | 'later' | 'no' {
  if (s.before !== '' && s.before !== s.now && isLogout(s.now)) return 'now';
  return isLogout(s.next) ? 'later' : 'no';
}

const amazon = /\.(my\.connect\.aws|awsapps\.com)$/;

/** Where to go to end the session of the contact centre, and of the console behind it. */
export function signOutAddresses(ccpUrl: string): string[] {
  const ccp = new URL(ccpUrl);
  const old = ccp.pathname.startsWith('/connect/');
  const own = new URL(old ? '/connect/logout' : '/logout', ccp).href;
  return amazon.test(ccp.hostname) ? [own, 'https://signin.aws.amazon.com/oauth?Action=logout'] : [own];
}

/** What signing out asks of the page. */
export interface Steps {
  goOffline(): Promise<void>;
  /** Ends the session behind an address; the answer cannot be read from another origin. */
  leave(address: string): Promise<void>;
  /** Tells all panels of this browser that the session is over. */
  terminate(): void;
}

/** Offline first, so that nobody is routed to an agent who is gone; then out of the contact centre and of its console; then all tabs. */
export async function signOut(ccpUrl: string, steps: Steps): Promise<void> {
  await steps.goOffline();
  const [own, ...others] = signOutAddresses(ccpUrl);
  if (own !== undefined) await steps.leave(own);
  await Promise.allSettled(others.map((address) => steps.leave(address)));
  steps.terminate();
}

/** What of the browser's lock manager is used. */
export interface OneAtATime {
  request(name: string, options: { ifAvailable: true }, act: (lock: unknown) => Promise<void>): Promise<unknown>;
}

/** One tab of the browser signs out; the others follow when the session ends. Where locks are denied each signs out by itself. */
export async function alone(locks: OneAtATime | undefined, user: string, act: () => Promise<void>): Promise<void> {
  if (!locks) return act();
  let isDecided = false;
  try {
    await locks.request(`patchcord:sign-out:${user}`, { ifAvailable: true }, async (lock) => {
      isDecided = true;
      if (lock) await act();
    });
  } catch (e) {
    if (isDecided) throw e;
    await act();
  }
}
