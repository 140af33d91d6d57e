import { Loading } from '@patchcord/ui/Loading.tsx';
import { Modal } from '@patchcord/ui/Modal.tsx';
import { useId, useState } from 'react';
import { Refusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { type Field, missing, str, type Values } from '../form.ts';
import { Confirm } from '../shell/Confirm.tsx';
import { Alert, Empty, PageHeader, useLoaded, words } from '../shell/parts.tsx';
import { FormFields } from './FormFields.tsx';
import type { Action, Known, Resource } from './resource.ts';

type Asking<T> =
  | { show: 'nothing' }
  | { show: 'form'; item: T | null; values: Values }
  | { show: 'action'; item: T; action: Action<T> }
  | { show: 'remove'; item: T };

/** The list of one kind of thing, with its forms. */
export function ResourcePage<T>({ resource }: { resource: Resource<T> }) {
  const { api, may, say } = useDesk();
  const [asking, ask] = useState<Asking<T>>({ show: 'nothing' });
  const [error, setError] = useState('');
  const { state, again } = useLoaded(
    async () => ({ items: await resource.load(api), known: await resource.known(api) }),
    resource.page,
  );
  const close = () => ask({ show: 'nothing' });
  const done = (what: string) => {
    close();
    setError('');
    say(what);
    again();
  };
  const openForm = async (item: T | null, known: Known) => {
    try {
      ask({ show: 'form', item, values: await resource.values(item, known, api) });
    } catch (e) {
      setError(words(e));
    }
  };
  const remove = async (item: T) => {
    close();
    try {
      await resource.drop?.(api, item);
      done(`${resource.name(item)} was deleted.`);
    } catch (e) {
      setError(words(e));
    }
  };
  const known = state.is === 'ready' ? state.value.known : {};
  return (
    <>
      <PageHeader above="Instance administration" title={resource.title}>
        {state.is === 'ready' && may(resource.create) && (
          <button type="button" className="slds-button slds-button_brand" onClick={() => void openForm(null, known)}>
            {resource.addLabel}
          </button>
        )}
      </PageHeader>
      <section className="cc-card" aria-label={resource.title}>
        {error && <Alert>{error}</Alert>}
        {state.is === 'loading' && <Loading what={resource.title} />}
        {state.is === 'failed' && <Alert>{words(state.error)}</Alert>}
        {state.is === 'ready' && state.value.items.length === 0 && <Empty title="There is nothing here yet" />}
        {state.is === 'ready' && state.value.items.length > 0 && (
          <table className="slds-table slds-table_bordered cc-table" aria-label={resource.title}>
            <thead>
              <tr className="slds-line-height_reset">
                {resource.columns.map((c) => (
                  <th key={c.label} scope="col">
                    {c.label}
                  </th>
                ))}
                <th scope="col">
                  <span className="slds-assistive-text">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {state.value.items.map((item) => {
                const name = resource.name(item);
                return (
                  <tr key={resource.id(item)}>
                    {resource.columns.map((c, i) =>
                      i === 0 ? (
                        <th key={c.label} scope="row">
                          {c.show(item, known)}
                        </th>
                      ) : (
                        <td key={c.label}>{c.show(item, known)}</td>
                      ),
                    )}
                    <td className="cc-row-actions">
                      {may(resource.edit) && (
                        <RowButton label="Edit" name={name} onClick={() => void openForm(item, known)} />
                      )}
                      {resource.actions
                        ?.filter((a) => may(a.permission))
                        .map((action) => (
                          <RowButton
                            key={action.label}
                            label={action.label}
                            name={name}
                            onClick={() => ask({ show: 'action', item, action })}
                          />
                        ))}
                      {resource.drop && resource.remove !== null && may(resource.remove) && (
                        <RowButton
                          label={resource.removeLabel ?? 'Delete'}
                          name={name}
                          onClick={() => ask({ show: 'remove', item })}
                        />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
      </section>
      {asking.show === 'form' && (
        <FormModal
          title={asking.item === null ? resource.addLabel : `Edit ${resource.singular}: ${resource.name(asking.item)}`}
          wide={resource.wide ?? false}
          fields={resource.fields(known, asking.item)}
          initial={asking.values}
          verb="Save"
          onClose={close}
          onSave={(values) => resource.save(api, values, asking.item)}
          onDone={(values) => done(`${shortName(resource, asking.item, values)} was saved.`)}
        />
      )}
      {asking.show === 'action' && (
        <FormModal
          title={`${asking.action.label}: ${resource.name(asking.item)}`}
          wide={false}
          fields={asking.action.fields}
          initial={{}}
          verb="Save"
          onClose={close}
          onSave={(values) => asking.action.run(api, values, asking.item)}
          onDone={() => done(`${asking.action.label}: done.`)}
        />
      )}
      {asking.show === 'remove' && (
        <Confirm
          title={`${resource.removeLabel ?? 'Delete'} ${resource.singular}`}
          verb={resource.removeLabel ?? 'Delete'}
          onClose={close}
          onConfirm={() => void remove(asking.item)}
        >
          <p>
            <strong>{resource.name(asking.item)}</strong> will be gone for good.
          </p>
        </Confirm>
      )}
    </>
  );
}

/** What to call what was saved: as it was named, or as it is named now. */
function shortName<T>(resource: Resource<T>, item: T | null, values: Values): string {
  if (item !== null) return resource.name(item);
  for (const name of ['Name', 'Username', 'SecurityProfileName', 'PhoneNumber'])
    if (str(values, name)) return str(values, name);
  return resource.title;
}

function RowButton({ label, name, onClick }: { label: string; name: string; onClick(): void }) {
  return (
    <button type="button" className="slds-button" aria-label={`${label} ${name}`} onClick={onClick}>
      {label}
    </button>
  );
}

interface FormProps {
  title: string;
  wide: boolean;
  fields: Field[];
  initial: Values;
  verb: string;
  onClose(): void;
  onSave(values: Values): Promise<void>;
  onDone(values: Values): void;
}

/** A form in a dialog. What was typed survives a refusal, which stands at its field, or above all when it names none. */
function FormModal({ title, wide, fields, initial, verb, onClose, onSave, onDone }: FormProps) {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [above, setAbove] = useState<{ message: string; problems: string[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const save = async (e: React.FormEvent) => {
    e.preventDefault();
    const early = missing(fields, values);
    setErrors(early);
    setAbove(null); // so that the next refusal is told anew
    if (Object.keys(early).length > 0) return;
    setBusy(true);
    try {
      await onSave(values);
      onDone(values);
    } catch (refused) {
      setBusy(false);
      const r = refused instanceof Refusal ? refused : new Refusal(0, words(refused));
      if (fields.some((f) => f.name === r.field) && r.problems.length === 0) setErrors({ [r.field]: r.message });
      else setAbove({ message: r.message, problems: r.problems });
    }
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="submit" form={id} className="slds-button slds-button_brand" disabled={busy}>
        {verb}
      </button>
    </>
  );
  return (
    <Modal title={title} size={wide ? 'large' : 'small'} footer={footer} onClose={onClose}>
      <form id={id} noValidate onSubmit={(e) => void save(e)}>
        {above && (
          <Alert>
            <p>{above.message}</p>
            {above.problems.length > 0 && (
              <ul className="slds-list_dotted">
                {above.problems.map((p) => (
                  <li key={p}>{p}</li>
                ))}
              </ul>
            )}
          </Alert>
        )}
        {Object.keys(errors).length > 0 && <Alert>Review the fields that are marked.</Alert>}
        <FormFields
          fields={fields}
          values={values}
          errors={errors}
          onChange={(name, value) => setValues({ ...values, [name]: value })}
        />
      </form>
    </Modal>
  );
}
