import { useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { DuelingList } from '../parts/DuelingList.tsx';
import { Section } from '../parts/Sections.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import type { Access } from './wire.ts';

interface Props {
  path: string; // of the permission set or the profile
  items: Access[];
  saved(): void;
}

/** Which presence statuses a permission set, or a profile, lets people choose. */
export function StatusAccess({ path, items, saved }: Props) {
  const { api } = useSetup();
  const [draft, setDraft] = useState<string[] | null>(null);
  const change = useChange();
  const on = items.filter((item) => item.on);
  const save = () =>
    change.run(async () => {
      await api.put(`${path}/statuses`, done, { on: draft ?? [] });
      setDraft(null);
      saved();
    });
  return (
    <Section
      title="Service Presence Statuses Access"
      actions={
        draft ? (
          <>
            <Button variant="brand" disabled={change.isBusy} onClick={() => void save()}>
              Save
            </Button>
            <Button onClick={() => setDraft(null)}>Cancel</Button>
          </>
        ) : (
          <Button label="Edit Service Presence Statuses Access" onClick={() => setDraft(on.map((item) => item.name))}>
            Edit
          </Button>
        )
      }
    >
      <Problem of={change} />
      {draft ? (
        <DuelingList
          available="Available Service Presence Statuses"
          chosen="Enabled Service Presence Statuses"
          isOrdered={false}
          options={{ all: items.map((item) => ({ value: item.name, label: item.label })), value: draft }}
          onChange={setDraft}
        />
      ) : on.length === 0 ? (
        <p className="slds-text-color_weak">None</p>
      ) : (
        <ul className="slds-list_dotted">
          {on.map((item) => (
            <li key={item.name}>{item.label}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}
