import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Menu } from '../../shell/Menu.tsx';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { DeleteApp } from './DeleteApp.tsx';
import { type AppRow, appList, node } from './wire.ts';

const authorization: Record<string, string> = {
  AllSelfAuthorized: 'All users can self-authorize',
  AdminApprovedPreAuthorized: 'Admin approved users are pre-authorized',
};

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
  const { api, open, say, may } = useSetup();
  const [revision, setRevision] = useState(0);
  const [query, setQuery] = useState('');
  const [leaving, setLeaving] = useState<AppRow | null>(null);
  const page = useLoad(`apps#${revision}`, () => api.call('GET', '/setup/clientapps', appList));
  if (page.is !== 'ready') return <Pending of={page} what="external client apps" />;
  const mayEdit = may('CustomizeApplication');
  const words = query.toLowerCase();
  const found = page.value.apps.filter((a) =>
    [a.label, a.name, a.description, a.createdBy].some((t) => t.toLowerCase().includes(words)),
  );
  return (
    <Screen
      icon="standard:connected_apps"
      title="External Client App Manager"
      actions={mayEdit && <Button onClick={() => open(node, '/0xI/e')}>New External Client App</Button>}
    >
      <Card>
        <p className="slds-m-bottom_small">
          External client apps let programs outside of Salesforce log people in and use its APIs. Settings belong to who
          makes an app, policies to who runs this org.
        </p>
        <SearchBox label="Search external client apps" onSearch={setQuery} />
        <SetupTable
          label="External Client Apps"
          columns={mayEdit ? [...columns, 'Actions'] : columns}
          empty={
            page.value.apps.length === 0
              ? 'No external client apps yet. Create one, or deploy it with the Metadata API.'
              : `No external client apps match "${query}".`
          }
          rows={found.map((a) => ({
            key: a.name,
            cells: [
              <Act key="label" label={a.label} onAct={() => open(node, `/${a.name}`)} />,
              a.name,
              a.distribution,
              a.oauth ? (authorization[a.permitted] ?? a.permitted) : 'OAuth is not enabled',
              a.enabled ? 'Enabled' : 'Disabled',
              a.createdBy,
              <Moment key="modified" at={a.modified} />,
              ...(mayEdit
                ? [
                    <Menu
                      key="actions"
                      name={`Show actions for ${a.label}`}
                      side="right"
                      className="slds-button slds-button_icon slds-button_icon-border-filled slds-button_icon-x-small"
                      trigger={<UtilityIcon name="down" className="slds-button__icon" />}
                      items={[
                        { label: 'Edit Settings', onChoose: () => open(node, `/${a.name}/e`) },
                        { label: 'Edit Policies', onChoose: () => open(node, `/${a.name}/p`) },
                        { label: 'Delete', onChoose: () => setLeaving(a) },
                      ]}
                    />,
                  ]
                : []),
            ],
          }))}
        />
      </Card>
      {leaving && (
        <DeleteApp
          app={leaving}
          onClose={() => setLeaving(null)}
          onGone={() => {
            say('success', `External client app "${leaving.label}" was deleted.`);
            setRevision((n) => n + 1);
          }}
        />
      )}
    </Screen>
  );
}
