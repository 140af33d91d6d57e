import { bannersOf, type Situation } from './banners.ts';
import type { PageState } from './page-state.ts';
import { strings } from './strings.ts';
import type { Choice, Picture } from './view.ts';
import type { Match } from './wire/read.ts';

/** What is shown beside what the state says. */
export type Around = Pick<
  Situation,
  'hasLibrary' | 'soundElsewhere' | 'problems' | 'ccpOrigin' | 'origins' | 'signInAgain' | 'openSound'
> & {
  region: { named: string; found: string };
  /** The panel waits for the agent to let it have its cookies. */
  waitsForCookies: boolean;
  open(m: Match): void;
  dismissChoice(): void;
  dismiss(text: string): void;
};

/** What the page shows in a state. */
export function pictureOf(s: PageState, a: Around): Picture {
  const at = s.signIn.at;
  const isAlone = s.console === 'absent' && at === 'out';
  return {
    status: isAlone || !s.mayUse ? '' : statusOf(s, a.waitsForCookies),
    banners: bannersOf({
      signIn: s.signIn,
      mayUse: s.mayUse,
      link: s.hasAdapter || s.console === 'absent' ? s.link : { at: 'unnamed' },
      hasLibrary: a.hasLibrary,
      reloading: s.reloading,
      leaving: s.leaving,
      silence: s.silence,
      soundElsewhere: a.soundElsewhere,
      problems: a.problems,
      ccpOrigin: a.ccpOrigin,
      origins: a.origins,
      region: { named: a.region.named, found: at === 'in' && s.agent ? a.region.found : '' },
      full: s.full,
      notices: s.notices.map(({ level, text }) => ({
        level,
        text,
        action: { label: strings.dismiss, run: () => a.dismiss(text) },
      })),
      signInAgain: a.signInAgain,
      openSound: a.openSound,
    }),
    button: at === 'out' && s.mayUse,
    panel: at === 'in' || a.waitsForCookies,
    choice: choiceOf(s, a),
  };
}

function statusOf(s: PageState, waitsForCookies: boolean): string {
  if (waitsForCookies) return strings.status.storage;
  const name = s.agent?.name ?? '';
  return s.signIn.at === 'in' && name !== '' ? `${strings.status.in} as ${name}` : strings.status[s.signIn.at];
}

function choiceOf({ choice }: PageState, a: Around): Choice | null {
  if (!choice) return null;
  const { matches, total } = choice;
  return { matches, total: Math.max(total, matches.length), open: a.open, dismiss: a.dismissChoice };
}
