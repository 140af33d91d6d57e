import type { Silence } from './page-calls.ts';
import type { Link } from './page-link.ts';
import type { SignIn } from './sign-in.ts';
import { strings } from './strings.ts';
import type { Banner } from './view.ts';
import { version } from './wire/read.ts';

/** How things stand, as far as the agent has to know. */
export interface Situation {
  signIn: SignIn;
  /** The agent has the permission set. */
  mayUse: boolean;
  link: Link | { at: 'unnamed' };
  hasLibrary: boolean;
  /** The console's address makes every pop load the browser again. */
  reloading: boolean;
  /** The agent is signed out once the contact is closed. */
  leaving: boolean;
  /** Why nothing of the agent's call is heard; null if it is, or there is none. */
  silence: Silence | null;
  /** Calls have no sound in this page, and the window in which they have is not open. */
  soundElsewhere: boolean;
  /** What is wrong with the adapter record. */
  problems: readonly string[];
  ccpOrigin: string;
  /** Of the pages around the panel. */
  origins: string[];
  /** Of the adapter record and of the agent's instance; empty if not known. */
  region: { named: string; found: string };
  full: { adapter: boolean; browser: boolean };
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
  if (s.silence && isIn) out.push({ level: 'error', text: b.silence[s.silence] });
  if (s.reloading) out.push({ level: 'warning', text: b.reloading });
  if (!s.hasLibrary) out.push({ level: 'error', text: b.noStreams });
  out.push(...linkBanners(s));
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

/** What hinders the page in speaking with the adapter. */
function linkBanners({ link, signIn, full, signInAgain }: Situation): Banner[] {
  const b = strings.banner;
  const out: Banner[] = [];
  if (link.at === 'unnamed') out.push({ level: 'error', text: b.noAdapterUrl });
  if (link.at === 'otherUser') out.push({ level: 'error', text: b.otherUser });
  if (link.at === 'version') out.push({ level: 'error', text: versionBanner(link.adapter) });
  if (link.at === 'away') out.push({ level: 'warning', text: b.adapterAway });
  if (link.at === 'signedOut' && signIn.at === 'in')
    out.push({ level: 'warning', text: b.adapterSignedOut, action: { label: strings.signInAgain, run: signInAgain } });
  if (full.browser) out.push({ level: 'error', text: b.browserFull });
  if (full.adapter) out.push({ level: 'warning', text: b.adapterFull });
  return out;
}

/** Which side is the older one. */
function versionBanner(adapter: number): string {
  const b = strings.banner;
  if (adapter > version) return b.pageOlder(version, adapter);
  return adapter > 0 && adapter < version ? b.adapterOlder(version, adapter) : b.versionsApart;
}
