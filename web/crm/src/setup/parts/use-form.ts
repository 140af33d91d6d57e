import { useState } from 'react';
import { Refusal } from '../../api.ts';
import type { Scalar } from '../../decode.ts';

export type FormValues = Record<string, Scalar>;

export interface Form {
  values: FormValues;
  isBusy: boolean;
  problem: string; // about the whole form
  set(name: string, value: Scalar): void;
  text(name: string): string;
  error(name: string): string;
  /** Sends the form; what was typed stays when it is refused. */
  submit(send: () => Promise<unknown>): Promise<boolean>;
}

export const conflicts =
  'Your changes could not be saved. Someone else changed this after you opened it. Reload the page to see the change, then edit again.';

/** Sorts a refusal into errors of fields and one for the form. */
export function sorted(error: unknown, fields: readonly string[]): { fields: Record<string, string>; form: string } {
  if (!(error instanceof Refusal))
    return { fields: {}, form: error instanceof Error ? error.message : 'It was not saved.' };
  const out: Record<string, string> = {};
  const rest: string[] = [];
  for (const { code, message, fields: about } of error.problems) {
    const known = about.filter((name) => fields.includes(name));
    for (const name of known) out[name] ??= message;
    if (known.length === 0) rest.push(code === 'CONFLICT' ? conflicts : message);
  }
  return { fields: out, form: rest.join(' ') };
}

/** The state of one form: what was typed, what is wrong with it, whether it is on its way. */
export function useForm(initial: FormValues): Form {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  return {
    values,
    isBusy,
    problem,
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setErrors(({ [name]: _, ...others }) => others);
    },
    text: (name) => String(values[name] ?? ''),
    error: (name) => errors[name] ?? '',
    async submit(send) {
      setBusy(true);
      setErrors({});
      setProblem('');
      try {
        await send();
        return true;
      } catch (error) {
        const found = sorted(error, Object.keys(values));
        setErrors(found.fields);
        setProblem(found.form || 'Review all error messages below to correct your data.');
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
