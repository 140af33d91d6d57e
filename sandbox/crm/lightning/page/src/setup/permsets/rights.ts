import type { ObjectRight } from './wire.ts';

export type Right = 'read' | 'create' | 'edit' | 'delete' | 'viewAll' | 'modifyAll';

export const rights: readonly { name: Right; label: string }[] = [
  { name: 'read', label: 'Read' },
  { name: 'create', label: 'Create' },
  { name: 'edit', label: 'Edit' },
  { name: 'delete', label: 'Delete' },
  { name: 'viewAll', label: 'View All Records' },
  { name: 'modifyAll', label: 'Modify All Records' },
];

const needs: Record<Right, Right[]> = {
  read: [],
  create: ['read'],
  edit: ['read'],
  delete: ['read', 'edit'],
  viewAll: ['read'],
  modifyAll: ['read', 'edit', 'delete', 'viewAll'],
};

/** Ticking a right ticks what it needs; unticking it unticks what needs it. */
export function ticked<T extends Record<Right, boolean>>(have: T, right: Right, on: boolean): T {
  const next = { ...have, [right]: on };
  for (const { name } of rights) {
    if (on && needs[right].includes(name)) next[name] = true as T[Right];
    if (!on && needs[name].includes(right)) next[name] = false as T[Right];
  }
  return next;
}

/** The rights in words, as the list of objects shows them. */
export const inWords = (right: ObjectRight): string =>
  rights
    .filter(({ name }) => right[name])
    .map(({ label }) => label)
    .join(', ') || 'No Access';
