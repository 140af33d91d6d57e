import type { Scalar } from '../decode.ts';

/** Shows a field's value as people read it. */
export type Show = (value: Scalar, type: string) => string;

/** How one person reads values: in the time zone and the locale of their user record. */
export function reader(locale: string, timeZone: string): Show {
  const language = locale.replaceAll('_', '-');
  const date = safely(language, 'UTC', (l, tz) => new Intl.DateTimeFormat(l, { dateStyle: 'short', timeZone: tz }));
  const moment = moments(locale, timeZone, 'short');
  const money = safely(language, '', (l) => new Intl.NumberFormat(l, { style: 'currency', currency: 'USD' }));
  const plain = safely(language, '', (l) => new Intl.NumberFormat(l, { maximumFractionDigits: 18 }));
  return (value, type) => {
    if (value === null) return '';
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    if (typeof value === 'number') return type === 'currency' ? money.format(value) : plain.format(value);
    if (type === 'date' || type === 'datetime') {
      const at = type === 'date' ? new Date(`${value}T00:00:00Z`) : instant(value);
      if (Number.isNaN(at.getTime())) return value;
      return type === 'date' ? date.format(at) : moment.format(at);
    }
    return value;
  };
}

/** How one person reads moments: in the time zone and the locale of their user record, with seconds if medium. */
export function moments(locale: string, timeZone: string, timeStyle: 'short' | 'medium'): Intl.DateTimeFormat {
  return safely(
    locale.replaceAll('_', '-'),
    timeZone,
    (l, tz) => new Intl.DateTimeFormat(l, { dateStyle: 'short', timeStyle, timeZone: tz }),
  );
}

/** How one person reads the time of a moment of this day. */
export function clockTimes(locale: string, timeZone: string): Intl.DateTimeFormat {
  const make = (l: string, tz: string) => new Intl.DateTimeFormat(l, { timeStyle: 'short', timeZone: tz });
  return safely(locale.replaceAll('_', '-'), timeZone, make);
}

/** A locale or a time zone that this browser does not know is replaced by English and by UTC. */
function safely<T>(language: string, timeZone: string, make: (language: string, timeZone: string) => T): T {
  for (const [l, tz] of [
    [language, timeZone],
    [language, 'UTC'],
    ['en-US', timeZone],
  ] as const) {
    try {
      return make(l, tz);
    } catch {
      // the next one
    }
  }
  return make('en-US', 'UTC');
}

/** A moment as the REST API writes it: 2026-01-31T08:00:00.000+0000. */
export const instant = (value: string): Date => new Date(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));

/** A moment as an input for date and time wants it, on the clock of a time zone; empty for none. */
export function toInput(value: Scalar, timeZone: string): string {
  if (typeof value !== 'string' || value === '') return '';
  const at = instant(value);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() + offset(at, timeZone)).toISOString().slice(0, 16);
}

/** What such an input holds, as the REST API takes it. */
export function fromInput(text: string, timeZone: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const wall = new Date(`${text}:00Z`);
  if (Number.isNaN(wall.getTime())) return null;
  const guess = new Date(wall.getTime() - offset(wall, timeZone));
  return new Date(wall.getTime() - offset(guess, timeZone)).toISOString();
}

/** Milliseconds that a time zone's clock is ahead of UTC at a moment. */
function offset(at: Date, timeZone: string): number {
  const format = safely(
    'en-US',
    timeZone,
    (l, tz) =>
      new Intl.DateTimeFormat(l, {
        timeZone: tz,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      }),
  );
  const part = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, Number(p.value)]));
  const wall = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(at.getTime() / 1000) * 1000;
}

/** A web address that is safe to follow, else null. */
export function webAddress(value: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`;
  try {
    const { protocol, href } = new URL(address);
    return protocol === 'http:' || protocol === 'https:' ? href : null;
  } catch {
    return null;
  }
}
