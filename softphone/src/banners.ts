import type { SignIn } from './sign-in.ts';
import { strings } from './strings.ts';
import type { Banner } from './view.ts';

/** How things stand, as far as the agent has to know. */
export interface Situation {
  signIn: SignIn;
  /** The agent has the permission set. */
  mayUse: boolean;
  adapter: 'unnamed' | 'unused' | 'up' | 'away' | 'signedOut';
  hasLibrary: boolean;
  /** The console's address makes every pop load the browser again. */
  reloading: boolean;
  /** The agent is signed out once the contact is closed. */
  leaving: boolean;
  /** Calls have no sound in this page, and the window in which they have is not open. */
  soundElsewhere: boolean;
  /** What is wrong with the adapter record. */
  problems: readonly string[];
  ccpOrigin: string;
  /** Of the pages around the panel. */
  origins: string[];
  /** Of the adapter record and of the agent's instance; empty if not known. */
  region: { named: string; found: string };
  notices: readonly Banner[];
  signInAgain(): void;
  openSound(): void;
}

const maxProblems = 3;

/** What the page says above the panel, most hindering first. */
export function bannersOf(s: Situation): Banner[] {
  const b = strings.banner;
  if (!s.mayUse) return [{ level: 'error', text: b.missingPermission }];
  const out: Banner[] = [];
  const isIn = s.signIn.at === 'in';
  if (s.adapter === 'unnamed') out.push({ level: 'error', text: b.noAdapterUrl });
  if (s.reloading) out.push({ level: 'warning', text: b.reloading });
  if (!s.hasLibrary) out.push({ level: 'error', text: b.noStreams });
  if (s.adapter === 'away') out.push({ level: 'warning', text: b.adapterAway });
  if (s.adapter === 'signedOut' && isIn)
    out.push({
      level: 'warning',
      text: b.adapterSignedOut,
      action: { label: strings.signInAgain, run: s.signInAgain },
    });
  if (s.soundElsewhere && isIn)
    out.push({ level: 'info', text: b.soundElsewhere, action: { label: strings.openSound, run: s.openSound } });
  if (s.leaving && isIn) out.push({ level: 'info', text: b.leaving });
  const message = s.signIn.at === 'out' || s.signIn.at === 'window' ? s.signIn.message : null;
  if (message === 'refused') out.push({ level: 'error', text: b.refused(s.origins) });
  else if (message === 'centreUnreachable') out.push({ level: 'warning', text: b.centreUnreachable(s.ccpOrigin) });
  else if (message) out.push({ level: 'warning', text: b[message] });
  const { named, found } = s.region;
  if (found !== '' && named !== '' && found !== named)
    out.push({ level: 'warning', text: b.otherRegion(named, found) });
  if (isIn)
    for (const problem of s.problems.slice(0, maxProblems))
      out.push({ level: 'warning', text: b.tellAdministrator(problem) });
  return [...out, ...s.notices];
}
