import type { Result } from './wire/read.ts';
import { type Code, isCode, sentenceOf, type Words } from './words.ts';

/** What is shown until the agent has read it, or until it is true no more. */
export interface Said extends Words {
  level: 'info' | 'warning' | 'error';
  /** What takes it back: an event of the same kind that goes well. */
  about: 'dial' | 'adapter' | 'flow' | 'pop' | 'signIn' | 'out' | 'keys';
}

export type Telling =
  | { type: 'dialled'; result: Pick<Result, 'outcome' | 'error' | 'code' | 'args'> }
  | { type: 'clickLost'; how: 'notTold' | 'unknown' }
  | { type: 'notice'; said: Said }
  | { type: 'over'; code: string }
  | { type: 'dismissed'; text: string };

/** Notices that are shown at a time. */
const most = 3;

/** A sentence of this page's own. */
export const own = (about: Said['about'], code: Code, args: Record<string, string> = {}): Said => ({
  level: 'warning',
  about,
  code,
  args,
  text: '',
});

/** One word on the latest attempt to dial is enough, and none once a dial went well; what is said already is not said twice. */
export function noticesAfter(before: readonly Said[], e: Telling): readonly Said[] {
  switch (e.type) {
    case 'dismissed':
      return before.filter((n) => sentenceOf(n) !== e.text);
    case 'over':
      return before.filter((n) => n.code !== e.code);
    case 'notice':
      return joined(e.said.about === 'dial' ? without(before, 'dial') : before, e.said);
    case 'clickLost':
      return joined(without(before, 'dial'), own('dial', e.how === 'unknown' ? 'dial.unknown' : 'dial.notReached'));
    case 'dialled': {
      const others = without(before, 'dial');
      return e.result.outcome === 'done' ? others : joined(others, refusalOf(e.result));
    }
    default:
      return e satisfies never;
  }
}

/** Whoever clicked a number has to see why nobody is called: the panel may be closed. */
export const isRefusal = (e: Telling): boolean =>
  e.type === 'clickLost' ||
  (e.type === 'dialled' && e.result.outcome !== 'done') ||
  (e.type === 'notice' && e.said.about === 'dial');

/** What is true no more. */
export function without(before: readonly Said[], ...about: Said['about'][]): readonly Said[] {
  return before.some((n) => about.includes(n.about)) ? before.filter((n) => !about.includes(n.about)) : before;
}

function joined(before: readonly Said[], said: Said): readonly Said[] {
  const text = sentenceOf(said);
  if (text === '') return before;
  const others = before.filter((n) => sentenceOf(n) !== text && (said.code === undefined || n.code !== said.code));
  return [...others, said].slice(-most);
}

/** A code that is not of the catalogue is none that a person may read. */
function refusalOf(r: Pick<Result, 'outcome' | 'code' | 'args'>): Said {
  if (r.outcome === 'unknown') return own('dial', 'dial.unknown');
  if (r.outcome === 'unable') return own('dial', 'dial.signedOut');
  return own('dial', isCode(r.code) && r.code.startsWith('dial.') ? r.code : 'dial.refused', r.args);
}
