import type { Scalar } from '../decode.ts';
import type { Row, Values } from '../wire.ts';

/** The cell that is being edited. */
export interface Cell {
  id: string;
  field: string;
}

/** What was typed into a list and is not saved yet, by record; and why a record was refused. */
export type Edits = Record<string, { values: Values; error: string }>;

/** Edits with one more; a value that is what the record has already is none. */
export function typed(edits: Edits, row: Row, field: string, value: Scalar): Edits {
  const before = edits[row.id]?.values ?? {};
  const blank = value === '' ? null : value;
  const { [field]: _, ...others } = before;
  const values = blank === (row.values[field] ?? null) ? others : { ...others, [field]: blank };
  const { [row.id]: __, ...rest } = edits;
  return Object.keys(values).length === 0 ? rest : { ...rest, [row.id]: { values, error: '' } };
}

/** Edits after an attempt to save them: those that were refused stay, with the reason. */
export function refused(edits: Edits, reasons: Record<string, string>): Edits {
  const left = Object.entries(edits).filter(([id]) => reasons[id] !== undefined);
  return Object.fromEntries(left.map(([id, edit]) => [id, { ...edit, error: reasons[id] ?? '' }]));
}
