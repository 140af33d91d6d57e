/** One line of a list inside a form. */
export type Row = Record<string, string>;
export type Value = string | boolean | string[] | Row[];
export type Values = Record<string, Value>;

export interface Option {
  value: string;
  label: string;
}

export type Column = { name: string; label: string } & (
  | { type: 'number' | 'time' | 'text' }
  | { options: readonly Option[] }
);

export type Field = {
  /** The member's name in the public API, so that a refusal finds its field. */
  name: string;
  label: string;
  required?: boolean;
  readOnly?: boolean;
  help?: string;
  /** Shown only while another field has a value. */
  when?: { field: string; is: string };
} & (
  | { kind: 'text' | 'password' | 'textarea' | 'number' | 'date' | 'code' }
  | { kind: 'select'; options: readonly Option[] }
  | { kind: 'checks'; options: readonly Option[] }
  | { kind: 'check' }
  | { kind: 'rows'; columns: readonly Column[]; blank: Row; addLabel: string }
);

export const str = (v: Values, name: string): string => {
  const value = v[name];
  return typeof value === 'string' ? value : '';
};
export const num = (v: Values, name: string): number => Number(str(v, name) || '0');
export const on = (v: Values, name: string): boolean => v[name] === true;
export const chosen = (v: Values, name: string): string[] => {
  const value = v[name];
  return Array.isArray(value) ? value.filter((x) => typeof x === 'string') : [];
};
export const rows = (v: Values, name: string): Row[] => {
  const value = v[name];
  return Array.isArray(value) ? value.filter((x) => typeof x !== 'string') : [];
};

export const visible = (field: Field, values: Values): boolean =>
  field.when === undefined || str(values, field.when.field) === field.when.is;

/** What can be said before the service is asked; the first sentence for each field. */
export function missing(fields: Field[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const f of fields.filter((f) => visible(f, values))) {
    const value = values[f.name];
    const empty =
      value === undefined ||
      value === '' ||
      (Array.isArray(value) && value.length === 0) ||
      String(value).trim() === '';
    if (f.required && empty) errors[f.name] = `Complete this field: ${f.label}.`;
    else if (f.kind === 'number' && !empty && !/^\d{1,9}$/.test(String(value)))
      errors[f.name] = 'Enter a whole number.';
  }
  return errors;
}

/** What was added and what was taken away. */
export function difference(before: string[], after: string[]): { added: string[]; removed: string[] } {
  return { added: after.filter((x) => !before.includes(x)), removed: before.filter((x) => !after.includes(x)) };
}

const two = (n: number): string => String(n).padStart(2, '0');
export const clock = (t: { Hours: number; Minutes: number }): string => `${two(t.Hours)}:${two(t.Minutes)}`;
export const timeOf = (s: string): { Hours: number; Minutes: number } => {
  const [h, m] = s.split(':');
  return { Hours: Number(h ?? '0'), Minutes: Number(m ?? '0') };
};
