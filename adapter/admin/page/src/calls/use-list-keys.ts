import { type RefObject, useEffect } from 'react';
import { slashIsOn, writes } from '../keys.ts';
import { step } from './call-list.ts';

/** Arrows, Home and End move the focus through the rows of a list, / leads to the filter. */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const rows = () => [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
    const press = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.metaKey || e.ctrlKey || e.altKey || document.querySelector('dialog[open]')) return;
      if (e.key === '/' && slashIsOn() && !writes(e.target)) {
        e.preventDefault();
        document.querySelector<HTMLElement>('[data-filter]')?.focus();
        return;
      }
      if (e.key === 'Escape' && writes(e.target) && e.target instanceof HTMLElement) e.target.blur();
      if (writes(e.target) && !(e.key === 'ArrowDown' && leaves(e.target))) return;
      const all = rows();
      const to = step(
        e.key,
        all.findIndex((row) => row.contains(document.activeElement)),
        all.length,
      );
      const row = all[to];
      if (!row) return;
      e.preventDefault();
      row.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list]);
}

/** A field of one line has no use for the arrow down; one that suggests, selects or counts has. */
const leaves = (field: EventTarget | null): boolean => field instanceof HTMLInputElement && field.type === 'search';
