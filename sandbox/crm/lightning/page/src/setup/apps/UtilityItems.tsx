import { useEffect, useRef, useState } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Button } from '../parts/Button.tsx';
import { Checkbox, TextInput } from '../parts/inputs.tsx';
import * as wire from './app-wire.ts';

interface Props {
  utilities: wire.Utility[];
  custom: wire.CustomComponent[];
  fields: Record<string, string>;
  onChange(utilities: wire.Utility[]): void;
}

/** The utility bar's items: the list at the left, the properties of the chosen one at the right. */
export function UtilityItems({ utilities, custom, fields, onChange }: Props) {
  const [at, setAt] = useState(0);
  const [adding, setAdding] = useState(false);
  const chosen = utilities[at];
  const own = custom.map(wire.offered);
  const change = (part: Partial<wire.Utility>) => onChange(utilities.map((u, i) => (i === at ? { ...u, ...part } : u)));
  const shift = (by: -1 | 1) => {
    onChange(wire.moved(utilities, at, by));
    setAt(Math.min(Math.max(at + by, 0), utilities.length - 1));
  };
  const add = (c: wire.Component) => {
    onChange([...utilities, wire.newUtility(c)]);
    setAt(utilities.length);
    setAdding(false);
  };
  return (
    <>
      <p className="slds-m-bottom_small">
        Give your users quick access to productivity tools. They open in a panel at the bottom of the app.
      </p>
      <div className="slds-is-relative slds-m-bottom_small">
        <button
          type="button"
          className="slds-button slds-button_neutral"
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          Add Utility Item
        </button>
        {adding && <Picker own={own} onPick={add} onClose={() => setAdding(false)} />}
      </div>
      {utilities.length === 0 && <p className="slds-text-color_weak">This app has no utility items yet.</p>}
      {chosen && (
        <div className="slds-grid slds-gutters_small">
          <ul className="slds-col slds-size_1-of-3 slds-has-dividers_around-space" aria-label="Utility items">
            {utilities.map((u, i) => (
              <li key={i} className="slds-item">
                <button
                  type="button"
                  className={`slds-button pc-utility-row ${i === at ? 'slds-text-title_bold' : ''}`}
                  aria-current={i === at}
                  onClick={() => setAt(i)}
                >
                  <UtilityIcon name={u.icon || 'fallback'} /> {u.label}
                </button>
              </li>
            ))}
          </ul>
          <div className="slds-col slds-size_2-of-3">
            <div className="slds-box">
              <div className="slds-grid slds-grid_align-spread slds-m-bottom_small">
                <h3 className="slds-text-heading_small">
                  Utility Item Properties: {wire.componentLabel(chosen.component, own)}
                </h3>
                <div className="pc-setup-tools">
                  <Button onClick={() => shift(-1)} disabled={at === 0}>
                    Move up
                  </Button>
                  <Button onClick={() => shift(1)} disabled={at === utilities.length - 1}>
                    Move down
                  </Button>
                  <Button
                    onClick={() => {
                      onChange(utilities.filter((_, i) => i !== at));
                      setAt(Math.max(0, at - 1));
                    }}
                  >
                    Remove
                  </Button>
                </div>
              </div>
              <TextInput
                label="Label"
                required
                value={chosen.label}
                error={fields[`utilities.${at}.label`]}
                onChange={(label) => change({ label })}
              />
              <TextInput
                label="Icon"
                value={chosen.icon}
                help="The name of a utility icon, such as call"
                onChange={(icon) => change({ icon })}
              />
              <TextInput
                label="Panel Width"
                type="number"
                value={chosen.width === 0 ? '' : String(chosen.width)}
                error={fields[`utilities.${at}.width`]}
                onChange={(width) => change({ width: Number(width) })}
              />
              <TextInput
                label="Panel Height"
                type="number"
                value={chosen.height === 0 ? '' : String(chosen.height)}
                error={fields[`utilities.${at}.height`]}
                onChange={(height) => change({ height: Number(height) })}
              />
              <Design
                of={custom.find((c) => chosen.component === `c:${c.name}`)}
                values={chosen.properties}
                onChange={(properties) => change({ properties })}
              />
              <Checkbox label="Start automatically" checked={chosen.eager} onChange={(eager) => change({ eager })} />
            </div>
          </div>
        </div>
      )}
    </>
  );
}

interface DesignProps {
  of: wire.CustomComponent | undefined;
  values: Record<string, string>;
  onChange(values: Record<string, string>): void;
}

/** What the design of a component of the org's own lets people set. */
function Design({ of: component, values, onChange }: DesignProps) {
  return component?.design.map(({ name, label, type, required }) => {
    const value = values[name] ?? '';
    const set = (to: string) => onChange({ ...values, [name]: to });
    if (type === 'Boolean')
      return <Checkbox key={name} label={label} checked={value === 'true'} onChange={(on) => set(String(on))} />;
    return <TextInput key={name} label={label} required={required} value={value} onChange={set} />;
  });
}

interface PickerProps {
  own: wire.Component[];
  onPick(c: wire.Component): void;
  onClose(): void;
}

function Picker({ own, onPick, onClose }: PickerProps) {
  const [typed, setTyped] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => search.current?.focus(), []);
  const fits = (c: wire.Component) => c.label.toLowerCase().includes(typed.trim().toLowerCase());
  const groups = [
    { title: 'Standard', found: wire.components.filter(fits) },
    { title: 'Custom', found: own.filter(fits) },
  ];
  return (
    <fieldset
      className="slds-dropdown slds-dropdown_left slds-dropdown_medium pc-utility-picker"
      onKeyDown={(e) => e.key === 'Escape' && onClose()}
      aria-label="Utility items to add"
    >
      <input
        ref={search}
        type="search"
        className="slds-input"
        aria-label="Search utility items"
        placeholder="Search..."
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      {groups.map(({ title, found }) => (
        <div key={title}>
          <p className="slds-text-title_caps slds-p-around_x-small">
            {title} ({found.length})
          </p>
          <ul>
            {found.map((c) => (
              <li key={c.name}>
                <button type="button" className="slds-button pc-utility-row" onClick={() => onPick(c)}>
                  <UtilityIcon name={c.icon} /> {c.label}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.every(({ found }) => found.length === 0) && (
        <p className="slds-p-around_x-small slds-text-color_weak">No utility items found.</p>
      )}
    </fieldset>
  );
}
