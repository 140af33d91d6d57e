import type { Scalar } from '../decode.ts';

const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'short', timeStyle: 'short' });
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 18 });

/** A field's value as people read it; what cannot be read as its type is shown as it is. */
export function display(value: Scalar, type: string): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return type === 'currency' ? money.format(value) : plain.format(value);
  if (type === 'date' || type === 'datetime') {
    const at = new Date(type === 'date' ? `${value}T00:00:00Z` : value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    if (Number.isNaN(at.getTime())) return value;
    return type === 'date' ? date.format(at) : moment.format(at);
  }
  return value;
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
