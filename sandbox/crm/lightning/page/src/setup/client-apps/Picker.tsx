import { DuelingList } from '../parts/DuelingList.tsx';
import type { Option } from '../parts/inputs.tsx';
import type { Form } from '../parts/use-form.ts';
import { listOf, textOf } from './app-form.ts';
import { withChosen } from './wire.ts';

interface Props {
  form: Form;
  name: string;
  label: string; // OAuth Scopes
  options: Option[];
  required?: boolean;
}

/** Two lists that are bound to a field of a form: what there is, and what was chosen of it. Their order means nothing. */
export function Picker({ form, name, label, options, required = false }: Props) {
  const value = listOf(form.text(name));
  const all = withChosen(options, value);
  const error = form.error(name);
  return (
    <fieldset className={`slds-p-around_none slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <legend className="slds-assistive-text">{label}</legend>
      <DuelingList
        available={`Available ${label}`}
        chosen={`Selected ${label}`}
        isOrdered={false}
        required={required}
        options={{ all, value }}
        onChange={(next) => form.set(name, textOf(all.map((o) => o.value).filter((v) => next.includes(v))))}
      />
      {error && (
        <div className="slds-form-element__help" role="alert">
          Error: {error}
        </div>
      )}
    </fieldset>
  );
}
