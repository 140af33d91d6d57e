/** Hosts at which the contact centre offers the page that asks for access to cookies. Source: the library's module storageAccess. */
const domains = ['.my.connect.aws', '.govcloud.connect.aws', '.connect.aws.a2z.com', '.awsapps.com'];

/** The page that asks the browser for the panel's cookies before the panel loads; empty where there is none, such as behind a sign-on address. */
export function storagePage(ccpUrl: string): string {
  if (!URL.canParse(ccpUrl)) return '';
  const u = new URL(ccpUrl);
  if (u.hostname === 'localhost') return u.search === '' && u.hash === '' ? `${u.href}/request-storage-access` : '';
  if (!domains.some((d) => u.hostname.endsWith(d))) return '';
  const prefix = u.hostname.endsWith('.awsapps.com') ? '/connect' : '';
  return `${u.origin}${prefix}/request-storage-access`;
}
