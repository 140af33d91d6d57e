import type { Location } from '../routes.ts';
import type { Kind, NavItem } from '../wire.ts';

/** The object whose tab a page belongs to; empty for pages of no object. */
export function objectOf(location: Location): string {
  switch (location.at) {
    case 'home':
      return 'Home';
    case 'list':
    case 'record':
    case 'related':
      return location.object;
    default:
      return '';
  }
}

/** The temporary tabs after a page was opened: an object outside of the app's items gets one. */
export function withTemporary(temporary: string[], location: Location, navigation: NavItem[]): string[] {
  const object = objectOf(location);
  const has = object === '' || temporary.includes(object) || navigation.some((item) => item.object === object);
  return has ? temporary : [...temporary, object];
}

/** A navigation item for an object outside of the app. */
export function temporaryItem(object: string, kinds: Record<string, Kind>): NavItem {
  if (object === 'Home') return { object, label: 'Home', singular: 'Home', icon: 'standard:home' };
  const kind = Object.values(kinds).find((k) => k.object === object);
  return kind
    ? { object, label: kind.plural, singular: kind.label, icon: kind.icon }
    : { object, label: object, singular: object, icon: 'standard:record' };
}

/** Where an item of the navigation leads. */
export const itemLocation = (item: NavItem, pinned: Record<string, string>): Location =>
  item.object === 'Home' ? { at: 'home' } : { at: 'list', object: item.object, view: pinned[item.object] ?? 'Recent' };

/** The id of an app in /lightning/app/<id>/…, and the address without it. */
export function appAddress(path: string): { id: string; rest: string } | null {
  const found = /^\/lightning\/app\/(06m[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?)(\/.*)?$/.exec(path);
  return found?.[1] ? { id: found[1], rest: `/lightning${(found[2] ?? '').replace(/\/$/, '')}` } : null;
}
