import { bannersOf, type Situation } from './banners.ts';
import type { Card } from './caller-card.ts';
import type { Choice } from './choice-list.ts';
import { foremost } from './page-calls.ts';
import type { PageState } from './page-state.ts';
import { written } from './phone-number.ts';
import type { Picture } from './view.ts';
import type { Match } from './wire/read.ts';
import { say, sentenceOf } from './words.ts';

/** What is shown beside what the state says. */
export type Around = Pick<
  Situation,
  'hasLibrary' | 'soundElsewhere' | 'problems' | 'ccpOrigin' | 'origins' | 'signInAgain' | 'openSound'
> & {
  region: { named: string; found: string };
  /** The panel waits for the agent to let it have its cookies. */
  waitsForCookies: boolean;
  /** With which numbers are read and written, ISO 3166 alpha-2. */
  country: string;
  /** Where the adapter says what happened on a contact; empty if nobody said where it is. */
  adapterUrl: string;
  /** What the keys do, while there is something that they can do; empty otherwise. */
  keys: string;
  open(m: Match): void;
  /** Opens the form for a new contact with a number, as people write it. */
  addContact(number: string): void;
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
      notices: s.notices.map((n) => {
        const text = sentenceOf(n);
        return { level: n.level, text, action: { label: say('page.dismiss'), run: () => a.dismiss(text) } };
      }),
      signInAgain: a.signInAgain,
      openSound: a.openSound,
    }),
    button: at === 'out' && s.mayUse,
    panel: at === 'in' || a.waitsForCookies,
    choice: choiceOf(s, a),
    card: at === 'in' ? cardOf(s, a) : null,
    keys: at === 'in' && s.mayUse,
  };
}

/** Who is at the other end of the call in front, and what can be done about it. */
function cardOf(s: PageState, a: Around): Card | null {
  const call = foremost(s);
  if (!call) return null;
  const caller = s.callers[call.contactId];
  const record = caller?.record;
  const number = written(call.number, a.country);
  const isOffered = s.choice?.contactId === call.contactId;
  return {
    name: record?.name || number || say('caller.hidden'),
    kind: record ? record.object : '',
    number: record ? number : '',
    sentence: caller && caller.kind !== 'known' && !isOffered ? sentenceOf(caller) : '',
    ...(caller?.canAdd && { add: () => a.addContact(number) }),
    why: a.adapterUrl === '' ? '' : `${a.adapterUrl}/admin/calls/${encodeURIComponent(call.contactId)}`,
    keys: a.keys,
  };
}

function statusOf(s: PageState, waitsForCookies: boolean): string {
  if (waitsForCookies) return say('page.storage');
  const name = s.agent?.name ?? '';
  return s.signIn.at === 'in' && name !== '' ? say('page.inAs', { name }) : say(`page.${s.signIn.at}`);
}

function choiceOf({ choice }: PageState, a: Around): Choice | null {
  if (!choice) return null;
  const { matches, total, more } = choice;
  return { matches, total: Math.max(total, matches.length), more, open: a.open, dismiss: a.dismissChoice };
}
