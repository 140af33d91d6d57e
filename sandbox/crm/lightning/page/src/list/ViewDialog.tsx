import { useId, useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole, useLoad } from '../console-context.ts';
import type { ViewAct } from '../console-state.ts';
import { Ask } from '../record/DeleteRecord.tsx';
import { UtilityIcon } from '../shell/Icon.tsx';
import { Modal } from '../shell/Modal.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { Definition, ObjectInfo, ViewForm } from '../wire.ts';
import { columnFields, formOf, stepped } from './view-form.ts';

interface Props {
  act: ViewAct;
  object: string;
  view: string;
  definition: Definition;
  mayShare: boolean;
  onClose(): void;
}

const titles: Record<ViewAct, string> = {
  new: 'New List View',
  clone: 'Clone List View',
  rename: 'Rename List View',
  sharing: 'Sharing Settings',
  columns: 'Select Fields to Display',
  delete: 'Delete List View',
};

/** Makes a list view, or changes what is not its filters. */
export function ViewDialog(props: Props) {
  const { api, store, open } = useConsole();
  const { act, object, view, definition, onClose } = props;
  const info = useLoad(object, () => api.object(object));
  if (act === 'delete')
    return (
      <Ask
        title={titles.delete}
        question={
          definition.shared
            ? 'If you delete this list view, it will be permanently removed for all users with visibility. Are you sure you want to delete?'
            : 'If you delete this list view, it will be permanently removed. Are you sure you want to delete?'
        }
        onDelete={async () => {
          try {
            await api.removeView(object, view);
            open({ at: 'list', object, view: 'Recent' });
            store.send({ type: 'toasted', tone: 'success', message: `List view "${definition.label}" was deleted.` });
          } catch (error) {
            const message = error instanceof Error ? error.message : 'The list view was not deleted.';
            store.send({ type: 'toasted', tone: 'error', message });
          }
          store.send({ type: 'changed' });
        }}
        onClose={onClose}
      />
    );
  if (info.is !== 'ready')
    return (
      <Modal title={titles[act]} footer={<Cancel onClose={onClose} />} onClose={onClose}>
        {info.is === 'failed' ? <Failed error={info.error} /> : <Loading what="fields" />}
      </Modal>
    );
  return <Editor {...props} info={info.value} />;
}

const Cancel = ({ onClose }: { onClose(): void }) => (
  <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
    Cancel
  </button>
);

function start(act: ViewAct, definition: Definition): ViewForm {
  const form = formOf(definition);
  if (act === 'new') return { ...form, label: '', shared: false, scope: 'Everything', filters: [] };
  if (act === 'clone') return { ...form, label: `Copy of ${form.label}`.slice(0, 40), shared: false };
  return form;
}

function Editor({ act, object, view, definition, mayShare, onClose, info }: Props & { info: ObjectInfo }) {
  const { api, store, open } = useConsole();
  const formId = useId();
  const [form, setForm] = useState(() => start(act, definition));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isSaving, setSaving] = useState(false);
  const isNew = act === 'new' || act === 'clone';
  const save = async () => {
    if (form.label.trim() === '') return setErrors({ label: 'Complete this field.' });
    setSaving(true);
    try {
      const saved = isNew ? await api.createView(object, form) : await api.changeView(object, view, form);
      onClose();
      open({ at: 'list', object, view: saved.name });
      store.send({ type: 'toasted', tone: 'success', message: `List view ${isNew ? 'created' : 'updated'}.` });
      store.send({ type: 'changed' });
    } catch (error) {
      const problem = error instanceof Refusal ? error.problems[0] : undefined;
      const at = problem?.fields[0] === 'label' ? 'label' : '';
      setErrors({ [at]: problem?.message ?? 'The list view could not be saved. Try again.' });
      setSaving(false);
    }
  };
  const footer = (
    <>
      <Cancel onClose={onClose} />
      <button
        type="submit"
        form={formId}
        className="slds-button slds-button_brand"
        disabled={isSaving || (act === 'columns' && form.columns.length === 0)}
      >
        Save
      </button>
    </>
  );
  return (
    <Modal title={titles[act]} size={act === 'columns' ? 'medium' : 'small'} footer={footer} onClose={onClose}>
      <form
        id={formId}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void save();
        }}
      >
        {errors[''] && (
          <div className="pc-form-error" role="alert">
            <h2>{errors['']}</h2>
          </div>
        )}
        {(isNew || act === 'rename') && (
          <Name value={form.label} error={errors.label ?? ''} onChange={(label) => setForm({ ...form, label })} />
        )}
        {(isNew || act === 'sharing') && (
          <Sharing shared={form.shared} mayShare={mayShare} onChange={(shared) => setForm({ ...form, shared })} />
        )}
        {act === 'columns' && (
          <Columns info={info} chosen={form.columns} onChange={(columns) => setForm({ ...form, columns })} />
        )}
      </form>
    </Modal>
  );
}

