import { useEffect, useId, useState } from 'react';
import { list, object, text } from '../../decode.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { useSetup } from '../setup-context.ts';
import { FormElement } from './inputs.tsx';
import type { Form } from './use-form.ts';

const found = object({ options: list(object({ value: text, label: text })) });

interface Props {
  form: Form;
  name: string;
  label: string;
  object: 'User' | 'Profile' | 'CallCenter';
  chosen: string; // the name of what is chosen
  required?: boolean;
  onChoose(label: string): void;
}

const pause = 200; // milliseconds of quiet before a search

/** Chooses a profile, a user or a call center by its name. */
export function LookupField({ form, name, label, object: kind, chosen, required, onChoose }: Props) {
  const { api } = useSetup();
  const [query, setQuery] = useState('');
  const [options, setOptions] = useState<{ value: string; label: string }[] | null>(null);
  const id = useId();
  useEffect(() => {
    if (query.trim() === '') return setOptions(null);
    let wanted = true;
    const timer = setTimeout(() => {
      api.get(`lookup?${new URLSearchParams({ object: kind, q: query.trim() })}`, found).then(
        (answer) => wanted && setOptions(answer.options),
        () => wanted && setOptions([]),
      );
    }, pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, kind, query]);
  const choose = (value: string, shown: string) => {
    form.set(name, value);
    onChoose(shown);
    setQuery('');
  };
  return (
    <FormElement label={label} required={required} error={form.error(name)}>
      {(control) => (
        <div className="pc-lookup">
          {form.text(name) !== '' ? (
            <div className="slds-input slds-grid slds-grid_align-spread slds-grid_vertical-align-center">
              <span className="slds-truncate">{chosen}</span>
              <button
                type="button"
                id={control.id}
                className="slds-button slds-button_icon"
                onClick={() => choose('', '')}
              >
                <UtilityIcon name="clear" className="slds-button__icon" />
                <span className="slds-assistive-text">Clear {label}</span>
              </button>
            </div>
          ) : (
            <input
              {...control}
              className="slds-input"
              role="combobox"
              aria-expanded={options !== null}
              aria-controls={`${id}-options`}
              aria-autocomplete="list"
              autoComplete="off"
              placeholder={`Search ${kind === 'CallCenter' ? 'call centers' : `${kind.toLowerCase()}s`}...`}
              value={query}
              onChange={(e) => setQuery(e.currentTarget.value)}
            />
          )}
          <div
            id={`${id}-options`}
            role="listbox"
            aria-label={`${label} suggestions`}
            className={options ? 'slds-dropdown slds-dropdown_fluid' : 'slds-hide'}
          >
            {options?.map((o) => (
              <button
                key={o.value}
                type="button"
                role="option"
                aria-selected={false}
                className="slds-button pc-menu-item"
                onClick={() => choose(o.value, o.label)}
              >
                <span className="slds-truncate">{o.label}</span>
              </button>
            ))}
            {options?.length === 0 && <p className="slds-p-around_small">No matches found.</p>}
          </div>
        </div>
      )}
    </FormElement>
  );
}
