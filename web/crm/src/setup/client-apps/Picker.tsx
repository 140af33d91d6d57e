import { useId } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';
import type { Form } from '../parts/use-form.ts';
import { listOf, textOf } from './app-form.ts';
import { type Choices, withChosen } from './wire.ts';

type Options = Choices['scopes'];

interface Props {
  form: Form;
  name: string;
  label: string; // OAuth Scopes
  options: Options;
  required?: boolean;
}

const marked = (id: string): string[] => {
  const box = document.getElementById(id);
  return box instanceof HTMLSelectElement ? [...box.selectedOptions].map((o) => o.value) : [];
};

/** Two lists: what there is, and what was chosen of it. Their order means nothing. */
export function Picker({ form, name, label, options, required }: Props) {
  const left = useId();
  const right = useId();
  const value = listOf(form.text(name));
  const all = withChosen(options, value);
  const error = form.error(name);
  const choose = (next: string[]) => form.set(name, textOf(all.map((o) => o.value).filter((v) => next.includes(v))));
  const add = () => choose([...value, ...marked(left)]);
  const remove = () => choose(value.filter((v) => !marked(right).includes(v)));
  return (
    <fieldset className={`slds-p-around_none slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <legend className="slds-assistive-text">{label}</legend>
      <div className="pc-picker">
        <Side
          id={left}
          label={`Available ${label}`}
          options={all.filter((o) => !value.includes(o.value))}
          onMove={add}
        />
        <div className="pc-picker-buttons">
          <Move icon="right" label={`Move selection to Selected ${label}`} onMove={add} />
          <Move icon="left" label={`Move selection to Available ${label}`} onMove={remove} />
        </div>
        <Side
          id={right}
          label={`Selected ${label}`}
          options={all.filter((o) => value.includes(o.value))}
          onMove={remove}
          required={required === true}
        />
      </div>
      {error && (
        <div className="slds-form-element__help" role="alert">
          Error: {error}
        </div>
      )}
    </fieldset>
  );
}

function Side(props: { id: string; label: string; options: Options; onMove(): void; required?: boolean }) {
  const { id, label, options, onMove, required = false } = props;
  return (
    <div>
      <label className="slds-form-element__label" htmlFor={id}>
        {required && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        {label}
      </label>
      <select
        id={id}
        multiple
        className="pc-picker-list"
        onDoubleClick={onMove}
        onKeyDown={(e) => {
          if (e.key !== 'Enter') return;
          e.preventDefault();
          onMove();
        }}
      >
        {options.map((o) => (
          <option key={o.value} value={o.value} title={o.label}>
            {o.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Move({ icon, label, onMove }: { icon: string; label: string; onMove(): void }) {
  return (
    <button
      type="button"
      className="slds-button slds-button_icon slds-button_icon-border-filled pc-picker-move"
      title={label}
      onClick={onMove}
    >
      <UtilityIcon name={icon} className="slds-button__icon" />
      <span className="slds-assistive-text">{label}</span>
    </button>
  );
}
