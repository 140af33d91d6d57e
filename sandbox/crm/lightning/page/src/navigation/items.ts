import { count } from '@patchcord/ui/count.ts';
import type { NavItem } from '../wire.ts';

/** The items with one of them at another place; a place that there is not changes nothing. */
export function moved(items: NavItem[], from: number, to: number): NavItem[] {
  const item = items[from];
  if (!item || to < 0 || to >= items.length || from === to) return items;
  const rest = items.filter((_, at) => at !== from);
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

/** What may still be added, by name; `query` is a part of the name. */
export function addable(available: NavItem[], items: NavItem[], query: string): NavItem[] {
  const words = query.trim().toLowerCase();
  return available
    .filter((item) => !items.some((have) => have.object === item.object))
    .filter((item) => item.label.toLowerCase().includes(words))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

export const addLabel = (items: number): string => `Add ${count(items, 'Nav Item')}`;

export const sameItems = (a: NavItem[], b: NavItem[]): boolean =>
  a.length === b.length && a.every((item, at) => item.object === b[at]?.object);
