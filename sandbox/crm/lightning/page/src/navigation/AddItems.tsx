import { useState } from 'react';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Modal } from '../shell/Modal.tsx';
import { Notice } from '../shell/States.tsx';
import type { NavItem } from '../wire.ts';
import { addable, addLabel } from './items.ts';

interface Props {
  available: NavItem[];
  items: NavItem[];
  onAdd(more: NavItem[]): void;
  onClose(): void;
}

/** Chooses items to add: the person's favorites, or all that the person may see. */
export function AddItems({ available, items, onAdd, onClose }: Props) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const offered = addable(available, items, query);
  const toggle = (object: string) =>
    setChosen(chosen.includes(object) ? chosen.filter((o) => o !== object) : [...chosen, object]);
  const add = () => onAdd(available.filter((item) => chosen.includes(item.object)));
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="button" className="slds-button slds-button_brand" disabled={chosen.length === 0} onClick={add}>
        {addLabel(chosen.length)}
      </button>
    </>
  );
  return (
    <Modal title="Add Items" footer={footer} onClose={onClose}>
      <div className="slds-form-element slds-m-bottom_small">
        <label className="slds-assistive-text" htmlFor="add-items-search">
          Search all items
        </label>
        <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
          <UtilityIcon
            name="search"
            className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
          />
          <input
            id="add-items-search"
            type="search"
            className="slds-input"
            placeholder="Search all items..."
            autoComplete="off"
            value={query}
            onChange={(e) => setQuery(e.currentTarget.value)}
          />
        </div>
      </div>
      {offered.length === 0 ? (
        <Notice icon="search" title={query === '' ? 'Everything is in the navigation already' : 'No items found'}>
          {query !== '' && 'Check the spelling, or ask your administrator whether the tab is visible to you.'}
        </Notice>
      ) : (
        <ul className="pc-items" aria-label="All items">
          {offered.map((item) => {
            const isChosen = chosen.includes(item.object);
            return (
              <li key={item.object} className="pc-item">
                <button
                  type="button"
                  className={`slds-button slds-button_icon ${isChosen ? 'slds-button_icon-brand' : 'slds-button_icon-border-filled'}`}
                  aria-pressed={isChosen}
                  title={isChosen ? `Do not add ${item.label}` : `Add ${item.label}`}
                  onClick={() => toggle(item.object)}
                >
                  <UtilityIcon name={isChosen ? 'check' : 'add'} className="slds-button__icon" />
                  <span className="slds-assistive-text">Add {item.label}</span>
                </button>
                <ObjectIcon icon={item.icon} size="small" />
                <span className="slds-truncate pc-item-label">{item.label}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Modal>
  );
}