function Name({ value, error, onChange }: { value: string; error: string; onChange(value: string): void }) {
  return (
    <div className={`slds-form-element slds-m-bottom_medium ${error ? 'slds-has-error' : ''}`}>
      <label className="slds-form-element__label" htmlFor="view-name">
        <span className="slds-required" aria-hidden="true">
          *
        </span>
        List Name
      </label>
      <div className="slds-form-element__control">
        <input
          id="view-name"
          className="slds-input"
          required
          maxLength={40}
          autoComplete="off"
          aria-invalid={error !== ''}
          aria-describedby={error ? 'view-name-error' : undefined}
          value={value}
          onChange={(e) => onChange(e.currentTarget.value)}
        />
      </div>
      {error && (
        <div className="slds-form-element__help" id="view-name-error">
          {error}
        </div>
      )}
    </div>
  );
}

function Sharing({ shared, mayShare, onChange }: { shared: boolean; mayShare: boolean; onChange(to: boolean): void }) {
  const choice = (value: boolean, label: string, disabled: boolean) => (
    <span className="slds-radio">
      <input
        type="radio"
        id={`sharing-${value}`}
        name="sharing"
        checked={shared === value}
        disabled={disabled}
        onChange={() => onChange(value)}
      />
      <label className="slds-radio__label" htmlFor={`sharing-${value}`}>
        <span className="slds-radio_faux" />
        <span className="slds-form-element__label">{label}</span>
      </label>
    </span>
  );
  return (
    <fieldset className="slds-form-element">
      <legend className="slds-form-element__legend slds-form-element__label">Who sees this list view?</legend>
      <div className="slds-form-element__control">
        {choice(false, 'Only I can see this list view', false)}
        {choice(true, 'All users can see this list view', !mayShare)}
      </div>
      {!mayShare && (
        <div className="slds-form-element__help slds-text-color_weak">
          To share list views, you need the permission Manage Public List Views.
        </div>
      )}
    </fieldset>
  );
}

/** Two lists: what may be shown, and what is, in its order. */
function Columns({ info, chosen, onChange }: { info: ObjectInfo; chosen: string[]; onChange(to: string[]): void }) {
  const [left, setLeft] = useState('');
  const [right, setRight] = useState('');
  const available = columnFields(info).filter((field) => !chosen.includes(field.name));
  const label = (name: string) => info.fields[name]?.label ?? name;
  const button = (text: string, icon: string, isOff: boolean, onClick: () => void) => (
    <button
      type="button"
      className="slds-button slds-button_icon slds-button_icon-container"
      title={text}
      disabled={isOff}
      onClick={onClick}
    >
      <UtilityIcon name={icon} className="slds-button__icon" />
      <span className="slds-assistive-text">{text}</span>
    </button>
  );
  return (
    <div className="pc-dueling">
      <div className="slds-form-element">
        <label className="slds-form-element__label" htmlFor="columns-left">
          Available Fields
        </label>
        <select
          id="columns-left"
          size={10}
          className="pc-listbox"
          value={left}
          onChange={(e) => setLeft(e.currentTarget.value)}
        >
          {available.map((field) => (
            <option key={field.name} value={field.name}>
              {field.label}
            </option>
          ))}
        </select>
      </div>
      <div className="pc-dueling-buttons">
        {button('Move selection to Visible Fields', 'right', !available.some((f) => f.name === left), () => {
          onChange([...chosen, left]);
          setRight(left);
        })}
        {button('Move selection to Available Fields', 'left', !chosen.includes(right), () => {
          onChange(chosen.filter((name) => name !== right));
          setLeft(right);
        })}
      </div>
      <div className="slds-form-element">
        <label className="slds-form-element__label" htmlFor="columns-right">
          Visible Fields
        </label>
        <select
          id="columns-right"
          size={10}
          className="pc-listbox"
          value={right}
          onChange={(e) => setRight(e.currentTarget.value)}
        >
          {chosen.map((name) => (
            <option key={name} value={name}>
              {label(name)}
            </option>
          ))}
        </select>
      </div>
      <div className="pc-dueling-buttons">
        {button('Move selection up', 'up', chosen.indexOf(right) < 1, () => onChange(stepped(chosen, right, -1)))}
        {button('Move selection down', 'down', !chosen.includes(right) || chosen.at(-1) === right, () =>
          onChange(stepped(chosen, right, 1)),
        )}
      </div>
    </div>
  );
}
