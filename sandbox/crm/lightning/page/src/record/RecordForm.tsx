import { useConsole, useLoad } from '../console-context.ts';
import { Modal } from '../shell/Modal.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { ObjectInfo, RecordPage, Row, Saved, Values } from '../wire.ts';
import { FormSections } from './FormSections.tsx';
import { changes, cloned, defaults, spelled } from './form-state.ts';
import { useForm } from './use-form.ts';

interface NewProps {
  object: string;
  values: Values;
  under: string; // the workspace tab that the new record opens below
  title: string; // empty: New and the object's name; a dialog with a title of its own leaves the page as it is
  onClose(): void;
}

/** The form for a new record, with values that a call or a related list brought along. */
export function NewRecord({ object, values, under, title, onClose }: NewProps) {
  const { api, store, openUnder } = useConsole();
  const info = useLoad(object, () => api.object(object));
  if (info.is !== 'ready') return <Waiting title="New Record" loaded={info} onClose={onClose} />;
  const done = (saved: Saved, again: boolean) => {
    announce(store, info.value, saved, 'created');
    if (again) return;
    onClose();
    if (title !== '') return;
    openUnder(under)({ at: 'record', object: saved.object, id: saved.id }, saved.name);
  };
  return (
    <FormDialog
      title={title || `New ${info.value.label}`}
      info={info.value}
      record={null}
      values={{ ...defaults(info.value), ...spelled(info.value, values) }}
      save={(now) => api.create(object, changes({}, now))}
      onSaved={done}
      onClose={onClose}
    />
  );
}

/** The form for a new record that begins as another one is. */
export function CloneRecord({ object, id, onClose }: { object: string; id: string; onClose(): void }) {
  const { api, store, open } = useConsole();
  const page = useLoad<RecordPage>(`${object}/${id}`, () => api.record(object, id));
  if (page.is !== 'ready') return <Waiting title="Clone Record" loaded={page} onClose={onClose} />;
  const { info, record } = page.value;
  return (
    <FormDialog
      title={`New ${info.label}`}
      info={info}
      record={null}
      values={cloned(info, record)}
      save={(now) => api.create(object, changes({}, now))}
      onSaved={(saved, again) => {
        announce(store, info, saved, 'created');
        if (again) return;
        onClose();
        open({ at: 'record', object: saved.object, id: saved.id }, saved.name);
      }}
      onClose={onClose}
    />
  );
}

/** The form of a record that exists; it is refused when somebody else saved in between. */
export function EditRecord({ object, id, onClose }: { object: string; id: string; onClose(): void }) {
  const { api, store } = useConsole();
  const page = useLoad<RecordPage>(`${object}/${id}`, () => api.record(object, id));
  if (page.is !== 'ready') return <Waiting title="Edit Record" loaded={page} onClose={onClose} />;
  const { info, record, lastModified } = page.value;
  return (
    <FormDialog
      title={`Edit ${record.name}`}
      info={info}
      record={record}
      values={{}}
      save={(now) => api.update(object, id, changes(record.values, now), lastModified)}
      onSaved={(saved) => {
        announce(store, info, saved, 'saved');
        onClose();
      }}
      onClose={onClose}
    />
  );
}

type Store = ReturnType<typeof useConsole>['store'];

export function announce(store: Store, info: ObjectInfo, saved: Saved, what: 'created' | 'saved') {
  store.send({ type: 'changed' });
  const target = { location: { at: 'record' as const, object: saved.object, id: saved.id }, label: saved.name };
  store.send({
    type: 'toasted',
    tone: 'success',
    message: `${info.label} "${saved.name}" was ${what}.`,
    ...(what === 'created' ? { target: { ...target, label: 'View' } } : {}),
  });
}

function Waiting({
  title,
  loaded,
  onClose,
}: {
  title: string;
  loaded: { is: string; error?: Error };
  onClose(): void;
}) {
  return (
    <Modal title={title} onClose={onClose} footer={<CancelButton onClose={onClose} />}>
      {loaded.error ? <Failed error={loaded.error} /> : <Loading what="form" />}
    </Modal>
  );
}

const CancelButton = ({ onClose }: { onClose(): void }) => (
  <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
    Cancel
  </button>
);

interface FormProps {
  title: string;
  info: ObjectInfo;
  record: Row | null;
  values: Values;
  save(now: Values): Promise<Saved>;
  onSaved(saved: Saved, again: boolean): void;
  onClose(): void;
}

function FormDialog({ title, info, record, values, save, onSaved, onClose }: FormProps) {
  const { user } = useConsole().start;
  const mine = record === null && info.fields.OwnerId?.createable === true ? { OwnerId: user.id } : {};
  const form = useForm(info, record, { ...mine, ...values }, save);
  const submit = async (again: boolean) => {
    const saved = await form.submit();
    if (!saved) return;
    if (again) form.reset({ ...mine, ...values });
    onSaved(saved, again);
  };
  const footer = (
    <>
      <CancelButton onClose={onClose} />
      {record === null && (
        <button
          type="button"
          className="slds-button slds-button_neutral"
          disabled={form.isSaving}
          onClick={() => submit(true)}
        >
          Save &amp; New
        </button>
      )}
      <button type="submit" form={form.id} className="slds-button slds-button_brand" disabled={form.isSaving}>
        Save
      </button>
    </>
  );
  return (
    <Modal title={title} footer={footer} onClose={onClose}>
      <p className="pc-required-note">
        <span className="slds-required" aria-hidden="true">
          *
        </span>{' '}
        = Required Information
      </p>
      <FormSections form={form} onSubmit={() => void submit(false)} />
    </Modal>
  );
}
