import type { Scalar } from '../decode.ts';
import type { Field, ObjectInfo, Problem, Row, Values } from '../wire.ts';

/** The fields of a form in the layout's order: those that the person may fill. */
export function formSections(info: ObjectInfo, isNew: boolean): ObjectInfo['sections'] {
  const may = (name: string) => {
    const field = info.fields[name];
    return field !== undefined && (isNew ? field.createable : field.updateable);
  };
  const sections = info.sections.map((section) => ({
    label: section.label,
    columns: section.columns.map((column) => column.flatMap((name) => expand(info, name)).filter(may)),
  }));
  return sections.filter((section) => section.columns.some((column) => column.length > 0));
}

/** A person's name is one field to read and three to write. */
function expand(info: ObjectInfo, name: string): string[] {
  const isPerson = name === 'Name' && info.fields.LastName !== undefined;
  return isPerson ? ['Salutation', 'FirstName', 'LastName'] : [name];
}

/** What would be sent: a new record's filled fields, or the changed ones. */
export function changes(before: Values, now: Values): Values {
  const changed: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(now)) {
    const blank = value === '' ? null : value;
    if (blank !== (before[name] ?? null)) changed[name] = blank;
  }
  return changed;
}

/** What a new record has before anybody typed: the defaults of its picklists and check boxes. */
export function defaults(info: ObjectInfo): Values {
  const values: Record<string, Scalar> = {};
  for (const field of Object.values(info.fields)) {
    const chosen = field.picklist.find((option) => option.default);
    if (!field.createable) continue;
    if (chosen) values[field.name] = chosen.value;
    if (field.type === 'boolean') values[field.name] = field.checked;
  }
  return values;
}

/** What a clone begins with: the fields of a record that a new one may be given. Its owner becomes whoever saves it. */
export function cloned(info: ObjectInfo, record: Row): Values {
  const may = Object.values(info.fields).filter((field) => field.createable && field.name !== 'OwnerId');
  return Object.fromEntries(may.map((field) => [field.name, record.values[field.name] ?? null]));
}

/** Fields that must be filled and are not. */
export function missing(info: ObjectInfo, isNew: boolean, values: Values): string[] {
  const shown = formSections(info, isNew).flatMap((section) => section.columns.flat());
  return shown.filter((name) => info.fields[name]?.required && (values[name] ?? '') === '');
}

/** Errors by field; those that name no field shown are under the empty name. */
export function byField(problems: Problem['errors'], shown: string[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const problem of problems) {
    const names = problem.fields.filter((name) => shown.includes(name));
    for (const name of names.length > 0 ? names : [''])
      errors[name] = [errors[name], problem.message].filter(Boolean).join(' ');
  }
  return errors;
}

/** What an input gave, as the field's type wants it. */
export function read(field: Field, input: string): Scalar {
  if (input === '') return null;
  if (!['int', 'double', 'currency', 'percent', 'long'].includes(field.type)) return input;
  const value = Number(input);
  return Number.isFinite(value) ? value : input;
}

/** Values with the object's own spelling of field names: a softphone may write them in any case. */
export function spelled(info: ObjectInfo, values: Values): Values {
  const names = Object.keys(info.fields);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      names.find((n) => n.toLowerCase() === name.toLowerCase()) ?? name,
      value,
    ]),
  );
}
