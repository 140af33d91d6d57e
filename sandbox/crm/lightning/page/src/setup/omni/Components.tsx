import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { ComponentForm } from './ComponentForm.tsx';
import { blank, type Kind } from './kinds.ts';
import { type Component, components, type Components as Loaded } from './wire.ts';

/** The list of one type of component, and its form: /new, or the developer name. */
export function Components({ kind }: { kind: Kind }) {
  const { api, location } = useSetup();
  const [name, act] = classic(location.address).parts;
  const [revision, setRevision] = useState(0);
  const loaded = useLoad(`${kind.path}/${name ?? ''}#${revision}`, () => api.get(kind.path, components));
  return (
    <Await of={loaded} what={kind.title.toLowerCase()}>
      {(page) => {
        if (!page.enabled) return <Disabled kind={kind} />;
        const one = page.items.find((c) => c.name === name);
        if (!one && act !== 'new') return <List kind={kind} page={page} reload={() => setRevision((n) => n + 1)} />;
        return <ComponentForm key={name} kind={kind} start={one ?? blank(kind)} isNew={!one} choices={page.choices} />;
      }}
    </Await>
  );
}

function Disabled({ kind }: { kind: Kind }) {
  const { open } = useSetup();
  return (
    <Screen title={kind.title} crumb={kind.crumb}>
      <Card>
        <MessageBox tone="info">Omni-Channel is not enabled in this org.</MessageBox>
        <Act label="Omni-Channel Settings" onAct={() => open('OmniChannelSettings')} />
      </Card>
    </Screen>
  );
}

function List({ kind, page, reload }: { kind: Kind; page: Loaded; reload(): void }) {
  const { api, open, say } = useSetup();
  const [leaving, setLeaving] = useState<Component | null>(null);
  const nameOf = (c: Component) => c.texts[kind.label] ?? c.name;
  return (
    <Screen
      title={kind.title}
      crumb={kind.crumb}
      actions={<Button onClick={() => open(kind.node, '/-/new')}>New</Button>}
    >
      <Card>
        <SetupTable
          label={kind.title}
          columns={[`${kind.one} Name`, 'Developer Name', ...kind.columns.map((c) => c.title)]}
          empty={`There are no ${kind.title.toLowerCase()}.`}
          rows={page.items.map((c) => ({
            key: c.name,
            actions: (
              <>
                <Act label="Edit" name={`Edit ${nameOf(c)}`} onAct={() => open(kind.node, `/${c.name}`)} />
                <Act label="Del" name={`Delete ${nameOf(c)}`} onAct={() => setLeaving(c)} />
              </>
            ),
            cells: [nameOf(c), c.name, ...kind.columns.map((column) => column.of(c, page.choices))],
          }))}
        />
      </Card>
      {leaving && (
        <ConfirmDialog
          title={`Delete ${kind.one}`}
          act="Delete"
          onClose={() => setLeaving(null)}
          onAct={async () => {
            await api.remove(`${kind.path}/${leaving.name}`);
            say('success', `${kind.one} "${nameOf(leaving)}" was deleted.`);
            reload();
          }}
        >
          <p>
            Delete <strong>{nameOf(leaving)}</strong>? This can't be undone.
          </p>
        </ConfirmDialog>
      )}
    </Screen>
  );
}
