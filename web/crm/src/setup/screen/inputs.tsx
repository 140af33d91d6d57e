import { useId } from 'react';

interface Common {
  label: string;
  error?: string | undefined;
  required?: boolean;
  help?: string;
}

function Element({ label, error, required, help, id, children }: Common & { id: string; children: React.ReactNode }) {
  return (
    <div className={`slds-form-element slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <label className="slds-form-element__label" htmlFor={id}>
        {required && (
          <span className="slds-required" aria-hidden="true">
            *{' '}
          </span>
        )}
        {label}
      </label>
      <div className="slds-form-element__control">{children}</div>
      {error && (
        <div className="slds-form-element__help" id={`${id}-error`}>
          {error}
        </div>
      )}
      {!error && help && <div className="slds-form-element__help">{help}</div>}
    </div>
  );
}

export function TextInput({
  value,
  onChange,
  type = 'text',
  readOnly = false,
  placeholder,
  ...rest
}: Common & {
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'number' | 'email' | 'tel' | 'search';
  readOnly?: boolean;
  placeholder?: string;
}) {
  const id = useId();
  return (
    <Element {...rest} id={id}>
      <input
        id={id}
        className="slds-input"
        type={type}
        value={value}
        readOnly={readOnly}
        placeholder={placeholder}
        aria-required={rest.required}
        aria-invalid={rest.error !== undefined}
        aria-describedby={rest.error ? `${id}-error` : undefined}
        onChange={(e) => onChange(e.target.value)}
      />
    </Element>
  );
}

/** Text of many lines; code is written in letters of one width. */
export function TextArea({
  value,
  onChange,
  rows,
  isCode = false,
  ...rest
}: Common & { value: string; onChange(value: string): void; rows: number; isCode?: boolean }) {
  const id = useId();
  return (
    <Element {...rest} id={id}>
      <textarea
        id={id}
        className={`slds-textarea ${isCode ? 'pc-code' : ''}`}
        rows={rows}
        spellCheck={!isCode}
        value={value}
        aria-required={rest.required}
        aria-invalid={rest.error !== undefined}
        aria-describedby={rest.error ? `${id}-error` : undefined}
        onChange={(e) => onChange(e.target.value)}
      />
    </Element>
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
  ...rest
}: Common & { value: string; onChange(value: string): void; options: Option[] }) {
  const id = useId();
  return (
    <Element {...rest} id={id}>
      <div className="slds-select_container">
        <select id={id} className="slds-select" value={value} onChange={(e) => onChange(e.target.value)}>
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      </div>
    </Element>
  );
}

export function Checkbox({
  label,
  checked,
  onChange,
  error,
  hidden = false,
}: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  error?: string | undefined;
  /** The label is for screen readers only: a box in a table. */
  hidden?: boolean;
}) {
  const id = useId();
  return (
    <div className={`slds-form-element ${error ? 'slds-has-error' : ''}`}>
      <div className="slds-checkbox">
        <input type="checkbox" id={id} checked={checked} onChange={(e) => onChange(e.target.checked)} />
        <label className="slds-checkbox__label" htmlFor={id}>
          <span className="slds-checkbox_faux" />
          <span className={hidden ? 'slds-assistive-text' : 'slds-form-element__label'}>{label}</span>
        </label>
      </div>
      {error && <div className="slds-form-element__help">{error}</div>}
    </div>
  );
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

/** Two lists side by side: what there is, and what was chosen, in its order. Everything works from the keyboard. */
export function DuelingList({
  available,
  chosen,
  onChange,
  options,
  isOrdered = true,
}: {
  available: string;
  chosen: string;
  isOrdered?: boolean; // buttons to move what was chosen up and down
  onChange(value: string[]): void;
  options: { all: Option[]; value: string[] };
}) {
  const left = useId();
  const right = useId();
  const { all, value } = options;
  const labelOf = (v: string) => all.find((o) => o.value === v)?.label ?? v;
  const picked = (id: string): string[] => {
    const box = document.getElementById(id);
    return box instanceof HTMLSelectElement ? [...box.selectedOptions].map((o) => o.value) : [];
  };
  const move = (by: -1 | 1) => {
    const [one] = picked(right);
    const at = one === undefined ? -1 : value.indexOf(one);
    const to = at + by;
    if (one === undefined || at < 0 || to < 0 || to >= value.length) return;
    const next = value.filter((v) => v !== one);
    next.splice(to, 0, one);
    onChange(next);
  };
  return (
    <div className="slds-grid slds-gutters_x-small pc-dueling">
      <div className="slds-col">
        <label className="slds-form-element__label" htmlFor={left}>
          {available}
        </label>
        <select
          id={left}
          multiple
          className="slds-select pc-list"
          onDoubleClick={() => onChange([...value, ...picked(left)])}
        >
          {all
            .filter((o) => !value.includes(o.value))
            .map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
        </select>
      </div>
      <div className="slds-col slds-no-flex pc-dueling-buttons">
        <button
          type="button"
          className="slds-button slds-button_neutral"
          onClick={() => onChange([...value, ...picked(left)])}
        >
          Add
        </button>
        <button
          type="button"
          className="slds-button slds-button_neutral"
          onClick={() => onChange(value.filter((v) => !picked(right).includes(v)))}
        >
          Remove
        </button>
      </div>
      <div className="slds-col">
        <label className="slds-form-element__label" htmlFor={right}>
          {chosen}
        </label>
        <select
          id={right}
          multiple
          className="slds-select pc-list"
          onDoubleClick={() => onChange(value.filter((v) => !picked(right).includes(v)))}
        >
          {value.map((v) => (
            <option key={v} value={v}>
              {labelOf(v)}
            </option>
          ))}
        </select>
      </div>
      {isOrdered && (
        <div className="slds-col slds-no-flex pc-dueling-buttons">
          <button type="button" className="slds-button slds-button_neutral" onClick={() => move(-1)}>
            Up
          </button>
          <button type="button" className="slds-button slds-button_neutral" onClick={() => move(1)}>
            Down
          </button>
        </div>
      )}
    </div>
  );
}
