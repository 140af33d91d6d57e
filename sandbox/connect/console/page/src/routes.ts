export const root = '/console';

/** Where in the console a person is. */
export type Location =
  | { at: 'instances'; region: string }
  | { at: 'instance'; id: string; page: 'overview' | 'application-integration'; region: string }
  | { at: 'admin'; page: string };

export function parse(address: string): Location {
  const url = new URL(address, 'http://console.invalid');
  const [first, second, third] = url.pathname.slice(root.length).split('/').filter(Boolean).map(decodeURIComponent);
  const region = url.searchParams.get('region') ?? '';
  if (first === 'admin') return { at: 'admin', page: second ?? '' };
  if (first === 'instances' && second !== undefined)
    return {
      at: 'instance',
      id: second,
      page: third === 'application-integration' ? 'application-integration' : 'overview',
      region,
    };
  return { at: 'instances', region };
}

export function format(l: Location): string {
  const region = l.at === 'admin' || l.region === '' ? '' : `?region=${encodeURIComponent(l.region)}`;
  switch (l.at) {
    case 'instances':
      return `${root}/instances${region}`;
    case 'instance':
      return `${root}/instances/${encodeURIComponent(l.id)}/${l.page}${region}`;
    case 'admin':
      return `${root}/admin${l.page === '' ? '' : `/${encodeURIComponent(l.page)}`}`;
    default:
      return l satisfies never;
  }
}
