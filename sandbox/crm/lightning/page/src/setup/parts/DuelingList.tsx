import { useId, useState } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { type Option, TextInput } from './inputs.tsx';

/**
 * Two lists side by side: what there is, and what was chosen, in its order. Buttons and keys move what is marked: Ctrl or Alt with the
 * right and left arrows between the lists, with the up and down arrows within the order; Enter and a double click move it, too.
 */
export function DuelingList({
  available,
  chosen,
  onChange,
  options,
  isOrdered = true,
  required = false,
  search,
}: {
  available: string;
  chosen: string;
  onChange(value: string[]): void;
  options: { all: Option[]; value: string[] };
  /** Whether the chosen ones have an order that people give them. */
  isOrdered?: boolean;
  required?: boolean;
  /** The label of a field that searches the available ones; none without it. */
  search?: string;
}) {
  const left = useId();
  const right = useId();
  const help = useId();
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState<string[]>([]);
  const [said, say] = useState('');
  const { all, value } = options;
  const labelOf = (v: string) => all.find((o) => o.value === v)?.label ?? v;
  const offered = all.filter(
    (o) => !value.includes(o.value) && o.label.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const add = () => {
    const some = offered.filter((o) => marked.includes(o.value)).map((o) => o.value);
    if (some.length === 0) return;
    onChange([...value, ...some]);
    say(`${some.map(labelOf).join(', ')}: added to ${chosen}.`);
  };
  const remove = () => {
    const some = value.filter((v) => marked.includes(v));
    if (some.length === 0) return;
    onChange(value.filter((v) => !some.includes(v)));
    say(`${some.map(labelOf).join(', ')}: removed from ${chosen}.`);
  };
  const move = (by: -1 | 1) => {
    const one = value.find((v) => marked.includes(v));
    const at = one === undefined ? -1 : value.indexOf(one);
    const to = at + by;
    if (one === undefined || to < 0 || to >= value.length) return;
    const next = value.filter((v) => v !== one);
    next.splice(to, 0, one);
    onChange(next);
    say(`${labelOf(one)} is now at position ${to + 1} of ${value.length}.`);
  };
  const keys = (e: React.KeyboardEvent, onEnter: () => void) => {
    if (e.key === 'Enter') {
      e.preventDefault();
      return onEnter();
    }
    if (!e.ctrlKey && !e.altKey && !e.metaKey) return;
    if (e.key === 'ArrowRight') add();
    else if (e.key === 'ArrowLeft') remove();
    else if (e.key === 'ArrowUp' && isOrdered) move(-1);
    else if (e.key === 'ArrowDown' && isOrdered) move(1);
    else return;
    e.preventDefault();
  };
  const list = (id: string, label: string, shown: string[], onMove: () => void, isRequired = false) => (
    <div className="pc-picker-side">
      <label className="slds-form-element__label" htmlFor={id}>
        {isRequired && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        {label}
      </label>
      <select
        id={id}
        multiple
        className="pc-picker-list"
        aria-describedby={help}
        value={marked.filter((m) => shown.includes(m))}
        onChange={(e) => setMarked([...e.target.selectedOptions].map((o) => o.value))}
        onDoubleClick={onMove}
        onKeyDown={(e) => keys(e, onMove)}
      >
        {shown.map((v) => (
          <option key={v} value={v} title={labelOf(v)}>
            {labelOf(v)}
          </option>
        ))}
      </select>
    </div>
  );
  const button = (icon: string, label: string, act: () => void) => (
    <button
      type="button"
      className="slds-button slds-button_icon slds-button_icon-border-filled pc-picker-move"
      title={label}
      onClick={act}
    >
      <UtilityIcon name={icon} className="slds-button__icon" />
      <span className="slds-assistive-text">{label}</span>
    </button>
  );
  return (
    <>
      {search && <TextInput type="search" label={search} value={typed} onChange={setTyped} placeholder="Search..." />}
      <div className="pc-picker">
        {list(
          left,
          available,
          offered.map((o) => o.value),
          add,
        )}
        <div className="pc-picker-buttons">
          {button('right', 'Add', add)}
          {button('left', 'Remove', remove)}
        </div>
        {list(right, chosen, value, remove, required)}
        {isOrdered && (
          <div className="pc-picker-buttons">
            {button('up', 'Up', () => move(-1))}
            {button('down', 'Down', () => move(1))}
          </div>
        )}
      </div>
      <span id={help} className="slds-assistive-text">
        Press Control and the right or left arrow key to move options between the lists
        {isOrdered ? ', with the up or down arrow key to change the order.' : '.'}
      </span>
      <span role="status" className="slds-assistive-text">
        {said}
      </span>
    </>
  );
}
