/** What the console can show, and how it is written as an address. */
export type Location =
  | { at: 'home' }
  | { at: 'list'; object: string; view: string }
  | { at: 'record'; object: string; id: string }
  | { at: 'related'; object: string; id: string; list: string } // one related list, Object.Field
  | { at: 'search'; query: string }
  | { at: 'page'; url: string }
  | { at: 'flow'; name: string; args: string }; // with its arguments as a query

export const home: Location = { at: 'home' };

/** A record id as the platform writes it: 15 or 18 letters and digits. */
export const isRecordId = (id: string): boolean => /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(id);

/** The long form of a record id: the last three of 18 letters say which of the others are capitals. */
export function to18(id: string): string {
  if (id.length !== 15) return id;
  let check = '';
  for (const part of [id.slice(0, 5), id.slice(5, 10), id.slice(10)]) {
    const bits = [...part].reduce((sum, letter, at) => sum + (letter >= 'A' && letter <= 'Z' ? 1 << at : 0), 0);
    check += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits);
  }
  return id + check;
}

const objectName = /^[A-Za-z][A-Za-z0-9_]{0,79}$/;

/** Reads an address of this origin; null when the console has no such page. */
export function parse(address: string): Location | null {
  const url = new URL(address, 'http://console.invalid');
  const [root, kind, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (root !== undefined && kind === undefined && isRecordId(root)) return record([root]);
  if (root === 'flow' && kind !== undefined) return flow([kind], url.search);
  if (root !== 'lightning') return null;
  if (kind === 'flow') return flow(rest, url.search);
  if (kind === undefined) return home;
  if (kind === 'page') return rest[0] === 'home' ? home : null;
  if (kind === 'o') return list(rest, url.searchParams);
  if (kind === 'r') return record(rest);
  if (kind === 'search') return { at: 'search', query: url.searchParams.get('q') ?? '' };
  if (kind === 'visualforce') {
    const path = url.searchParams.get('url') ?? '';
    return isRelative(path) ? { at: 'page', url: path } : null;
  }
  return null;
}

/** Both /lightning/flow/Name and the flow's own /flow/Name, with its arguments in the query. */
function flow([name, ...rest]: string[], query: string): Location | null {
  if (!name || !objectName.test(name) || rest.length > 0) return null;
  return { at: 'flow', name, args: query.replace(/^\?/, '') };
}

function list(rest: string[], query: URLSearchParams): Location | null {
  const [object, page] = rest;
  if (!object || !objectName.test(object)) return null;
  if (page !== 'list' && page !== 'home' && page !== 'new' && page !== undefined) return null;
  return { at: 'list', object, view: query.get('filterName') ?? 'Recent' };
}

/** Both /lightning/r/Contact/003…/view and the short /lightning/r/003…/view; the object of the latter is read from the id. */
function record(rest: string[]): Location | null {
  const [first, second, what, list] = rest;
  if (first && isRecordId(first) && (second === undefined || second === 'view'))
    return { at: 'record', object: '', id: to18(first) };
  if (!first || !second || !objectName.test(first) || !isRecordId(second)) return null;
  if (what === 'related' && list && relatedName.test(list))
    return { at: 'related', object: first, id: to18(second), list };
  return { at: 'record', object: first, id: to18(second) };
}

/** The form for a new record that an address asks for: /lightning/o/Contact/new?defaultFieldValues=LastName=Ek,Phone=1. */
export function newRecord(address: string): { object: string; values: Record<string, string> } | null {
  const url = new URL(address, 'http://console.invalid');
  const [, object = ''] = /^\/lightning\/o\/([^/]+)\/new\/?$/.exec(url.pathname) ?? [];
  if (!objectName.test(object)) return null;
  const values: Record<string, string> = {};
  for (const pair of (url.searchParams.get('defaultFieldValues') ?? '').split(',')) {
    const [name = '', ...value] = pair.split('=');
    if (objectName.test(name.trim())) values[name.trim()] = written(value.join('='));
  }
  return { object, values };
}

/** A value is encoded once more than the address, so that it may have commas. */
function written(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The tab that an address names: /lightning/n/Name; empty for other addresses. */
export const tabName = (address: string): string =>
  /^\/lightning\/n\/([A-Za-z][A-Za-z0-9_]{0,79})\/?$/.exec(new URL(address, 'http://console.invalid').pathname)?.[1] ??
  '';

const relatedName = /^[A-Za-z][A-Za-z0-9_]{0,79}\.[A-Za-z][A-Za-z0-9_]{0,79}$/;

/** A path on this site, never an address of another one. */
export const isRelative = (url: string): boolean => /^\/(?![/\\])/.test(url);

export function format(location: Location): string {
  switch (location.at) {
    case 'home':
      return '/lightning/page/home';
    case 'list':
      return `/lightning/o/${location.object}/list?filterName=${encodeURIComponent(location.view)}`;
    case 'record':
      return `/lightning/r/${location.object}/${location.id}/view`;
    case 'related':
      return `/lightning/r/${location.object}/${location.id}/related/${location.list}/view`;
    case 'search':
      return `/lightning/search?q=${encodeURIComponent(location.query)}`;
    case 'page':
      return `/lightning/visualforce?url=${encodeURIComponent(location.url)}`;
    case 'flow':
      return `/lightning/flow/${location.name}${location.args === '' ? '' : `?${location.args}`}`;
    default:
      return location satisfies never;
  }
}

export const same = (a: Location, b: Location): boolean => format(a) === format(b);
