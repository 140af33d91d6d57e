import type { Form } from '../parts/use-form.ts';
import { DuelingList } from '../screen/inputs.tsx';
import { listOf, textOf } from './app-form.ts';
import { type Choices, withChosen } from './wire.ts';

interface Props {
  form: Form;
  name: string;
  label: string; // OAuth Scopes
  options: Choices['scopes'];
  required?: boolean;
}

/** Two lists: what there is, and what was chosen of it. */
export function Picker({ form, name, label, options, required }: Props) {
  const value = listOf(form.text(name));
  const error = form.error(name);
  return (
    <fieldset className={`slds-form-element pc-picker ${error ? 'slds-has-error' : ''}`}>
      <legend className="slds-form-element__label">
        {required && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        {label}
      </legend>
      <DuelingList
        available={`Available ${label}`}
        chosen={`Selected ${label}`}
        options={{ all: withChosen(options, value), value }}
        onChange={(next) => form.set(name, textOf(next))}
      />
      {error && (
        <div className="slds-form-element__help" role="alert">
          Error: {error}
        </div>
      )}
    </fieldset>
  );
}
