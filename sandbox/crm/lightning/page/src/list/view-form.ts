import { count } from '@patchcord/ui/count.ts';
import type { Definition, Field, ObjectInfo, ViewShape } from '../wire.ts';

/** What people call the operators of the Metadata API. */
export const operations: Record<string, string> = {
  equals: 'equals',
  notEqual: 'not equal to',
  lessThan: 'less than',
  greaterThan: 'greater than',
  lessOrEqual: 'less or equal',
  greaterOrEqual: 'greater or equal',
  contains: 'contains',
  notContain: 'does not contain',
  startsWith: 'starts with',
};

const words = ['contains', 'notContain', 'startsWith'];

/** The operators that fit a field, most used first. */
export function operationsOf(field: Field): string[] {
  const all = Object.keys(operations);
  if (field.type === 'boolean' || field.picklist.length > 0) return ['equals', 'notEqual'];
  if (['int', 'double', 'currency', 'percent', 'date', 'datetime'].includes(field.type))
    return all.filter((o) => !words.includes(o));
  return all;
}

/** Fields that a filter may name, by label. */
export const filterFields = (info: ObjectInfo): Field[] =>
  Object.values(info.fields)
    .filter((field) => field.filterable)
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** Fields that a list may show as columns, by label. */
export const columnFields = (info: ObjectInfo): Field[] =>
  Object.values(info.fields)
    .filter((field) => field.name !== 'Id' && field.name !== 'IsDeleted')
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));

/** How many records a list shows, and how. */
export function summary(shown: number, more: boolean, definition: Definition, sortedBy: string): string {
  const parts = [more ? `${shown}+ items` : count(shown, 'item')];
  if (sortedBy !== '') parts.push(`Sorted by ${sortedBy}`);
  const filtered = definition.filters.length + (definition.scope === 'Mine' ? 1 : 0);
  if (filtered > 0) parts.push(`Filtered by ${count(filtered, 'condition')}`);
  return parts.join(' • ');
}

/** When a list was read, as one says it. */
export function since(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'Updated a few seconds ago';
  if (minutes === 1) return 'Updated a minute ago';
  if (minutes < 60) return `Updated ${minutes} minutes ago`;
  return minutes < 120 ? 'Updated an hour ago' : `Updated ${Math.floor(minutes / 60)} hours ago`;
}

export const shapeOf = ({ scope, filters, columns }: Definition): ViewShape => ({ scope, filters, columns });
