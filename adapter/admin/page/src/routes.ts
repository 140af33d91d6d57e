import { type Filter, format as formatFilter, parse as parseFilter } from './calls/filter.ts';

export const root = '/admin';

/** Where a person is. The address says it whole, so that it can be sent to somebody else. */
export type Location =
  | { at: 'calls'; filter: Filter }
  | { at: 'call'; id: string }
  | { at: 'waiting'; status: '' | 'waiting' | 'givenUp' }
  | { at: 'health' }
  | { at: 'presence'; part: 'rules' | 'try'; record: string } // record: id of one of several adapter records, '' for the only one
  | { at: 'presenceAgents'; find: string }
  | { at: 'presenceAgent'; id: string };

export function parse(address: string): Location {
  const url = new URL(address, 'http://page.invalid');
  const [first, second, third] = url.pathname.slice(root.length).split('/').filter(Boolean).map(decoded);
  if (first === 'waiting') {
    const status = url.searchParams.get('status');
    return { at: 'waiting', status: status === 'waiting' || status === 'givenUp' ? status : '' };
  }
  if (first === 'health') return { at: 'health' };
  if (first === 'presence') return parsePresence(second, third, url.searchParams);
  if (first === 'calls' && second !== undefined) return { at: 'call', id: second };
  return { at: 'calls', filter: parseFilter(url.searchParams) };
}

function parsePresence(part: string | undefined, id: string | undefined, params: URLSearchParams): Location {
  if (part === 'agents' && id !== undefined) return { at: 'presenceAgent', id };
  if (part === 'agents') return { at: 'presenceAgents', find: params.get('find') ?? '' };
  return { at: 'presence', part: part === 'try' ? 'try' : 'rules', record: params.get('record') ?? '' };
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
    case 'presence':
      return `${root}/presence${l.part === 'try' ? '/try' : ''}${one('record', l.record)}`;
    case 'presenceAgents':
      return `${root}/presence/agents${one('find', l.find)}`;
    case 'presenceAgent':
      return `${root}/presence/agents/${encodeURIComponent(l.id)}`;
    default:
      return l satisfies never;
  }
}

const one = (name: string, value: string): string =>
  value === '' ? '' : query(new URLSearchParams({ [name]: value }));

const query = (params: URLSearchParams): string => (params.size === 0 ? '' : `?${params}`);
