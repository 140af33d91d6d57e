import { useId } from 'react';
import { chosen, type Field, type Row, rows, str, type Value, type Values, visible } from '../form.ts';

interface Props {
  fields: Field[];
  values: Values;
  errors: Record<string, string>;
  onChange(name: string, value: Value): void;
}

/** All fields of a form, each with its label, its mark when it is required, and its error. */
export function FormFields({ fields, values, errors, onChange }: Props) {
  return fields
    .filter((f) => visible(f, values))
    .map((f) => (
      <OneField
        key={f.name}
        field={f}
        values={values}
        error={errors[f.name] ?? ''}
        onChange={(v) => onChange(f.name, v)}
      />
    ));
}

interface FieldProps {
  field: Field;
  values: Values;
  error: string;
  onChange(value: Value): void;
}

const mark = (
  <abbr className="slds-required" title="required">
    *{' '}
  </abbr>
);

function OneField({ field, values, error, onChange }: FieldProps) {
  const id = useId();
  const notes = (
    <>
      {field.help && (
        <p className="cc-help" id={`${id}-help`}>
          {field.help}
        </p>
      )}
      {error && (
        <div className="slds-form-element__help" id={`${id}-error`}>
          {error}
        </div>
      )}
    </>
  );
  const frame = `slds-form-element slds-m-bottom_small ${error ? 'slds-has-error' : ''}`;
  if (field.kind === 'checks' || field.kind === 'rows')
    return (
      <fieldset className={frame}>
        <legend className="slds-form-element__label cc-legend">
          {field.required && mark}
          {field.label}
        </legend>
        {field.kind === 'checks' ? (
          <Checks options={field.options} value={chosen(values, field.name)} onChange={onChange} />
        ) : (
          <Rows field={field} value={rows(values, field.name)} onChange={onChange} />
        )}
        {notes}
      </fieldset>
    );
  if (field.kind === 'check')
    return (
      <div className={frame}>
        <Check label={field.label} checked={values[field.name] === true} onChange={onChange} />
        {notes}
      </div>
    );
  const described = [field.help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={frame}>
      <label className="slds-form-element__label" htmlFor={id}>
        {field.required && mark}
        {field.label}
      </label>
      <div className="slds-form-element__control">
        <Control
          field={field}
          id={id}
          value={str(values, field.name)}
          described={described || undefined}
          invalid={error !== ''}
          onChange={onChange}
        />
      </div>
      {notes}
    </div>
  );
}

function Control({
  field,
  id,
  value,
  described,
  invalid,
  onChange,
}: {
  field: Field;
  id: string;
  value: string;
  described: string | undefined;
  invalid: boolean;
  onChange(value: string): void;
}) {
  const shared = { id, 'aria-describedby': described, 'aria-invalid': invalid, required: field.required };
  if (field.kind === 'select')
    return (
      <div className="slds-select_container">
        <select
          {...shared}
          className="slds-select"
          value={value}
          disabled={field.readOnly}
          onChange={(e) => onChange(e.currentTarget.value)}
        >
          <option value="">Choose…</option>
          {field.options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      </div>
    );
  if (field.kind === 'textarea' || field.kind === 'code')
    return (
      <textarea
        {...shared}
        className={`slds-textarea ${field.kind === 'code' ? 'cc-code' : ''}`}
        rows={field.kind === 'code' ? 18 : 3}
        spellCheck={field.kind !== 'code'}
        value={value}
        readOnly={field.readOnly}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  return (
    <input
      {...shared}
      className="slds-input"
      type={field.kind === 'number' ? 'text' : field.kind}
      inputMode={field.kind === 'number' ? 'numeric' : undefined}
      autoComplete={field.kind === 'password' ? 'new-password' : 'off'}
      value={value}
      readOnly={field.readOnly}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange(on: boolean): void }) {
  const id = useId();
  return (
    <div className="slds-checkbox">
      <input type="checkbox" id={id} checked={checked} onChange={(e) => onChange(e.currentTarget.checked)} />
      <label className="slds-checkbox__label" htmlFor={id}>
        <span className="slds-checkbox_faux" />
        <span className="slds-form-element__label">{label}</span>
      </label>
    </div>
  );
}

function Checks({
  options,
  value,
  onChange,
}: {
  options: readonly { value: string; label: string }[];
  value: string[];
  onChange(value: string[]): void;
}) {
  if (options.length === 0) return <p className="slds-text-color_weak">There is nothing to choose.</p>;
  return (
    <div className="cc-checks">
      {options.map((o) => (
        <Check
          key={o.value}
          label={o.label}
          checked={value.includes(o.value)}
          onChange={(on) => onChange(on ? [...value, o.value] : value.filter((v) => v !== o.value))}
        />
      ))}
    </div>
  );
}

function Rows({
  field,
  value,
  onChange,
}: {
  field: Extract<Field, { kind: 'rows' }>;
  value: Row[];
  onChange(value: Row[]): void;
}) {
  const change = (at: number, name: string, text: string) =>
    onChange(value.map((r, i) => (i === at ? { ...r, [name]: text } : r)));
  return (
    <>
      {value.map((row, at) => (
        <div key={at} className="cc-row">
          {field.columns.map((c) => {
            const label = `${c.label} ${at + 1}`;
            const text = row[c.name] ?? '';
            return 'options' in c ? (
              <select
                key={c.name}
                className="slds-select"
                aria-label={label}
                value={text}
                onChange={(e) => change(at, c.name, e.currentTarget.value)}
              >
                <option value="">Choose…</option>
                {c.options.map((o) => (
                  <option key={o.value} value={o.value}>
                    {o.label}
                  </option>
                ))}
              </select>
            ) : (
              <input
                key={c.name}
                className="slds-input"
                type={c.type === 'number' ? 'number' : c.type}
                aria-label={label}
                title={c.label}
                value={text}
                onChange={(e) => change(at, c.name, e.currentTarget.value)}
              />
            );
          })}
          <button
            type="button"
            className="slds-button slds-button_neutral"
            aria-label={`Remove line ${at + 1}`}
            onClick={() => onChange(value.filter((_, i) => i !== at))}
          >
            Remove
          </button>
        </div>
      ))}
      <button
        type="button"
        className="slds-button slds-button_neutral"
        onClick={() => onChange([...value, { ...field.blank }])}
      >
        {field.addLabel}
      </button>
    </>
  );
}
