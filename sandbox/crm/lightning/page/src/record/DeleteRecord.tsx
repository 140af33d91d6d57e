import { count } from '@patchcord/ui/count.ts';
import { useState } from 'react';
import { type Console, useConsole } from '../console-context.ts';
import { Modal } from '../shell/Modal.tsx';

const labelOf = ({ start }: Console, object: string) =>
  Object.values(start.kinds).find((kind) => kind.object === object) ?? { label: object, plural: object };

/** Deletes records one by one, says how it went, and offers to take it back. */
async function remove(at: Console, object: string, ids: string[], name: string): Promise<void> {
  const { api, store } = at;
  const kind = labelOf(at, object);
  const gone: string[] = [];
  const refused: string[] = [];
  for (const id of ids) {
    try {
      await api.remove(object, id);
      gone.push(id);
      store.send({ type: 'workspace', event: { type: 'gone', location: { at: 'record', object, id } } });
    } catch (error) {
      refused.push(error instanceof Error ? error.message : 'It was not deleted.');
    }
  }
  const undo = async () => {
    try {
      for (const id of gone) await api.undelete(object, id);
      const restored = gone.length === 1 ? `${kind.label} was restored.` : `${gone.length} records were restored.`;
      store.send({ type: 'toasted', tone: 'success', message: restored });
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The deletion could not be undone.';
      store.send({ type: 'toasted', tone: 'error', message });
    }
    store.send({ type: 'changed' });
  };
  if (gone.length > 0) {
    const what =
      name !== '' ? `${kind.label} "${name}" was` : count(gone.length, `${kind.label} was`, `${kind.plural} were`);
    store.send({ type: 'toasted', tone: 'success', message: `${what} deleted.`, undo });
  }
  if (refused.length > 0) {
    const what = refused.length === 1 ? '' : `${refused.length} records were not deleted: `;
    store.send({ type: 'toasted', tone: 'error', message: what + [...new Set(refused)].join(' ') });
  }
  store.send({ type: 'changed' });
}

interface Props {
  object: string;
  onClose(): void;
}

/** Asks before a record is deleted. */
export function DeleteRecord({ object, id, name, onClose }: Props & { id: string; name: string }) {
  const at = useConsole();
  return (
    <Ask
      title={`Delete ${labelOf(at, object).label}`}
      question={`Are you sure you want to delete "${name}"?`}
      onDelete={() => remove(at, object, [id], name)}
      onClose={onClose}
    />
  );
}

/** Asks before the chosen records of a list are deleted. */
export function DeleteRecords({ object, ids, onClose }: Props & { ids: string[] }) {
  const at = useConsole();
  const kind = labelOf(at, object);
  const what = ids.length === 1 ? `1 ${kind.label}` : `${ids.length} ${kind.plural}`;
  return (
    <Ask
      title={`Delete ${what}`}
      question={`Are you sure you want to delete the selected records? ${what} will be moved to the recycle bin.`}
      onDelete={() => remove(at, object, ids, '')}
      onClose={onClose}
    />
  );
}

interface AskProps {
  title: string;
  question: string;
  onDelete(): Promise<void>;
  onClose(): void;
}

function Ask({ title, question, onDelete, onClose }: AskProps) {
  const [isBusy, setBusy] = useState(false);
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button
        type="button"
        className="slds-button slds-button_brand"
        disabled={isBusy}
        onClick={async () => {
          setBusy(true);
          await onDelete();
          onClose();
        }}
      >
        Delete
      </button>
    </>
  );
  return (
    <Modal title={title} size="small" footer={footer} onClose={onClose}>
      <p>{question}</p>
    </Modal>
  );
}
