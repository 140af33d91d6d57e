import { useId } from 'react';
import type { Form } from './use-form.ts';

interface Common {
  form: Form;
  name: string;
  label: string;
  required?: boolean;
  help?: string;
}

/** A text field of a form, with the red mark when it is required and its error below. */
export function TextField(
  props: Common & {
    type?: 'text' | 'email' | 'url' | 'tel' | 'number' | 'date' | 'datetime-local';
    maxLength?: number;
    readOnly?: boolean;
  },
) {
  const { form, name, type = 'text', maxLength, readOnly } = props;
  return (
    <Element {...props}>
      {(id, described) => (
        <input
          id={id}
          type={type}
          className="slds-input"
          maxLength={maxLength}
          readOnly={readOnly}
          required={props.required}
          aria-invalid={form.error(name) !== ''}
          aria-describedby={described}
          value={form.text(name)}
          onChange={(e) => form.set(name, e.currentTarget.value)}
        />
      )}
    </Element>
  );
}

export function AreaField(props: Common & { maxLength?: number; rows?: number }) {
  const { form, name, maxLength, rows = 3 } = props;
  return (
    <Element {...props}>
      {(id, described) => (
        <textarea
          id={id}
          className="slds-textarea"
          rows={rows}
          maxLength={maxLength}
          required={props.required}
          aria-invalid={form.error(name) !== ''}
          aria-describedby={described}
          value={form.text(name)}
          onChange={(e) => form.set(name, e.currentTarget.value)}
        />
      )}
    </Element>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField(props: Common & { options: readonly Option[]; none?: string }) {
  const { form, name, options, none } = props;
  return (
    <Element {...props}>
      {(id, described) => (
        <div className="slds-select_container">
          <select
            id={id}
            className="slds-select"
            required={props.required}
            aria-invalid={form.error(name) !== ''}
            aria-describedby={described}
            value={form.text(name)}
            onChange={(e) => form.set(name, e.currentTarget.value)}
          >
            {none !== undefined && <option value="">{none}</option>}
            {options.map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </Element>
  );
}

export function CheckField({ form, name, label, help }: Common) {
  const id = useId();
  const error = form.error(name);
  return (
    <div className={`slds-form-element slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <div className="slds-form-element__control">
        <div className="slds-checkbox">
          <input
            type="checkbox"
            id={id}
            checked={form.values[name] === true}
            aria-describedby={error || help ? `${id}-more` : undefined}
            onChange={(e) => form.set(name, e.currentTarget.checked)}
          />
          <label className="slds-checkbox__label" htmlFor={id}>
            <span className="slds-checkbox_faux" />
            <span className="slds-form-element__label">{label}</span>
          </label>
        </div>
      </div>
      {(error || help) && (
        <div className="slds-form-element__help" id={`${id}-more`}>
          {error || help}
        </div>
      )}
    </div>
  );
}

/** Label, control and error of one field. */
export function Element({
  form,
  name,
  label,
  required,
  help,
  children,
}: Common & { children(id: string, described: string | undefined): React.ReactNode }) {
  const id = useId();
  const error = form.error(name);
  const more = error ? `Error: ${error}` : help;
  return (
    <div className={`slds-form-element slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <label className="slds-form-element__label" htmlFor={id}>
        {required && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        {label}
      </label>
      <div className="slds-form-element__control">{children(id, more ? `${id}-more` : undefined)}</div>
      {more && (
        <div className="slds-form-element__help" id={`${id}-more`}>
          {more}
        </div>
      )}
    </div>
  );
}
