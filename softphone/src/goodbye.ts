import type { PageSettings } from './settings.ts';

/** So that the adapter knows a tab that was closed from one that was cut off. As text it asks no leave of the browser's first. */
export function sayGoodbye(
  page: Pick<Window, 'navigator'>,
  { adapterUrl, userId: user }: PageSettings,
  session: string,
  pageId: string,
): void {
  if (session === '' || adapterUrl === '') return;
  page.navigator.sendBeacon(`${adapterUrl}/goodbye`, JSON.stringify({ session, user, page: pageId }));
}
