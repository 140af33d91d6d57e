import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Act } from '../parts/Button.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { appList, node } from './wire.ts';

const columns = [
  'External Client App Name',
  'API Name',
  'Distribution State',
  'App Authorization',
  'App Status',
  'Created By',
  'Last Modified',
];

export function AppList() {
  const { api, open } = useSetup();
  const [query, setQuery] = useState('');
  const page = useLoad('apps', () => api.get('clientapps', appList));
  if (page.is !== 'ready') return <Pending of={page} what="external client apps" />;
  const words = query.toLowerCase();
  const found = page.value.apps.filter((a) =>
    [a.label, a.name, a.description, a.createdBy].some((t) => t.toLowerCase().includes(words)),
  );
  return (
    <Screen icon="standard:connected_apps" title="External Client App Manager">
      <Card>
        <p className="slds-m-bottom_small">
          External client apps let programs outside of Salesforce log people in and use its APIs. They come to this org
          by a deployment, which also changes and deletes them.
        </p>
        <SearchBox label="Search external client apps" onSearch={setQuery} />
        <SetupTable
          label="External Client Apps"
          columns={columns}
          empty={
            page.value.apps.length === 0
              ? 'No external client apps yet. Deploy one with the Metadata API.'
              : `No external client apps match "${query}".`
          }
          rows={found.map((a) => ({
            key: a.name,
            cells: [
              <Act key="label" label={a.label} onAct={() => open(node, `/${a.name}`)} />,
              a.name,
              a.distribution,
              a.authorization,
              a.enabled ? 'Enabled' : 'Disabled',
              a.createdBy,
              <Moment key="modified" at={a.modified} />,
            ],
          }))}
        />
      </Card>
    </Screen>
  );
}
