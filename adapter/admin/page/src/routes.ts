import { type Filter, format as formatFilter, parse as parseFilter } from './calls/filter.ts';

export const root = '/admin';

/** Where a person is. The address says it whole, so that it can be sent to somebody else. */
export type Location =
  | { at: 'calls'; filter: Filter }
  | { at: 'call'; id: string }
  | { at: 'waiting'; status: '' | 'waiting' | 'givenUp' }
  | { at: 'health' };

export function parse(address: string): Location {
  const url = new URL(address, 'http://page.invalid');
  const [first, second] = url.pathname.slice(root.length).split('/').filter(Boolean).map(decoded);
  if (first === 'waiting') {
    const status = url.searchParams.get('status');
    return { at: 'waiting', status: status === 'waiting' || status === 'givenUp' ? status : '' };
  }
  if (first === 'health') return { at: 'health' };
  if (first === 'calls' && second !== undefined) return { at: 'call', id: second };
  return { at: 'calls', filter: parseFilter(url.searchParams) };
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // no valid escape: somebody typed it
  }
};

export function format(l: Location): string {
  switch (l.at) {
    case 'calls':
      return `${root}/calls${query(formatFilter(l.filter))}`;
    case 'call':
      return `${root}/calls/${encodeURIComponent(l.id)}`;
    case 'waiting':
      return `${root}/waiting${l.status === '' ? '' : `?status=${l.status}`}`;
    case 'health':
      return `${root}/health`;
    default:
      return l satisfies never;
  }
}

const query = (params: URLSearchParams): string => (params.size === 0 ? '' : `?${params}`);
