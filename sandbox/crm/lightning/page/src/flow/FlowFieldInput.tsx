import { useId } from 'react';
import { useConsole } from '../console-context.ts';
import { fromInput, toInput } from '../record/format.ts';
import { UtilityIcon } from '../shell/Icon.tsx';
import { FlowText } from './FlowText.tsx';
import type { FlowField } from './wire.ts';

interface Props {
  field: FlowField;
  value: string;
  error: string;
  onChange(value: string): void;
}

/** One component of a flow's screen. */
export function FlowFieldInput(props: Props) {
  const { field, error } = props;
  const id = useId();
  if (field.kind === 'DisplayText') return <FlowText blocks={field.blocks} />;
  const described = error ? `${id}-error` : undefined;
  const told = error && (
    <div className="slds-form-element__help" id={`${id}-error`}>
      {error}
    </div>
  );
  const state = `slds-form-element slds-m-bottom_medium ${error ? 'slds-has-error' : ''}`;
  if (field.kind === 'RadioButtons')
    return (
      <fieldset className={state} aria-describedby={described}>
        <legend className="slds-form-element__legend slds-form-element__label">
          <Mark field={field} />
          {field.label}
          <Help field={field} />
        </legend>
        <div className="slds-form-element__control">
          <Radios {...props} id={id} invalid={error !== ''} />
        </div>
        {told}
      </fieldset>
    );
  if (field.type === 'Boolean')
    return (
      <div className={state}>
        <div className="slds-form-element__control">
          <div className="slds-checkbox">
            <input
              type="checkbox"
              id={id}
              checked={props.value === 'true'}
              aria-describedby={described}
              onChange={(e) => props.onChange(String(e.currentTarget.checked))}
            />
            <label className="slds-checkbox__label" htmlFor={id}>
              <span className="slds-checkbox_faux" />
              <span className="slds-form-element__label">{field.label}</span>
            </label>
          </div>
        </div>
        {told}
      </div>
    );
  return (
    <div className={state}>
      <label className="slds-form-element__label" htmlFor={id}>
        <Mark field={field} />
        {field.label}
      </label>
      <Help field={field} />
      <div className="slds-form-element__control">
        <Control {...props} id={id} described={described} />
      </div>
      {told}
    </div>
  );
}

function Mark({ field }: { field: FlowField }) {
  if (!field.required) return null;
  return (
    <span className="slds-required" aria-hidden="true">
      *
    </span>
  );
}

function Help({ field }: { field: FlowField }) {
  if (field.help === '') return null;
  return (
    <span className="slds-form-element__icon" title={field.help}>
      <UtilityIcon name="info" className="slds-icon slds-icon_xx-small slds-icon-text-default" />
      <span className="slds-assistive-text">
        Help for {field.label}: {field.help}
      </span>
    </span>
  );
}

function Radios({ field, value, onChange, id, invalid }: Props & { id: string; invalid: boolean }) {
  return field.choices.map((c) => (
    <span className="slds-radio" key={c.name}>
      <input
        type="radio"
        id={`${id}-${c.name}`}
        name={id}
        checked={value === c.name}
        required={field.required}
        aria-invalid={invalid}
        onChange={() => onChange(c.name)}
      />
      <label className="slds-radio__label" htmlFor={`${id}-${c.name}`}>
        <span className="slds-radio_faux" />
        <span className="slds-form-element__label">{c.label}</span>
      </label>
    </span>
  ));
}

function Control({
  field,
  value,
  error,
  onChange,
  id,
  described,
}: Props & { id: string; described: string | undefined }) {
  const { timeZone } = useConsole().start.user;
  const shared = { id, 'aria-describedby': described, 'aria-invalid': error !== '', required: field.required };
  if (field.kind === 'DropdownBox')
    return (
      <div className="slds-select_container">
        <select className="slds-select" {...shared} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
          <option value="">--None--</option>
          {field.choices.map((c) => (
            <option key={c.name} value={c.name}>
              {c.label}
            </option>
          ))}
        </select>
      </div>
    );
  if (field.kind !== 'InputField')
    return (
      <textarea
        className="slds-textarea"
        rows={4}
        {...shared}
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  if (field.type === 'DateTime')
    return (
      <input
        className="slds-input"
        type="datetime-local"
        {...shared}
        value={toInput(value, timeZone)}
        onChange={(e) => onChange(fromInput(e.currentTarget.value, timeZone) ?? '')}
      />
    );
  const isNumber = field.type === 'Number' || field.type === 'Currency';
  return (
    <input
      className="slds-input"
      type={field.type === 'Date' ? 'date' : 'text'}
      inputMode={isNumber ? 'decimal' : undefined}
      autoComplete="off"
      {...shared}
      value={value}
      onChange={(e) => onChange(e.currentTarget.value)}
    />
  );
}
