import { useState } from 'react';
import { useConsole } from '../console-context.ts';
import { Modal } from '../shell/Modal.tsx';

/** Asks before a record is deleted. */
export function DeleteRecord({
  object,
  id,
  name,
  onClose,
}: {
  object: string;
  id: string;
  name: string;
  onClose(): void;
}) {
  const { api, store, start } = useConsole();
  const [isBusy, setBusy] = useState(false);
  const label = start.kinds[id.slice(0, 3)]?.label ?? object;
  const remove = async () => {
    setBusy(true);
    try {
      await api.remove(object, id);
      store.send({ type: 'workspace', event: { type: 'gone', location: { at: 'record', object, id } } });
      store.send({ type: 'toasted', tone: 'success', message: `${label} "${name}" was deleted.` });
      store.send({ type: 'changed' });
    } catch (error) {
      store.send({
        type: 'toasted',
        tone: 'error',
        message: error instanceof Error ? error.message : 'It was not deleted.',
      });
    }
    onClose();
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="button" className="slds-button slds-button_brand" disabled={isBusy} onClick={remove}>
        Delete
      </button>
    </>
  );
  return (
    <Modal title={`Delete ${label}`} size="small" footer={footer} onClose={onClose}>
      <p>Are you sure you want to delete "{name}"?</p>
    </Modal>
  );
}
