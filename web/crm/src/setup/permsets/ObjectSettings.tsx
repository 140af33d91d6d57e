import { useState } from 'react';
import { MessageBox } from '../parts/MessageBox.tsx';
import { Section, Ticked } from '../parts/Sections.tsx';
import { Act, SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { inWords, rights, ticked } from './rights.ts';
import type { FullSet, ObjectRight } from './wire.ts';

/** All objects with what the set gives on them. */
export function ObjectSettings({ set, onOpen }: { set: FullSet; onOpen(object: string): void }) {
  return (
    <SetupTable
      label="All Object Settings"
      columns={['Object Name', 'Object Permissions', 'Total Fields', 'Tab Settings']}
      empty="No objects."
      rows={set.objects.map((right) => ({
        key: right.name,
        cells: [
          <Act key="name" label={right.label} onAct={() => onOpen(right.name)} />,
          right.rights ? inWords(right) : '--',
          String(right.fields.length),
          right.tab || '--',
        ],
      }))}
    />
  );
}

/** Tab, object and field rights of one object: shown, and edited. */
export function ObjectRights({ set, right, saved }: { set: FullSet; right: ObjectRight; saved(): void }) {
  const { api } = useSetup();
  const [draft, setDraft] = useState<ObjectRight | null>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const shown = draft ?? right;
  const save = async () => {
    if (!draft) return;
    setBusy(true);
    setProblem('');
    try {
      const { tab, read, create, edit, delete: remove, viewAll, modifyAll, fields } = draft;
      await api.call('PUT', `/setup/permsets/${set.id}/objects/${right.name}`, done, {
        tab,
        read,
        create,
        edit,
        delete: remove,
        viewAll,
        modifyAll,
        fields: fields.filter((f) => !f.fixed).map((f) => ({ name: f.name, read: f.read, edit: f.edit })),
      });
      setDraft(null);
      saved();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It was not saved.');
    } finally {
      setBusy(false);
    }
  };
  const field = (name: string, change: { read: boolean; edit: boolean }) =>
    draft && setDraft({ ...draft, fields: draft.fields.map((f) => (f.name === name ? { ...f, ...change } : f)) });
  return (
    <>
      <div className="pc-setup-buttons slds-m-bottom_small">
        {draft ? (
          <>
            <button type="button" className="slds-button slds-button_brand" disabled={isBusy} onClick={save}>
              Save
            </button>
            <button type="button" className="slds-button slds-button_neutral" onClick={() => setDraft(null)}>
              Cancel
            </button>
          </>
        ) : (
          <button type="button" className="slds-button slds-button_neutral" onClick={() => setDraft(right)}>
            Edit
          </button>
        )}
      </div>
      {problem && <MessageBox tone="error">{problem}</MessageBox>}
      <Section title="Tab Settings">
        {['Available', 'Visible'].map((level) => {
          const isOn = level === 'Available' ? shown.tab !== 'None' : shown.tab === 'Visible';
          return (
            <label key={level} className="slds-m-right_large">
              <input
                type="checkbox"
                checked={isOn}
                disabled={!draft}
                onChange={(e) =>
                  draft &&
                  setDraft({
                    ...draft,
                    tab: e.currentTarget.checked ? level : level === 'Visible' ? 'Available' : 'None',
                  })
                }
              />{' '}
              {level}
            </label>
          );
        })}
      </Section>
      {right.rights && (
        <Section title="Object Permissions">
          <SetupTable
            label="Object Permissions"
            columns={['Permission Name', 'Enabled']}
            empty=""
            rows={rights.map(({ name, label }) => ({
              key: name,
              cells: [
                label,
                draft ? (
                  <input
                    key="on"
                    type="checkbox"
                    aria-label={label}
                    checked={draft[name]}
                    onChange={(e) => setDraft(ticked(draft, name, e.currentTarget.checked))}
                  />
                ) : (
                  <Ticked key="on" on={right[name]} label={label} />
                ),
              ],
            }))}
          />
        </Section>
      )}
      <Section title="Field Permissions">
        <SetupTable
          label="Field Permissions"
          columns={['Field Name', 'Read Access', 'Edit Access']}
          empty="No fields."
          rows={shown.fields.map((f) => ({
            key: f.name,
            cells: [
              f.label,
              <input
                key="read"
                type="checkbox"
                aria-label={`Read ${f.label}`}
                checked={f.read}
                disabled={!draft || f.fixed}
                onChange={(e) =>
                  field(f.name, { read: e.currentTarget.checked, edit: e.currentTarget.checked && f.edit })
                }
              />,
              <input
                key="edit"
                type="checkbox"
                aria-label={`Edit ${f.label}`}
                checked={f.edit}
                disabled={!draft || f.fixed}
                onChange={(e) =>
                  field(f.name, { read: f.read || e.currentTarget.checked, edit: e.currentTarget.checked })
                }
              />,
            ],
          }))}
        />
      </Section>
    </>
  );
}
