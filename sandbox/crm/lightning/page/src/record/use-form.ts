import { useEffect, useId, useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole } from '../console-context.ts';
import type { Scalar } from '../decode.ts';
import type { ObjectInfo, Row, Saved, Values } from '../wire.ts';
import { byField, changes, formSections, missing } from './form-state.ts';
import { asKept } from './phone.ts';

export interface Form {
  id: string;
  info: ObjectInfo;
  record: Row | null; // null: a new one
  now: Values;
  errors: Record<string, string>;
  isSaving: boolean;
  set(name: string, value: Scalar): void;
  reset(values: Values): void;
  submit(): Promise<Saved | null>;
}

/** A form's values, what is wrong with them, and how they are sent. What was typed survives an error. */
export function useForm(
  info: ObjectInfo,
  record: Row | null,
  values: Values,
  save: (now: Values) => Promise<Saved>,
): Form {
  const id = useId();
  const { locale } = useConsole().start.user;
  const isNew = record === null;
  const [now, setNow] = useState<Values>({ ...record?.values, ...values });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const shown = formSections(info, isNew).flatMap((s) => s.columns.flat());
  const first = Object.keys(errors)[0];
  useEffect(() => {
    if (first !== undefined) document.querySelector<HTMLElement>(`#${CSS.escape(id)} [aria-invalid=true]`)?.focus();
  }, [first, id]);

  const submit = async (): Promise<Saved | null> => {
    const blank = missing(info, isNew, now);
    if (blank.length > 0) {
      setErrors(Object.fromEntries(blank.map((name) => [name, 'Complete this field.'])));
      return null;
    }
    setSaving(true);
    try {
      const saved = await save({ ...now, ...asKept(info.fields, changes(record?.values ?? {}, now), locale) });
      setErrors({});
      return saved;
    } catch (error) {
      const problems = error instanceof Refusal ? error.problems : [];
      setErrors(problems.length > 0 ? byField(problems, shown) : { '': 'The record could not be saved. Try again.' });
      return null;
    } finally {
      setSaving(false);
    }
  };
  const set = (name: string, value: Scalar) => {
    setNow((before) => ({ ...before, [name]: value }));
    setErrors(({ [name]: _, ...others }) => others);
  };
  const reset = (to: Values) => {
    setNow(to);
    setErrors({});
  };
  return { id, info, record, now, errors, isSaving, set, reset, submit };
}
