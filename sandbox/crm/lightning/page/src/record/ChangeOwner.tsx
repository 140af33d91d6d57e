import { useState } from 'react';
import { useConsole, useLoad } from '../console-context.ts';
import type { Scalar } from '../decode.ts';
import { Modal } from '../shell/Modal.tsx';
import type { Field } from '../wire.ts';
import { FieldInput } from './FieldInput.tsx';

const owner: Field = {
  name: 'OwnerId',
  label: 'New Owner',
  type: 'reference',
  length: 18,
  required: true,
  createable: true,
  updateable: true,
  picklist: [],
  referenceTo: ['User'],
  filterable: false,
  help: '',
  checked: false,
};

/** Gives records to another user, or to a queue. */
export function ChangeOwner({ object, ids, onClose }: { object: string; ids: string[]; onClose(): void }) {
  const { api, store, start } = useConsole();
  const info = useLoad(object, () => api.object(object));
  const owners = info.is === 'ready' ? (info.value.fields.OwnerId?.referenceTo ?? []) : [];
  const [user, setUser] = useState<Scalar>(null);
  const [error, setError] = useState('');
  const [isBusy, setBusy] = useState(false);
  const kind = Object.values(start.kinds).find((k) => k.object === object);
  const what = ids.length === 1 ? (kind?.label ?? object) : `${ids.length} ${kind?.plural ?? object}`;
  const save = async () => {
    if (user === null) return setError('Complete this field.');
    setBusy(true);
    const refused: string[] = [];
    for (const id of ids) {
      try {
        await api.update(object, id, { OwnerId: user }, '');
      } catch (problem) {
        refused.push(problem instanceof Error ? problem.message : 'The owner was not changed.');
      }
    }
    store.send({ type: 'changed' });
    setBusy(false);
    if (refused.length > 0) return setError([...new Set(refused)].join(' '));
    store.send({ type: 'toasted', tone: 'success', message: `The owner of ${what} was changed.` });
    onClose();
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="button" className="slds-button slds-button_brand" disabled={isBusy} onClick={save}>
        Change Owner
      </button>
    </>
  );
  return (
    <Modal title={`Change Owner of ${what}`} size="small" footer={footer} onClose={onClose}>
      <div className="pc-tall">
        <FieldInput
          key={owners.length}
          field={owners.length > 1 ? { ...owner, referenceTo: owners } : owner}
          value={user}
          shownReference=""
          error={error}
          onChange={(value) => {
            setUser(value);
            setError('');
          }}
        />
      </div>
    </Modal>
  );
}
