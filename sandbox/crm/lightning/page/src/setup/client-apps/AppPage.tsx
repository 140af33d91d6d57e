import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { TabSet } from '../../record/TabSet.tsx';
import { Pending } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { useSetup } from '../setup-context.ts';
import { ConsumerDialog } from './Consumer.tsx';
import { app, node, type Sections } from './wire.ts';

/** One app: its settings and its policies, each on a tab. */
export function AppPage({ name }: { name: string }) {
  const { api, open, may } = useSetup();
  const [isAsking, setAsking] = useState(false);
  const page = useLoad(`app/${name}`, () => api.get(`clientapps/${encodeURIComponent(name)}`, app));
  if (page.is !== 'ready') return <Pending of={page} what="external client app" />;
  const one = page.value;
  return (
    <Screen
      icon="standard:connected_apps"
      title={one.label}
      crumb="Setup > External Client App Manager"
      actions={
        <>
          <Button onClick={() => open(node)}>Back to List</Button>
          {one.hasKey && may('CustomizeApplication') && (
            <Button onClick={() => setAsking(true)}>Consumer Key and Secret</Button>
          )}
        </>
      }
    >
      {!one.enabled && (
        <MessageBox tone="warning">
          This app is disabled: nobody can log in with it until its policies enable it.
        </MessageBox>
      )}
      <Card>
        <TabSet
          name="External client app"
          tabs={[
            { id: 'settings', label: 'Settings', content: <Parts of={one.settings} /> },
            { id: 'policies', label: 'Policies', content: <Parts of={one.policies} /> },
          ]}
        />
      </Card>
      {isAsking && <ConsumerDialog name={one.name} onClose={() => setAsking(false)} />}
    </Screen>
  );
}

function Parts({ of }: { of: Sections }) {
  return of.map(({ title, items }) => (
    <Section key={title} title={title}>
      <Details
        items={items.map(({ label, lines, on }) => [
          label,
          on === null ? <Lines key={label} of={lines} /> : <Ticked key={label} on={on} label={label} />,
        ])}
      />
    </Section>
  ));
}

/** Short texts, one a line. */
function Lines({ of }: { of: string[] }) {
  if (of.length < 2) return of[0] ?? '';
  return (
    <ul>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
