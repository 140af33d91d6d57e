import type { Silence } from './page-calls.ts';
import type { Link } from './page-link.ts';
import type { SignIn } from './sign-in.ts';
import type { Banner } from './view.ts';
import { version } from './wire/read.ts';
import { say } from './words.ts';

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
  const error = (text: string): Banner => ({ level: 'error', text });
  const warning = (text: string): Banner => ({ level: 'warning', text });
  if (!s.mayUse) return [error(say('setUp.missingPermission'))];
  const out: Banner[] = [];
  const isIn = s.signIn.at === 'in';
  if (s.silence && isIn) out.push(error(say(`sound.${s.silence}`)));
  if (s.reloading) out.push(warning(say('setUp.reloading')));
  if (!s.hasLibrary) out.push(error(say('setUp.noStreams')));
  out.push(...linkBanners(s));
  if (s.soundElsewhere && isIn)
    out.push({
      level: 'info',
      text: say('sound.elsewhere'),
      action: { label: say('page.openSound'), run: s.openSound },
    });
  if (s.leaving && isIn) out.push({ level: 'info', text: say('out.leaving') });
  const message = s.signIn.at === 'out' || s.signIn.at === 'window' ? s.signIn.message : null;
  if (message === 'refused') out.push(error(say('signIn.refused', { origins: s.origins.join(' and the origin ') })));
  else if (message === 'centreUnreachable')
    out.push(warning(say('signIn.centreUnreachable', { address: s.ccpOrigin })));
  else if (message) out.push(warning(say(`signIn.${message}`)));
  const { named, found } = s.region;
  if (found !== '' && named !== '' && found !== named) out.push(warning(say('setUp.otherRegion', { named, found })));
  if (isIn)
    for (const problem of s.problems.slice(0, maxProblems)) out.push(warning(say('setUp.problem', { problem })));
  return [...out, ...s.notices];
}

/** What hinders the page in speaking with the adapter. */
function linkBanners({ link, signIn, full, signInAgain }: Situation): Banner[] {
  const out: Banner[] = [];
  if (link.at === 'unnamed') out.push({ level: 'error', text: say('link.unnamed') });
  if (link.at === 'otherUser') out.push({ level: 'error', text: say('link.otherUser') });
  if (link.at === 'version') out.push({ level: 'error', text: versionBanner(link.adapter) });
  if (link.at === 'away') out.push({ level: 'warning', text: say('link.away') });
  if (link.at === 'signedOut' && signIn.at === 'in')
    out.push({
      level: 'warning',
      text: say('link.signedOut'),
      action: { label: say('page.signInAgain'), run: signInAgain },
    });
  if (full.browser) out.push({ level: 'error', text: say('link.browserFull') });
  if (full.adapter) out.push({ level: 'warning', text: say('link.adapterFull') });
  return out;
}

/** Which side is the older one. */
function versionBanner(adapter: number): string {
  if (adapter > version) return say('link.pageOlder', { page: version, adapter });
  if (adapter > 0 && adapter < version) return say('link.adapterOlder', { page: version, adapter });
  return say('link.versionsApart');
}
