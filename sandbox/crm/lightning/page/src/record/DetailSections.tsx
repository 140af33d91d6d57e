import { useState } from 'react';
import { useConsole } from '../console-context.ts';
import { UtilityIcon } from '../shell/Icon.tsx';
import type { RecordPage } from '../wire.ts';
import { FieldValue } from './FieldValue.tsx';
import { FormSections } from './FormSections.tsx';
import { changes, formSections } from './form-state.ts';
import { announce } from './RecordForm.tsx';
import { useForm } from './use-form.ts';

/** The fields of a record in the sections and columns of its layout; a pencil turns them into a form. */
export function DetailSections({ page }: { page: RecordPage }) {
  const [wanted, setWanted] = useState<string | null>(null);
  if (wanted !== null) return <InlineForm page={page} wanted={wanted} onClose={() => setWanted(null)} />;
  return <Shown page={page} onEdit={setWanted} />;
}

function Shown({ page, onEdit }: { page: RecordPage; onEdit(label: string): void }) {
  const { info, record } = page;
  const editable = info.updateable ? formSections(info, false).flatMap((s) => s.columns.flat()) : [];
  const isEditable = (name: string) => editable.includes(name) || (name === 'Name' && editable.includes('LastName'));
  return (
    <>
      {info.sections.map((section) => (
        <section key={section.label} className="slds-section slds-is-open">
          <h2 className="slds-section__title slds-theme_shade">
            <span className="slds-truncate slds-p-horizontal_small">{section.label}</span>
          </h2>
          <div className="slds-section__content">
            <div className="slds-grid slds-gutters_small slds-wrap">
              {section.columns.map((column) => (
                <dl key={column.join()} className="slds-col slds-size_1-of-1 slds-medium-size_1-of-2">
                  {column.map((name) => {
                    const label = info.fields[name]?.label ?? name;
                    return (
                      <div
                        key={name}
                        className="slds-form-element slds-form-element_readonly slds-hint-parent pc-field"
                      >
                        <dt className="slds-form-element__label">{label}</dt>
                        <dd className="slds-form-element__control pc-field-value">
                          <span className="slds-form-element__static pc-field-text">
                            <FieldValue record={record} name={name} type={info.fields[name]?.type ?? 'string'} />
                            <When record={record} name={name} />
                          </span>
                          {isEditable(name) && (
                            <button
                              type="button"
                              className="slds-button slds-button_icon pc-pencil"
                              title={`Edit ${label}`}
                              onClick={() => onEdit(name)}
                            >
                              <UtilityIcon name="edit" className="slds-button__icon slds-button__icon_hint" />
                              <span className="slds-assistive-text">Edit {label}</span>
                            </button>
                          )}
                        </dd>
                      </div>
                    );
                  })}
                </dl>
              ))}
            </div>
          </div>
        </section>
      ))}
    </>
  );
}

/** Who made or changed a record is shown with when. */
function When({ record, name }: { record: RecordPage['record']; name: string }) {
  const { show } = useConsole();
  const moment = { CreatedById: 'CreatedDate', LastModifiedById: 'LastModifiedDate' }[name];
  if (moment === undefined) return null;
  return <span>, {show(record.values[moment] ?? null, 'datetime')}</span>;
}

function InlineForm({ page, wanted, onClose }: { page: RecordPage; wanted: string; onClose(): void }) {
  const { api, store } = useConsole();
  const { info } = page;
  const [{ record, lastModified }] = useState(page); // what was opened is what is saved against, whatever arrives meanwhile
  const form = useForm(info, record, {}, (now) =>
    api.update(info.name, record.id, changes(record.values, now), lastModified),
  );
  const submit = async () => {
    const saved = await form.submit();
    if (!saved) return;
    announce(store, info, saved, 'saved');
    onClose();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the form from any of its fields
    <div
      ref={(box) => focusField(box, info.fields[wanted === 'Name' ? 'LastName' : wanted]?.label ?? '')}
      onKeyDown={(e) => e.key === 'Escape' && onClose()}
    >
      <FormSections form={form} onSubmit={() => void submit()} />
      <div className="pc-edit-bar">
        <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" form={form.id} className="slds-button slds-button_brand" disabled={form.isSaving}>
          Save
        </button>
      </div>
    </div>
  );
}

/** Once, when the form appears: the field whose pencil was used has the focus. */
function focusField(box: HTMLElement | null, label: string): void {
  if (!box || box.dataset.focused === 'yes') return;
  box.dataset.focused = 'yes';
  const at = [...box.querySelectorAll('label')].find((l) => l.textContent?.replace(/^\*/, '') === label);
  if (at instanceof HTMLLabelElement && at.control instanceof HTMLElement) at.control.focus();
}
