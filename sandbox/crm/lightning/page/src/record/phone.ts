import type { ObjectInfo, Values } from '../wire.ts';

const american = ['en_US', 'en_CA'];

/**
 * A number as Lightning keeps what was typed into a phone field: bare digits, ten or eleven that begin with 1, get parentheses
 * and a hyphen for who has the locale of the United States or Canada. All else stays as it was typed, and so does what the API
 * writes. Source: Salesforce help 000385963.
 */
export function phoneAsKept(typed: string, locale: string): string {
  const [, area, exchange, line] = /^1?(\d{3})(\d{3})(\d{4})$/.exec(typed.trim()) ?? [];
  return area !== undefined && american.includes(locale) ? `(${area}) ${exchange}-${line}` : typed;
}

/** Values that were typed, as they are kept. */
export function asKept(fields: ObjectInfo['fields'], typed: Values, locale: string): Values {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      fields[name]?.type === 'phone' && typeof value === 'string' ? phoneAsKept(value, locale) : value,
    ]),
  );
}
