import type { Location } from '../routes.ts';
import type { NavItem } from '../wire.ts';

/** Where an item of the navigation leads. */
export const itemLocation = (item: NavItem): Location =>
  item.object === 'Home' ? { at: 'home' } : { at: 'list', object: item.object, view: 'Recent' };

/** The id of an app in /lightning/app/<id>/…, and the address without it. */
export function appAddress(path: string): { id: string; rest: string } | null {
  const found = /^\/lightning\/app\/(06m[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?)(\/.*)?$/.exec(path);
  return found?.[1] ? { id: found[1], rest: `/lightning${(found[2] ?? '').replace(/\/$/, '')}` } : null;
}
