import { useId } from 'react';

interface Common {
  label: string;
  error?: string | undefined;
  required?: boolean | undefined;
  help?: string | undefined;
}

/** What a control says of itself to those who do not see the page: that it must be filled, and what is wrong with it. */
export interface Described {
  id: string;
  required: boolean | undefined;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

/** Label, control, and what is wrong with it or what helps, of one field. */
export function FormElement({
  label,
  error = '',
  required,
  help = '',
  children,
}: Common & { children(control: Described): React.ReactNode }) {
  const id = useId();
  const more = error === '' ? help : `Error: ${error}`;
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
      <div className="slds-form-element__control">
        {children({
          id,
          required,
          'aria-invalid': error !== '',
          'aria-describedby': more === '' ? undefined : `${id}-more`,
        })}
      </div>
      {more !== '' && (
        <div className="slds-form-element__help" id={`${id}-more`}>
          {more}
        </div>
      )}
    </div>
  );
}

export type TextKind = 'text' | 'number' | 'email' | 'tel' | 'url' | 'search' | 'date' | 'datetime-local';

export function TextInput({
  value,
  onChange,
  type = 'text',
  readOnly = false,
  placeholder,
  maxLength,
  ...rest
}: Common & {
  value: string;
  onChange(value: string): void;
  type?: TextKind | undefined;
  readOnly?: boolean | undefined;
  placeholder?: string;
  maxLength?: number | undefined;
}) {
  return (
    <FormElement {...rest}>
      {(control) => (
        <input
          {...control}
          className="slds-input"
          type={type}
          value={value}
          readOnly={readOnly}
          placeholder={placeholder}
          maxLength={maxLength}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      )}
    </FormElement>
  );
}

/** Text of many lines. */
export function TextArea({
  value,
  onChange,
  rows = 3,
  maxLength,
  ...rest
}: Common & {
  value: string;
  onChange(value: string): void;
  rows?: number | undefined;
  maxLength?: number | undefined;
}) {
  return (
    <FormElement {...rest}>
      {(control) => (
        <textarea
          {...control}
          className="slds-textarea"
          rows={rows}
          value={value}
          maxLength={maxLength}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      )}
    </FormElement>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function Select({
  value,
  onChange,
  options,
  none,
  ...rest
}: Common & {
  value: string;
  onChange(value: string): void;
  options: readonly Option[];
  none?: string | undefined; // the word of an empty choice above the others
}) {
  return (
    <FormElement {...rest}>
      {(control) => (
        <div className="slds-select_container">
          <select {...control} className="slds-select" value={value} onChange={(e) => onChange(e.currentTarget.value)}>
            {none !== undefined && <option value="">{none}</option>}
            {options.map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
          </select>
        </div>
      )}
    </FormElement>
  );
}

export function Checkbox({
  label,
  checked,
  onChange,
  error = '',
  help = '',
  disabled = false,
  hidden = false,
}: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  error?: string | undefined;
  help?: string | undefined;
  disabled?: boolean;
  /** The label is for screen readers only: a box in a table. */
  hidden?: boolean;
}) {
  const id = useId();
  const more = error === '' ? help : `Error: ${error}`;
  return (
    <div className={`slds-form-element ${hidden ? '' : 'slds-m-bottom_small'} ${error ? 'slds-has-error' : ''}`}>
      <div className="slds-checkbox">
        <input
          type="checkbox"
          id={id}
          checked={checked}
          disabled={disabled}
          aria-label={hidden ? label : undefined}
          aria-describedby={more === '' ? undefined : `${id}-more`}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />
        <label className="slds-checkbox__label" htmlFor={id}>
          <span className="slds-checkbox_faux" />
          {!hidden && <span className="slds-form-element__label">{label}</span>}
        </label>
      </div>
      {more !== '' && (
        <div className="slds-form-element__help" id={`${id}-more`}>
          {more}
        </div>
      )}
    </div>
  );
}

/** A check box that only shows. */
export function Ticked({ on, label }: { on: boolean; label: string }) {
  return <Checkbox hidden disabled label={label} checked={on} onChange={() => undefined} />;
}

export function Radios<T extends string>({
  legend,
  value,
  onChange,
  options,
}: {
  legend: string;
  value: T;
  onChange(value: T): void;
  options: { value: T; label: string; children?: React.ReactNode }[];
}) {
  const name = useId();
  return (
    <fieldset className="slds-form-element slds-m-bottom_small">
      <legend className="slds-form-element__legend slds-form-element__label">{legend}</legend>
      <div className="slds-form-element__control">
        {options.map((o) => (
          <div key={o.value}>
            <span className="slds-radio">
              <input
                type="radio"
                id={`${name}-${o.value}`}
                name={name}
                checked={value === o.value}
                onChange={() => onChange(o.value)}
              />
              <label className="slds-radio__label" htmlFor={`${name}-${o.value}`}>
                <span className="slds-radio_faux" />
                <span className="slds-form-element__label">{o.label}</span>
              </label>
            </span>
            {value === o.value && o.children && <div className="slds-p-left_large">{o.children}</div>}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
