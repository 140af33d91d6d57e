import type { Api } from '../api.ts';
import type { Field, Option, Values } from '../form.ts';

/** What forms and tables of a resource ask of other resources, by name. */
export type Known = Record<string, Option[]>;

export const labelOf = (options: Option[] | undefined, value: string): string =>
  options?.find((o) => o.value === value)?.label ?? '';

export interface Action<T> {
  label: string;
  permission: string;
  fields: Field[];
  run(api: Api, values: Values, item: T): Promise<void>;
}

/** A kind of thing that an instance has, and how people list, make, change and delete it. */
export interface Resource<T> {
  page: string;
  title: string;
  /** With its article left out: "agent status". */
  singular: string;
  addLabel: string;
  verb?: string;
  removeLabel?: string;
  view: string;
  create: string;
  edit: string;
  remove: string | null;
  wide?: boolean;
  columns: { label: string; show(item: T, known: Known): string }[];
  id(item: T): string;
  name(item: T): string;
  load(api: Api): Promise<T[]>;
  known(api: Api): Promise<Known>;
  fields(known: Known, item: T | null): Field[];
  values(item: T | null, known: Known, api: Api): Promise<Values>;
  save(api: Api, values: Values, item: T | null): Promise<void>;
  drop?(api: Api, item: T): Promise<void>;
  actions?: Action<T>[];
}

/** A list that a form offers; who may not see it gets an empty one. */
export async function options<T>(
  items: Promise<T[]>,
  value: (item: T) => string,
  label: (item: T) => string,
): Promise<Option[]> {
  try {
    return (await items).map((item) => ({ value: value(item), label: label(item) }));
  } catch {
    return [];
  }
}
