/** What of the calls is asked for. Empty texts ask for everything. */
export interface Filter {
  number: string;
  agent: string;
  queue: string;
  outcome: string;
  /** A span that ends now, or `between`, for which from and to hold. */
  time: Span;
  from: string; // RFC 3339 in UTC
  to: string;
}

export const spans = ['', 'hour', 'today', 'day', 'week', 'between'] as const;
export type Span = (typeof spans)[number];

export const everything: Filter = { number: '', agent: '', queue: '', outcome: '', time: '', from: '', to: '' };

const fields = ['number', 'agent', 'queue', 'outcome'] as const;
const most = 200; // characters of a field: nothing that is longer can be found

export function parse(params: URLSearchParams): Filter {
  const field = (name: string) => (params.get(name) ?? '').slice(0, most);
  const from = instant(field('from'));
  const to = instant(field('to'));
  const span = spans.find((s) => s === params.get('time')) ?? '';
  const time = from !== '' || to !== '' ? 'between' : span;
  const filter: Filter = { ...everything, time };
  for (const name of fields) filter[name] = field(name);
  return time === 'between' ? { ...filter, from, to } : filter;
}

export function format(f: Filter): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of fields) if (f[name].trim() !== '') params.set(name, f[name].trim());
  if (f.time === 'between' && (f.from !== '' || f.to !== '')) {
    if (f.from !== '') params.set('from', f.from);
    if (f.to !== '') params.set('to', f.to);
  } else if (f.time !== '') params.set('time', f.time);
  return params;
}

/** The query that the adapter is asked: spans become times. */
export function question(f: Filter, now: Date): URLSearchParams {
  const params = format(f);
  params.delete('time');
  const since = begin(f.time, now);
  if (since) params.set('from', since.toISOString());
  return params;
}

const minutes = 60_000;

function begin(span: Span, now: Date): Date | undefined {
  switch (span) {
    case 'hour':
      return new Date(now.getTime() - 60 * minutes);
    case 'day':
      return new Date(now.getTime() - 24 * 60 * minutes);
    case 'week':
      return new Date(now.getTime() - 7 * 24 * 60 * minutes);
    case 'today':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate());
    case '':
    case 'between':
      return undefined;
    default:
      return span satisfies never;
  }
}

/** How many things are asked for. */
export const asked = (f: Filter): number =>
  fields.filter((name) => f[name].trim() !== '').length + (f.time === '' ? 0 : 1);

/** A time as the address has it, or '' if it is none. */
const instant = (value: string): string => {
  const at = Date.parse(value);
  return Number.isNaN(at) ? '' : new Date(at).toISOString();
};

/** A time as a field of the browser has it, in the browser's zone, to the minute. */
export function toField(iso: string): string {
  const at = new Date(iso);
  if (iso === '' || Number.isNaN(at.getTime())) return '';
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const fromField = (value: string): string => instant(value);
