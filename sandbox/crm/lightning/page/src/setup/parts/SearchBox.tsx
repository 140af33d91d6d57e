import { useEffect, useId, useRef, useState } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';

const pause = 250; // milliseconds of quiet before a search

/** A search field that asks once typing rests. */
export function SearchBox({ label, onSearch }: { label: string; onSearch(query: string): void }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  const tell = useRef(onSearch);
  tell.current = onSearch;
  useEffect(() => {
    const timer = setTimeout(() => tell.current(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <div className="slds-form-element slds-m-bottom_small">
      <label className="slds-assistive-text" htmlFor={id}>
        {label}
      </label>
      <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
        <UtilityIcon
          name="search"
          className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
        />
        <input
          id={id}
          type="search"
          className="slds-input"
          placeholder={`${label}...`}
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
      </div>
    </div>
  );
}
