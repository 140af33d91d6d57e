import { useId } from 'react';
import { useConsole } from '../console-context.ts';
import type { Scalar } from '../decode.ts';
import { UtilityIcon } from '../shell/Icon.tsx';
import type { Field } from '../wire.ts';
import { read } from './form-state.ts';
import { fromInput, toInput } from './format.ts';
import { Lookup } from './Lookup.tsx';

interface Props {
  field: Field;
  value: Scalar;
  shownReference: string; // the name of the record that a lookup field points to
  error: string;
  bare?: boolean; // the label is there for those who cannot see where the field stands
  onChange(value: Scalar): void;
}

const inputTypes: Record<string, string> = {
  phone: 'tel',
  email: 'email',
  url: 'url',
  date: 'date',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
};

/** One field of a form with its label, its mark when it is required, and its error. */
export function FieldInput(props: Props) {
  const { field, value, error, bare = false } = props;
  const id = useId();
  const described = error ? `${id}-error` : undefined;
  if (field.type === 'boolean')
    return (
      <div className="slds-form-element slds-m-bottom_small">
        <div className="slds-form-element__control">
          <div className="slds-checkbox">
            <input
              type="checkbox"
              id={id}
              checked={value === true}
              aria-describedby={described}
              onChange={(e) => props.onChange(e.currentTarget.checked)}
            />
            <label className="slds-checkbox__label" htmlFor={id}>
              <span className="slds-checkbox_faux" />
              <span className="slds-form-element__label">{field.label}</span>
            </label>
          </div>
        </div>
        {error && <ErrorText id={`${id}-error`} error={error} />}
      </div>
    );
  return (
    <div className={`slds-form-element ${bare ? '' : 'slds-m-bottom_small'} ${error ? 'slds-has-error' : ''}`}>
      <label className={bare ? 'slds-assistive-text' : 'slds-form-element__label'} htmlFor={id}>
        {field.required && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        {field.label}
      </label>
      {field.help !== '' && !bare && <Help text={field.help} label={field.label} />}
      <div className="slds-form-element__control">
        <Control {...props} id={id} described={described} />
      </div>
      {error && <ErrorText id={`${id}-error`} error={error} />}
    </div>
  );
}

function Help({ text, label }: { text: string; label: string }) {
  return (
    <span className="slds-form-element__icon" title={text}>
      <UtilityIcon name="info" className="slds-icon slds-icon_xx-small slds-icon-text-default" />
      <span className="slds-assistive-text">
        Help for {label}: {text}
      </span>
    </span>
  );
}

function ErrorText({ id, error }: { id: string; error: string }) {
  return (
    <div className="slds-form-element__help" id={id}>
      {error}
    </div>
  );
}

function Control({
  field,
  value,
  shownReference,
  onChange,
  id,
  described,
}: Props & { id: string; described: string | undefined }) {
  const { timeZone } = useConsole().start.user;
  const text = value === null ? '' : String(value);
  const shared = {
    id,
    'aria-describedby': described,
    'aria-invalid': described !== undefined,
    required: field.required,
  };
  if (field.referenceTo.length > 0)
    return <Lookup {...shared} field={field} name={shownReference} value={text} onChange={onChange} />;
  if (field.type === 'datetime')
    return (
      <input
        className="slds-input"
        type="datetime-local"
        {...shared}
        value={toInput(value, timeZone)}
        onChange={(e) => onChange(fromInput(e.currentTarget.value, timeZone))}
      />
    );
  if (field.picklist.length > 0)
    return (
      <div className="slds-select_container">
        <select
          className="slds-select"
          {...shared}
          value={text}
          onChange={(e) => onChange(e.currentTarget.value || null)}
        >
          <option value="">--None--</option>
          {field.picklist.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    );
  if (field.type === 'textarea')
    return (
      <textarea
        className="slds-textarea"
        rows={4}
        {...shared}
        value={text}
        maxLength={field.length || undefined}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  return (
    <input
      className="slds-input"
      type={inputTypes[field.type] ?? 'text'}
      step="any"
      autoComplete="off"
      {...shared}
      value={text}
      maxLength={field.length > 0 ? field.length : undefined}
      onChange={(e) => onChange(read(field, e.currentTarget.value))}
    />
  );
}
