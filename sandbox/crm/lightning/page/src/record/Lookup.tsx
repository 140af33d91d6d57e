import { useEffect, useRef, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import type { Field, Group, Row } from '../wire.ts';

interface Props {
  id: string;
  field: Field;
  value: string;
  name: string;
  required: boolean;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
  onChange(value: string | null): void;
}

const pause = 200; // milliseconds of quiet before a search

/** Chooses a record by its name: those looked at last at once, others while typing. */
export function Lookup({ id, field, value, name, onChange, ...aria }: Props) {
  const { api, start } = useConsole();
  const [chosen, setChosen] = useState<{ id: string; name: string }>({ id: value, name });
  const [object, setObject] = useState(field.referenceTo[0] ?? '');
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [found, setFound] = useState<Group | null>(null);
  const [marked, mark] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  const isSet = value !== '';
  const isOfQueues = object === 'Group'; // no other group owns a record
  const known = chosen.id === value ? chosen.name : '';

  useEffect(() => {
    if (!isOpen) return;
    let wanted = true;
    const timer = setTimeout(
      () =>
        api.lookup(object, query.trim()).then(
          (answer) => {
            if (!wanted) return;
            setFound(answer.groups[0] ?? null);
            mark(-1);
          },
          () => wanted && setFound(null),
        ),
      query === '' ? 0 : pause,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, object, query, isOpen]);

  // A record that a call or a related list brought along has an id and no name yet.
  useEffect(() => {
    if (!isSet || known !== '') return;
    const kind = start.kinds[value.slice(0, 3)]?.object;
    if (kind === undefined) return;
    let wanted = true;
    api.record(kind, value).then(
      (page) => wanted && setChosen({ id: value, name: page.record.name }),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [api, start, isSet, known, value]);

  const choose = (row: Row) => {
    setChosen({ id: row.id, name: row.name });
    setQuery('');
    setOpen(false);
    onChange(row.id);
  };
  const clear = () => {
    onChange(null);
    requestAnimationFrame(() => box.current?.querySelector('input')?.focus());
  };
  const rows = found?.rows ?? [];
  const keys = (e: React.KeyboardEvent) => {
    const row = rows[marked];
    if (e.key === 'ArrowDown' && rows.length > 0) mark((marked + 1) % rows.length);
    else if (e.key === 'ArrowUp' && rows.length > 0) mark((marked - 1 + rows.length) % rows.length);
    else if (e.key === 'Enter' && isOpen && row) choose(row);
    else if (e.key === 'Escape' && isOpen) setOpen(false);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };

  if (isSet)
    return (
      <div className="slds-pill_container pc-chosen" ref={box}>
        <span className="slds-pill pc-pill">
          <span className="slds-pill__icon_container">
            <ObjectIcon icon={start.kinds[value.slice(0, 3)]?.icon ?? 'standard:record'} size="x-small" />
          </span>
          <span className="slds-pill__label" id={`${id}-chosen`}>
            {known || value}
          </span>
          <button
            type="button"
            id={id}
            className="slds-button slds-button_icon slds-pill__remove"
            aria-label={`Clear ${field.label}`}
            aria-describedby={`${id}-chosen`}
            title={`Clear ${field.label}`}
            onClick={clear}
          >
            <UtilityIcon name="close" className="slds-button__icon" />
          </button>
        </span>
      </div>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears when the focus leaves the lookup
    <div
      className="pc-lookup"
      ref={box}
      onBlur={(e) => {
        if (!box.current?.contains(e.relatedTarget)) setOpen(false);
      }}
    >
      <div className="slds-grid">
        {field.referenceTo.length > 1 && (
          <select
            className="slds-select pc-lookup-object"
            aria-label={`Object of ${field.label}`}
            value={object}
            onChange={(e) => setObject(e.currentTarget.value)}
          >
            {field.referenceTo.map((target) => (
              <option key={target} value={target}>
                {target === 'Group'
                  ? 'Queues'
                  : (Object.values(start.kinds).find((kind) => kind.object === target)?.plural ?? target)}
              </option>
            ))}
          </select>
        )}
        <div className="slds-input-has-icon slds-input-has-icon_right slds-col">
          <UtilityIcon
            name="search"
            className="slds-icon slds-input__icon slds-input__icon_right slds-icon-text-default"
          />
          <input
            id={id}
            {...aria}
            className="slds-input"
            role="combobox"
            aria-expanded={isOpen && found !== null}
            aria-controls={`${id}-options`}
            aria-autocomplete="list"
            aria-activedescendant={rows[marked] ? `${id}-${marked}` : undefined}
            autoComplete="off"
            placeholder={`Search ${field.label}...`}
            value={query}
            onFocus={() => setOpen(true)}
            onKeyDown={keys}
            onChange={(e) => {
              setQuery(e.currentTarget.value);
              setOpen(true);
            }}
          />
        </div>
      </div>
      <div
        id={`${id}-options`}
        role="listbox"
        aria-label="Suggestions"
        className={isOpen && found ? 'slds-dropdown slds-dropdown_fluid pc-options' : 'slds-hide'}
      >
        {query === '' && rows.length > 0 && (
          <p className="pc-options-head">{isOfQueues ? 'Queues' : `Recent ${found?.label}`}</p>
        )}
        {rows.map((row, at) => (
          <button
            key={row.id}
            id={`${id}-${at}`}
            type="button"
            role="option"
            tabIndex={-1}
            aria-selected={at === marked}
            className={`slds-button pc-menu-item ${at === marked ? 'pc-marked' : ''}`}
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => choose(row)}
          >
            <span className="slds-m-right_x-small">
              <ObjectIcon icon={found?.icon ?? 'standard:record'} size="small" />
            </span>
            <span className="slds-truncate">{row.name}</span>
          </button>
        ))}
        {rows.length === 0 && (
          <p className="slds-p-around_small slds-text-color_weak">
            {query.trim() === '' ? 'Type to search.' : `No results for "${query.trim()}"`}
          </p>
        )}
      </div>
    </div>
  );
}
