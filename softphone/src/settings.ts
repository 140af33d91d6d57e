import type { Welcome } from './wire/read.ts';

/** What the page says about itself, from the element that the Visualforce page provides. */
export interface PageSettings {
  adapterUrl: string;
  ccpUrl: string;
  /** With its checksum: 18 characters. */
  userId: string;
  orgId: string;
  /** A permission set of the package lets the person read its objects: the page says so, as the platform computes it. */
  mayUse: boolean;
  /** Token of the message channel to the package's component in the console; empty from a page of an older package. */
  channel: string;
}

export function readSettings(element: HTMLElement): PageSettings {
  const d = element.dataset;
  return {
    adapterUrl: httpUrl(d.adapterUrl ?? '').replace(/\/+$/, ''),
    ccpUrl: httpUrl(d.ccpUrl ?? ''),
    userId: fullId(d.userId ?? ''),
    orgId: d.orgId ?? '',
    mayUse: d.mayUse !== 'false', // a page of an older package does not say
    channel: d.channel ?? '',
  };
}

/** A welcome says nothing of the adapter record when that could not be read: what is remembered of it stays good. */
export const isOfRecord = (w: Welcome): boolean => w.ccpUrl !== '' || w.settings.panel !== undefined;

/** The address, if it is an absolute http(s) one; otherwise empty. Nothing else is ever opened or framed. */
export function httpUrl(v: string): string {
  try {
    const u = new URL(v);
    return u.protocol === 'https:' || u.protocol === 'http:' ? u.href : '';
  } catch {
    return '';
  }
}

/** A bare instance address means its panel. */
export function ccpAddress(v: string): string {
  const href = httpUrl(v);
  if (href === '') return '';
  const u = new URL(href);
  if (u.pathname === '/') u.pathname = u.hostname.endsWith('.awsapps.com') ? '/connect/ccp-v2/' : '/ccp-v2/';
  return u.href;
}

/** The socket's address beside the adapter's. */
export function socketUrl(adapterUrl: string): string {
  return `${adapterUrl.replace(/^http/, 'ws')}/ws`;
}

/** The console's origin as the page's own address and the browser tell it; empty outside a console. */
export function consoleOrigin(page: Window): string {
  const ancestor = page.location.ancestorOrigins?.[0];
  if (ancestor) return ancestor;
  for (const [name, value] of new URL(page.location.href).searchParams)
    if (name.toLowerCase() === 'sfdciframeorigin') return originOf(value);
  return originOf(page.document.referrer);
}

/** Empty for what is no http(s) address. */
export function originOf(v: string): string {
  const href = httpUrl(v);
  return href === '' ? '' : new URL(href).origin;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The form of a record's id that tells letters apart without their case, which pages do not always get. Anything else stays as it is.
 * Source: the platform's documentation of 15 and 18 character ids: each of three digits tells which of five letters are capital.
 */
export function fullId(id: string): string {
  if (!/^[0-9A-Za-z]{15}$/.test(id)) return id;
  const checksum = [0, 5, 10].map((from) => {
    const capitals = [...id.slice(from, from + 5)].map((c) => c >= 'A' && c <= 'Z');
    return digits[capitals.reduce((sum, capital, i) => sum + (capital ? 2 ** i : 0), 0)];
  });
  return id + checksum.join('');
}
