import type { Sentence } from './wire.ts';

/** How a person reads times: the browser's language if it is English, else British, and a time zone, the browser's if it is undefined. */
export interface Reader {
  locale: string;
  zone: string | undefined;
}

export const here = (): Reader => ({
  locale: globalThis.navigator?.language.startsWith('en') ? navigator.language : 'en-GB',
  zone: undefined,
});

const write = (at: Date, reader: Reader, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(reader.locale, { ...how, ...(reader.zone ? { timeZone: reader.zone } : {}) }).format(at);

const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const date = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** `clock` 10:00:05, `precise` 10:00:05.123, `minute` 10:00, `full` 2 Mar 2026, 10:00:05. */
export type Show = 'clock' | 'precise' | 'minute' | 'full';

export function local(iso: string, show: Show, reader: Reader = here()): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  switch (show) {
    case 'minute':
      return write(at, reader, hours);
    case 'clock':
      return write(at, reader, { ...hours, second: '2-digit' });
    case 'precise':
      return write(at, reader, { ...hours, second: '2-digit', fractionalSecondDigits: 3 });
    case 'full':
      return `${write(at, reader, date)}, ${local(iso, 'clock', reader)}`;
    default:
      return show satisfies never;
  }
}

/** The same in UTC: `2026-03-02 09:00:00.050 UTC`. */
export function utc(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return `${at.toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '')} UTC`;
}

/** The day as a heading: Today, Yesterday, or its date. */
export function day(iso: string, now: Date, reader: Reader = here()): string {
  const name = (at: Date) => write(at, reader, { ...date, weekday: 'long', month: 'long' });
  const at = new Date(iso);
  if (name(at) === name(now)) return 'Today';
  const yesterday = new Date(now.getTime() - 24 * 3_600_000);
  return name(at) === name(yesterday) ? 'Yesterday' : name(at);
}

/** Whose times a page shows. */
export const zoneNote = (zone = new Intl.DateTimeFormat().resolvedOptions().timeZone): string =>
  zone === 'UTC' ? 'Times are UTC.' : `Times are ${zone}; the pointer over one shows UTC.`;

/** A sentence in pieces: texts, and times that it names in UTC, which a page shows in the browser's zone. */
export type Piece = { text: string } | { at: string };

export function pieces(sentence: Sentence): Piece[] {
  let parts: Piece[] = [{ text: sentence.sentence }];
  for (const [name, at] of Object.entries(sentence.args)) {
    if (!name.endsWith('At') || Number.isNaN(Date.parse(at))) continue;
    const written = `${new Date(at).toISOString().slice(11, 19)} UTC`;
    parts = parts.flatMap((part) => ('text' in part ? cut(part.text, written, at) : [part]));
  }
  return parts.filter((part) => 'at' in part || part.text !== '');
}

function cut(text: string, written: string, at: string): Piece[] {
  const start = text.indexOf(written);
  if (start < 0) return [{ text }];
  return [{ text: text.slice(0, start) }, { at }, { text: text.slice(start + written.length) }];
}
