import { useState } from 'react';
import { setSlash, slashIsOn } from '../keys.ts';
import { Dialog } from './Dialog.tsx';

const keys: [string, string][] = [
  ['↓ ↑', 'next or previous call'],
  ['Home End', 'first or last call'],
  ['Enter', 'open the call'],
  ['Esc', 'back to the list'],
  ['/', 'to the filter'],
];

/** What the keyboard does. The one key that writes a letter can be switched off. */
export function KeysDialog({ onClose }: { onClose(): void }) {
  const [slash, set] = useState(slashIsOn);
  const footer = (
    <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
      Close
    </button>
  );
  return (
    <Dialog title="Keyboard" footer={footer} onClose={onClose}>
      <dl className="pc-keys">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((k) => (
                <kbd key={k}>{k}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label className="pc-check">
        <input
          type="checkbox"
          checked={slash}
          onChange={(e) => {
            setSlash(e.currentTarget.checked);
            set(e.currentTarget.checked);
          }}
        />
        The key / leads to the filter
      </label>
    </Dialog>
  );
}
