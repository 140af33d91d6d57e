import { useId } from 'react';

export type Option = [value: string, word: string];

/** A label and what it is of. */
export function Field({
  label,
  extra,
  children,
}: {
  label: string;
  extra?: boolean;
  children(id: string): React.ReactNode;
}) {
  const id = useId();
  return (
    <div className={`pc-field ${extra ? 'pc-field-extra' : ''}`}>
      <label className="slds-form-element__label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  );
}

export function Choice({
  label,
  value,
  options,
  extra,
  onChange,
}: {
  label: string;
  value: string;
  options: Option[];
  extra?: boolean;
  onChange(value: string): void;
}) {
  return (
    <Field label={label} {...(extra === undefined ? {} : { extra })}>
      {(id) => (
        <select id={id} className="slds-select" value={value} onChange={(e) => onChange(e.currentTarget.value)}>
          {options.map(([v, word]) => (
            <option key={v} value={v}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Entry({
  label,
  value,
  type = 'text',
  most = 255,
  onChange,
}: {
  label: string;
  value: string;
  type?: 'text' | 'number' | 'search';
  most?: number;
  onChange(value: string): void;
}) {
  return (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          type={type}
          {...(type === 'number' ? { step: 'any' } : { maxLength: most })}
          className="slds-input"
          value={value}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      )}
    </Field>
  );
}
