import { useState } from 'react';
import { Button } from '../parts/Button.tsx';
import { Checkbox } from '../parts/inputs.tsx';
import { Section } from '../parts/Sections.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { SetupTable, toggled } from '../parts/SetupTable.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import type { Access, FullSet } from './wire.ts';

interface Props {
  set: FullSet;
  title: string;
  path: 'apps' | 'pages' | 'settings' | 'system';
  items: Access[];
  saved(): void;
}

/** What may be used or not: pages, custom settings, system permissions. */
export function AccessSection({ set, title, path, items, saved }: Props) {
  const { api } = useSetup();
  const [draft, setDraft] = useState<ReadonlySet<string> | null>(null);
  const change = useChange();
  const save = () =>
    change.run(async () => {
      await api.put(`permsets/${set.id}/${path}`, done, { on: [...(draft ?? [])] });
      setDraft(null);
      saved();
    });
  return (
    <Section title={title}>
      <Problem of={change} />
      <SetupTable
        label={title}
        columns={['Name', 'Enabled']}
        empty="There is nothing of this kind in this org."
        rows={items.map((item) => ({
          key: item.name,
          cells: [
            item.label,
            <Checkbox
              key="on"
              hidden
              label={item.label}
              checked={draft ? draft.has(item.name) : item.on}
              disabled={!draft}
              onChange={(on) => setDraft(toggled(draft ?? new Set(), [item.name], on))}
            />,
          ],
        }))}
      >
        {draft ? (
          <>
            <Button variant="brand" disabled={change.isBusy} onClick={() => void save()}>
              Save
            </Button>
            <Button onClick={() => setDraft(null)}>Cancel</Button>
          </>
        ) : (
          <Button onClick={() => setDraft(new Set(items.filter((item) => item.on).map((item) => item.name)))}>
            Edit
          </Button>
        )}
      </SetupTable>
    </Section>
  );
}
