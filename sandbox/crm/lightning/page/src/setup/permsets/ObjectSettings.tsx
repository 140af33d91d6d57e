import { useState } from 'react';
import { Act, Button } from '../parts/Button.tsx';
import { Checkbox, Ticked } from '../parts/inputs.tsx';
import { Section } from '../parts/Sections.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useChange } from '../parts/use-change.ts';
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
  const change = useChange();
  const shown = draft ?? right;
  const save = async () => {
    if (!draft) return;
    await change.run(async () => {
      const { tab, read, create, edit, delete: remove, viewAll, modifyAll, fields } = draft;
      await api.put(`permsets/${set.id}/objects/${right.name}`, done, {
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
    });
  };
  const field = (name: string, change: { read: boolean; edit: boolean }) =>
    draft && setDraft({ ...draft, fields: draft.fields.map((f) => (f.name === name ? { ...f, ...change } : f)) });
  return (
    <>
      <div className="pc-setup-buttons slds-m-bottom_small">
        {draft ? (
          <>
            <Button variant="brand" disabled={change.isBusy} onClick={save}>
              Save
            </Button>
            <Button onClick={() => setDraft(null)}>Cancel</Button>
          </>
        ) : (
          <Button onClick={() => setDraft(right)}>Edit</Button>
        )}
      </div>
      <Problem of={change} />
      <Section title="Tab Settings">
        {['Available', 'Visible'].map((level) => {
          const isOn = level === 'Available' ? shown.tab !== 'None' : shown.tab === 'Visible';
          return (
            <Checkbox
              key={level}
              label={level}
              checked={isOn}
              disabled={!draft}
              onChange={(on) =>
                draft && setDraft({ ...draft, tab: on ? level : level === 'Visible' ? 'Available' : 'None' })
              }
            />
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
                  <Checkbox
                    key="on"
                    hidden
                    label={label}
                    checked={draft[name]}
                    onChange={(on) => setDraft(ticked(draft, name, on))}
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
              <Checkbox
                key="read"
                hidden
                label={`Read ${f.label}`}
                checked={f.read}
                disabled={!draft || f.fixed}
                onChange={(on) => field(f.name, { read: on, edit: on && f.edit })}
              />,
              <Checkbox
                key="edit"
                hidden
                label={`Edit ${f.label}`}
                checked={f.edit}
                disabled={!draft || f.fixed}
                onChange={(on) => field(f.name, { read: f.read || on, edit: on })}
              />,
            ],
          }))}
        />
      </Section>
    </>
  );
}
