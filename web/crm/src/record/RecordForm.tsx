import { useEffect, useId, useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole, useLoad } from '../console-context.ts';
import { Modal } from '../shell/Modal.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { ObjectInfo, RecordPage, Row, Saved, Values } from '../wire.ts';
import { FieldInput } from './FieldInput.tsx';
import { byField, changes, defaults, formSections, missing, spelled } from './form-state.ts';

/** The form for a new record, with values that a call or a related list brought along. */
export function NewRecord({ object, values, onClose }: { object: string; values: Values; onClose(): void }) {
  const { api, store, open } = useConsole();
  const info = useLoad(object, () => api.object(object));
  if (info.is !== 'ready') return <Waiting title="New Record" loaded={info} onClose={onClose} />;
  const done = (saved: Saved, again: boolean) => {
    announce(store, info.value, saved, 'created');
    if (again) return;
    onClose();
    open({ at: 'record', object: saved.object, id: saved.id }, saved.name);
  };
  return (
    <Form
      title={`New ${info.value.label}`}
      info={info.value}
      record={null}
      values={{ ...defaults(info.value), ...spelled(info.value, values) }}
      save={(now) => api.create(object, changes({}, now))}
      onSaved={done}
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
    <Form
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

function announce(store: ReturnType<typeof useConsole>['store'], info: ObjectInfo, saved: Saved, what: string) {
  store.send({ type: 'changed' });
  store.send({ type: 'toasted', tone: 'success', message: `${info.label} "${saved.name}" was ${what}.` });
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

function Form({ title, info, record, values, save, onSaved, onClose }: FormProps) {
  const form = useId();
  const isNew = record === null;
  const [now, setNow] = useState<Values>({ ...record?.values, ...values });
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const sections = formSections(info, isNew);
  const shown = sections.flatMap((s) => s.columns.flat());
  const first = Object.keys(errors)[0];
  useEffect(() => {
    if (first !== undefined) document.querySelector<HTMLElement>(`#${CSS.escape(form)} [aria-invalid=true]`)?.focus();
  }, [first, form]);

  const submit = async (again: boolean) => {
    const blank = missing(info, isNew, now);
    if (blank.length > 0) return setErrors(Object.fromEntries(blank.map((name) => [name, 'Complete this field.'])));
    setSaving(true);
    try {
      const saved = await save(now);
      setErrors({});
      if (again) setNow(values);
      onSaved(saved, again);
    } catch (error) {
      const problems = error instanceof Refusal ? error.problems : [];
      setErrors(problems.length > 0 ? byField(problems, shown) : { '': 'The record could not be saved. Try again.' });
    } finally {
      setSaving(false);
    }
  };

  const footer = (
    <>
      <CancelButton onClose={onClose} />
      {isNew && (
        <button
          type="button"
          className="slds-button slds-button_neutral"
          disabled={isSaving}
          onClick={() => submit(true)}
        >
          Save &amp; New
        </button>
      )}
      <button type="submit" form={form} className="slds-button slds-button_brand" disabled={isSaving}>
        Save
      </button>
    </>
  );
  return (
    <Modal title={title} footer={footer} onClose={onClose}>
      <form
        id={form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void submit(false);
        }}
      >
        {errors[''] && (
          <div className="slds-notify slds-notify_alert slds-alert_error slds-m-bottom_small" role="alert">
            <h2>{errors['']}</h2>
          </div>
        )}
        {sections.map((section) => (
          <fieldset key={section.label} className="slds-m-bottom_small">
            <legend className="slds-section__title slds-theme_shade slds-p-horizontal_small slds-size_1-of-1">
              {section.label}
            </legend>
            <div className="slds-grid slds-gutters_small slds-wrap slds-p-top_small">
              {section.columns.map((column) => (
                <div key={column.join()} className="slds-col slds-size_1-of-1 slds-medium-size_1-of-2">
                  {column.map((name) => {
                    const field = info.fields[name];
                    return field ? (
                      <FieldInput
                        key={name}
                        field={field}
                        value={now[name] ?? null}
                        shownReference={record?.references[name]?.name ?? ''}
                        error={errors[name] ?? ''}
                        onChange={(value) => setNow((before) => ({ ...before, [name]: value }))}
                      />
                    ) : null;
                  })}
                </div>
              ))}
            </div>
          </fieldset>
        ))}
      </form>
    </Modal>
  );
}
