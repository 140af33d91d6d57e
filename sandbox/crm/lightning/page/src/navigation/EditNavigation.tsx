import { useState } from 'react';
import { useConsole, useLoad } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Modal } from '../shell/Modal.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { NavItem, Navigation } from '../wire.ts';
import { AddItems } from './AddItems.tsx';
import { moved, sameItems } from './items.ts';

/** Which items the navigation menu has, and in which order: for this person alone. */
export function EditNavigation({ onClose }: { onClose(): void }) {
  const { api, start } = useConsole();
  const loaded = useLoad('navigation', () => api.navigation());
  const title = `Edit ${start.app.label} App Navigation Items`;
  if (loaded.is !== 'ready')
    return (
      <Modal title={title} footer={<Cancel onClose={onClose} />} onClose={onClose}>
        {loaded.is === 'failed' ? <Failed error={loaded.error} /> : <Loading what="navigation items" />}
      </Modal>
    );
  return <Editor title={title} navigation={loaded.value} onClose={onClose} />;
}

const Cancel = ({ onClose }: { onClose(): void }) => (
  <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
    Cancel
  </button>
);

function Editor({ title, navigation, onClose }: { title: string; navigation: Navigation; onClose(): void }) {
  const { api, store } = useConsole();
  const [items, setItems] = useState(navigation.items);
  const [isAdding, setAdding] = useState(false);
  const [error, setError] = useState('');
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const own = sameItems(items, navigation.defaults) ? [] : items.map((item) => item.object);
      const saved = await api.saveNavigation(own);
      store.send({ type: 'navigation', items: saved.items });
      onClose();
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : 'The navigation items could not be saved. Try again.');
      setSaving(false);
    }
  };
  const footer = (
    <>
      <Cancel onClose={onClose} />
      <button
        type="button"
        className="slds-button slds-button_brand"
        disabled={isSaving || items.length === 0}
        onClick={save}
      >
        Save
      </button>
    </>
  );
  return (
    <>
      <Modal
        title={title}
        tagline="Personalize your nav bar for this app. Reorder items, and remove or add items."
        footer={footer}
        onClose={onClose}
      >
        {error && (
          <div className="slds-notify slds-notify_alert slds-alert_error slds-m-bottom_small" role="alert">
            <h2>{error}</h2>
          </div>
        )}
        <div className="slds-grid slds-grid_align-spread slds-grid_vertical-align-center slds-m-bottom_small">
          <h2 className="slds-text-heading_small" id="navigation-items">
            Navigation Items ({items.length})
          </h2>
          <button type="button" className="slds-button slds-button_neutral" onClick={() => setAdding(true)}>
            Add More Items
          </button>
        </div>
        <Items items={items} onChange={setItems} />
        {items.length === 0 && (
          <p className="slds-text-color_error slds-m-vertical_small">The navigation needs at least one item.</p>
        )}
        <button
          type="button"
          className="slds-button slds-m-top_small"
          disabled={sameItems(items, navigation.defaults)}
          onClick={() => setItems(navigation.defaults)}
        >
          Reset Navigation to Default
        </button>
      </Modal>
      {isAdding && (
        <AddItems
          available={navigation.available}
          items={items}
          onAdd={(more) => {
            setItems([...items, ...more]);
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

/** Rows that are dragged by their handle, or moved with the arrow keys while the handle has the focus. */
function Items({ items, onChange }: { items: NavItem[]; onChange(items: NavItem[]): void }) {
  const [dragged, setDragged] = useState('');
  const [said, say] = useState('');
  const move = (from: number, to: number) => {
    const next = moved(items, from, to);
    if (next === items) return;
    onChange(next);
    say(`${items[from]?.label} is now at position ${to + 1} of ${items.length}.`);
  };
  return (
    <>
      <span className="slds-assistive-text" id="reorder-help">
        Press the up and down arrow keys to move the item.
      </span>
      <span className="slds-assistive-text" role="status">
        {said}
      </span>
      <ul className="pc-items" aria-labelledby="navigation-items">
        {items.map((item, at) => (
          <li
            key={item.object}
            className={`pc-item ${dragged === item.object ? 'pc-item-dragged' : ''}`}
            draggable
            onDragStart={(e) => {
              e.dataTransfer.effectAllowed = 'move';
              e.dataTransfer.setData('text/plain', item.label);
              setDragged(item.object);
            }}
            onDragOver={(e) => {
              e.preventDefault();
              const from = items.findIndex((i) => i.object === dragged);
              if (from >= 0 && from !== at) onChange(moved(items, from, at));
            }}
            onDrop={(e) => e.preventDefault()}
            onDragEnd={() => setDragged('')}
          >
            <button
              type="button"
              className="slds-button slds-button_icon slds-button_icon-container pc-handle"
              aria-describedby="reorder-help"
              onKeyDown={(e) => {
                const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
                if (step === 0) return;
                e.preventDefault();
                move(at, at + step);
              }}
            >
              <UtilityIcon name="drag_and_drop" className="slds-button__icon" />
              <span className="slds-assistive-text">Reorder {item.label}</span>
            </button>
            <ObjectIcon icon={item.icon} size="small" />
            <span className="slds-truncate pc-item-label">{item.label}</span>
            <button
              type="button"
              className="slds-button slds-button_icon slds-button_icon-container"
              title={`Remove ${item.label}`}
              onClick={() => onChange(items.filter((i) => i !== item))}
            >
              <UtilityIcon name="close" className="slds-button__icon" />
              <span className="slds-assistive-text">Remove {item.label}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
