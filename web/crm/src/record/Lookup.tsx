import { useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import type { Field, Group } from '../wire.ts';

interface Props {
  id: string;
  object: string;
  field: Field;
  value: string;
  name: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
  onChange(value: string | null): void;
}

const pause = 200; // milliseconds of quiet before a search

/** Chooses a record by its name. */
export function Lookup({ id, object, field, value, name, onChange, ...aria }: Props) {
  const { api } = useConsole();
  const [chosen, setChosen] = useState(name);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Group | null>(null);
  useEffect(() => {
    if (query.trim() === '') return setFound(null);
    let wanted = true;
    const timer = setTimeout(() => {
      api.lookup(object, query).then(
        (answer) => wanted && setFound(answer.groups[0] ?? null),
        () => wanted && setFound(null),
      );
    }, pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, object, query]);

  if (value !== '')
    return (
      <div className="slds-input slds-grid slds-grid_align-spread slds-grid_vertical-align-center">
        <span className="slds-truncate">{chosen || name || value}</span>
        <button type="button" id={id} className="slds-button slds-button_icon" onClick={() => onChange(null)}>
          <UtilityIcon name="clear" className="slds-button__icon" />
          <span className="slds-assistive-text">Clear {field.label}</span>
        </button>
      </div>
    );
  return (
    <div className="pc-lookup">
      <input
        id={id}
        {...aria}
        className="slds-input"
        role="combobox"
        aria-expanded={found !== null}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder={`Search ${field.label}...`}
        value={query}
        onChange={(e) => setQuery(e.currentTarget.value)}
      />
      <div
        id={`${id}-options`}
        role="listbox"
        aria-label="Suggestions"
        className={found ? 'slds-dropdown slds-dropdown_fluid' : 'slds-hide'}
      >
        {found?.rows.map((row) => (
          <button
            key={row.id}
            type="button"
            role="option"
            aria-selected={false}
            className="slds-button pc-menu-item"
            onClick={() => {
              setChosen(row.name);
              setQuery('');
              onChange(row.id);
            }}
          >
            <span className="slds-m-right_x-small">
              <ObjectIcon icon={found.icon} size="small" />
            </span>
            <span className="slds-truncate">{row.name}</span>
          </button>
        ))}
        {found?.rows.length === 0 && <p className="slds-p-around_small">No results for "{query}"</p>}
      </div>
    </div>
  );
}
