import { useState } from 'react';
import { Refusal } from '../../api.ts';

/** How a change that is sent to the server fares. */
export interface Sending {
  isBusy: boolean;
  problem: string; // about all of it; '' for none
  fields: Record<string, string>; // what is wrong, by field
}

export interface Change extends Sending {
  /** Sends one change at a time and keeps what the server says against it. Answers whether it was done. */
  run(send: () => Promise<unknown>): Promise<boolean>;
  clear(): void;
}

/** Sorts a refusal into what fields show, and what is said above them: all of it, where it is not known which fields there are. */
export function sorted(error: unknown, known?: readonly string[]): { fields: Record<string, string>; form: string } {
  if (!(error instanceof Refusal))
    return { fields: {}, form: error instanceof Error ? error.message : 'It was not done.' };
  const out: Record<string, string> = {};
  const rest: string[] = [];
  for (const { message, fields } of error.problems) {
    const about = fields.filter((name) => known?.includes(name) ?? true);
    for (const name of about) out[name] ??= message;
    if (!known || about.length === 0) rest.push(message);
  }
  return { fields: out, form: rest.join(' ') };
}

const idle = { isBusy: false, problem: '', fields: {} };

/** The state of a change; `known` are the fields that show what is wrong with them. */
export function useChange(known?: readonly string[]): Change {
  const [state, setState] = useState<Sending>(idle);
  return {
    ...state,
    async run(send) {
      setState({ isBusy: true, problem: '', fields: {} });
      try {
        await send();
        setState(idle);
        return true;
      } catch (error) {
        const { fields, form } = sorted(error, known);
        setState({ isBusy: false, problem: form || 'Review all error messages below to correct your data.', fields });
        return false;
      }
    },
    clear: () => setState(idle),
  };
}
