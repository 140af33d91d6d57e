import { useId, useState } from 'react';
import { useConsole, useLoad } from '../console-context.ts';
import { DuelingList } from '../setup/parts/DuelingList.tsx';
import { Modal } from '../shell/Modal.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { Definition } from '../wire.ts';
import { columnFields, shapeOf } from './view-form.ts';

interface Props {
  object: string;
  view: string;
  definition: Definition;
  onClose(): void;
}

/** Chooses the columns of a list view, for the person alone. */
export function ColumnsDialog({ object, view, definition, onClose }: Props) {
  const { api, store } = useConsole();
  const formId = useId();
  const info = useLoad(object, () => api.object(object));
  const [columns, setColumns] = useState(definition.columns);
  const [error, setError] = useState('');
  const [isSaving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      await api.changeView(object, view, { ...shapeOf(definition), columns });
      onClose();
      store.send({ type: 'toasted', tone: 'success', message: 'List view updated.' });
      store.send({ type: 'changed' });
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : 'The list view could not be saved. Try again.');
      setSaving(false);
    }
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button
        type="submit"
        form={formId}
        className="slds-button slds-button_brand"
        disabled={isSaving || columns.length === 0}
      >
        Save
      </button>
    </>
  );
  return (
    <Modal title="Select Fields to Display" size="medium" footer={footer} onClose={onClose}>
      {info.is === 'failed' && <Failed error={info.error} />}
      {info.is === 'loading' && <Loading what="fields" />}
      <form
        id={formId}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        {error && (
          <div className="pc-form-error" role="alert">
            <h2>{error}</h2>
          </div>
        )}
        {info.is === 'ready' && (
          <DuelingList
            available="Available Fields"
            chosen="Visible Fields"
            options={{ all: columnFields(info.value).map((f) => ({ value: f.name, label: f.label })), value: columns }}
            onChange={setColumns}
          />
        )}
      </form>
    </Modal>
  );
}
