import { useState } from 'react';
import type { Scalar } from '../../decode.ts';
import { type Sending, useChange } from './use-change.ts';

export type FormValues = Record<string, Scalar>;

export interface Form extends Pick<Sending, 'isBusy' | 'problem'> {
  values: FormValues;
  set(name: string, value: Scalar): void;
  text(name: string): string;
  error(name: string): string;
  /** Sends the form; what was typed stays when it is refused. */
  submit(send: () => Promise<unknown>): Promise<boolean>;
}

/** The state of one form: what was typed, what is wrong with it, whether it is on its way. */
export function useForm(initial: FormValues): Form {
  const [values, setValues] = useState(initial);
  const [corrected, setCorrected] = useState<readonly string[]>([]); // since it was refused
  const { isBusy, problem, fields, run } = useChange(Object.keys(values));
  return {
    values,
    isBusy,
    problem,
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setCorrected((before) => (before.includes(name) ? before : [...before, name]));
    },
    text: (name) => String(values[name] ?? ''),
    error: (name) => (corrected.includes(name) ? '' : (fields[name] ?? '')),
    submit(send) {
      setCorrected([]);
      return run(send);
    },
  };
}
