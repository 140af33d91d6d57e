import { useState } from 'react';
import { MessageBox } from '../parts/MessageBox.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
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
  const [problem, setProblem] = useState('');
  const save = async () => {
    setProblem('');
    try {
      await api.call('PUT', `/setup/permsets/${set.id}/${path}`, done, { on: [...(draft ?? [])] });
      setDraft(null);
      saved();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It was not saved.');
    }
  };
  const toggle = (name: string, on: boolean) => {
    const next = new Set(draft ?? []);
    if (on) next.add(name);
    else next.delete(name);
    setDraft(next);
  };
  return (
    <Section title={title}>
      {problem && <MessageBox tone="error">{problem}</MessageBox>}
      <SetupTable
        label={title}
        columns={['Name', 'Enabled']}
        empty="There is nothing of this kind in this org."
        rows={items.map((item) => ({
          key: item.name,
          cells: [
            item.label,
            <input
              key="on"
              type="checkbox"
              aria-label={item.label}
              checked={draft ? draft.has(item.name) : item.on}
              disabled={!draft}
              onChange={(e) => toggle(item.name, e.currentTarget.checked)}
            />,
          ],
        }))}
      >
        {draft ? (
          <>
            <button type="button" className="slds-button slds-button_brand" onClick={save}>
              Save
            </button>
            <button type="button" className="slds-button slds-button_neutral" onClick={() => setDraft(null)}>
              Cancel
            </button>
          </>
        ) : (
          <button
            type="button"
            className="slds-button slds-button_neutral"
            onClick={() => setDraft(new Set(items.filter((item) => item.on).map((item) => item.name)))}
          >
            Edit
          </button>
        )}
      </SetupTable>
    </Section>
  );
}
