import { useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole } from '../console-context.ts';
import { UtilityIcon } from '../shell/Icon.tsx';
import type { Definition, Filter, ObjectInfo } from '../wire.ts';
import { filterFields, operations, operationsOf, shapeOf } from './view-form.ts';

interface Props {
  object: string;
  view: string;
  info: ObjectInfo;
  definition: Definition;
  onClose(): void;
}

/** The panel at the list's right: whose records, and under which conditions, for the person alone. */
export function FilterPanel({ object, view, info, definition, onClose }: Props) {
  const { api, store } = useConsole();
  const [scope, setScope] = useState(definition.scope);
  const [filters, setFilters] = useState(definition.filters);
  const [error, setError] = useState('');
  const [isSaving, setSaving] = useState(false);
  const isChanged = scope !== definition.scope || JSON.stringify(filters) !== JSON.stringify(definition.filters);
  const hasOwner = info.fields.OwnerId !== undefined;
  const save = async () => {
    setSaving(true);
    setError('');
    try {
      await api.changeView(object, view, { ...shapeOf(definition), scope, filters });
      store.send({ type: 'toasted', tone: 'success', message: 'List view updated.' });
      store.send({ type: 'changed' });
    } catch (problem) {
      const first = problem instanceof Refusal ? problem.problems[0] : undefined;
      setError(first?.message ?? 'The filters could not be saved. Try again.');
    }
    setSaving(false);
  };
  const change = (at: number, filter: Filter) => setFilters(filters.map((f, i) => (i === at ? filter : f)));
  const add = () => {
    const field = filterFields(info)[0];
    if (field)
      setFilters([...filters, { field: field.name, operation: operationsOf(field)[0] ?? 'equals', value: '' }]);
  };
  return (
    <aside className="pc-filters" aria-label="Filters">
      <div className="slds-grid slds-grid_align-spread slds-grid_vertical-align-center pc-filters-head">
        <h2 className="slds-text-heading_small">Filters</h2>
        <button
          type="button"
          className="slds-button slds-button_icon slds-button_icon-container"
          title="Close Filters"
          onClick={onClose}
        >
          <UtilityIcon name="forward" className="slds-button__icon" />
          <span className="slds-assistive-text">Close Filters</span>
        </button>
      </div>
      {isChanged && (
        <div className="slds-grid slds-grid_align-spread slds-p-bottom_small">
          <button
            type="button"
            className="slds-button slds-button_neutral"
            onClick={() => {
              setScope(definition.scope);
              setFilters(definition.filters);
              setError('');
            }}
          >
            Cancel
          </button>
          <button
            type="button"
            className="slds-button slds-button_brand"
            disabled={isSaving}
            onClick={() => void save()}
          >
            Save
          </button>
        </div>
      )}
      {error && (
        <div className="pc-form-error" role="alert">
          <h2>{error}</h2>
        </div>
      )}
      {hasOwner && (
        <div className="slds-form-element slds-m-bottom_small">
          <label className="slds-form-element__label" htmlFor="filter-scope">
            Filter by Owner
          </label>
          <div className="slds-select_container">
            <select
              id="filter-scope"
              className="slds-select"
              value={scope}
              onChange={(e) => setScope(e.currentTarget.value)}
            >
              <option value="Everything">All {info.plural.toLowerCase()}</option>
              <option value="Mine">My {info.plural.toLowerCase()}</option>
            </select>
          </div>
        </div>
      )}
      {filters.length > 0 && <h3 className="slds-text-title slds-m-bottom_xx-small">Matching all of these filters</h3>}
      <ul>
        {filters.map((filter, at) => (
          <li key={`${at}/${filters.length}`} className="pc-filter">
            <FilterRow
              info={info}
              filter={filter}
              number={at + 1}
              onChange={(changed) => change(at, changed)}
              onRemove={() => setFilters(filters.filter((_, i) => i !== at))}
            />
          </li>
        ))}
      </ul>
      <div className="slds-grid slds-grid_align-spread">
        <button type="button" className="slds-button" disabled={filters.length >= 10} onClick={add}>
          Add Filter
        </button>
        <button type="button" className="slds-button" disabled={filters.length === 0} onClick={() => setFilters([])}>
          Remove All
        </button>
      </div>
    </aside>
  );
}

interface RowProps {
  info: ObjectInfo;
  filter: Filter;
  number: number;
  onChange(filter: Filter): void;
  onRemove(): void;
}

function FilterRow({ info, filter, number, onChange, onRemove }: RowProps) {
  const field = info.fields[filter.field];
  const fits = field ? operationsOf(field) : [filter.operation];
  const id = `filter-${number}`;
  const options = field?.type === 'boolean' ? ['True', 'False'] : (field?.picklist.map((p) => p.value) ?? []);
  const shared = {
    id: `${id}-value`,
    value: filter.value,
    onChange: (e: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      onChange({ ...filter, value: e.currentTarget.value }),
  };
  return (
    <>
      <div className="slds-grid slds-grid_align-spread">
        <label className="slds-form-element__label" htmlFor={`${id}-field`}>
          Field {number}
        </label>
        <button
          type="button"
          className="slds-button slds-button_icon"
          title={`Remove filter ${number}`}
          onClick={onRemove}
        >
          <UtilityIcon name="close" className="slds-button__icon" />
          <span className="slds-assistive-text">Remove filter {number}</span>
        </button>
      </div>
      <select
        id={`${id}-field`}
        className="slds-select"
        value={filter.field}
        onChange={(e) => {
          const to = info.fields[e.currentTarget.value];
          if (to) onChange({ field: to.name, operation: operationsOf(to)[0] ?? 'equals', value: '' });
        }}
      >
        {filterFields(info).map((f) => (
          <option key={f.name} value={f.name}>
            {f.label}
          </option>
        ))}
      </select>
      <label className="slds-form-element__label" htmlFor={`${id}-operator`}>
        Operator {number}
      </label>
      <select
        id={`${id}-operator`}
        className="slds-select"
        value={filter.operation}
        onChange={(e) => onChange({ ...filter, operation: e.currentTarget.value })}
      >
        {fits.map((operation) => (
          <option key={operation} value={operation}>
            {operations[operation] ?? operation}
          </option>
        ))}
      </select>
      <label className="slds-form-element__label" htmlFor={`${id}-value`}>
        Value {number}
      </label>
      {options.length > 0 ? (
        <select className="slds-select" {...shared}>
          <option value="">--None--</option>
          {[...new Set([...options, filter.value])].filter(Boolean).map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          className="slds-input"
          autoComplete="off"
          maxLength={1000}
          placeholder={field?.type.startsWith('date') ? 'YYYY-MM-DD, TODAY, LAST 30 DAYS' : ''}
          {...shared}
        />
      )}
    </>
  );
}
