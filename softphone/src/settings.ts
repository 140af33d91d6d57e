/** What the page says about itself, from the element that the Visualforce page provides. */
export interface PageSettings {
  adapterUrl: string;
  ccpUrl: string;
  userId: string;
  orgId: string;
  missingPermission: string;
}

export function readSettings(element: HTMLElement): PageSettings {
  const d = element.dataset;
  return {
    adapterUrl: httpUrl(d.adapterUrl ?? '').replace(/\/+$/, ''),
    ccpUrl: httpUrl(d.ccpUrl ?? ''),
    userId: d.userId ?? '',
    orgId: d.orgId ?? '',
    missingPermission: d.missingPermission ?? '',
  };
}

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
