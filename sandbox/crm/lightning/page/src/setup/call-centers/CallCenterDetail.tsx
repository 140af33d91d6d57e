import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import * as wire from './center-wire.ts';

export function CallCenterDetail({ id }: { id: string }) {
  const { get, remove } = useSetup().api;
  const { open } = useSetup();
  const [dropping, setDropping] = useState(false);
  const loaded = useLoad(`call-center/${id}`, () => get(`call-centers/${encodeURIComponent(id)}`, wire.center));
  const to = (page: string) => open('CallCenters', `/${id}${page}`);
  return (
    <Await of={loaded} what="call center">
      {({ center, sections, users, total }) => (
        <Screen
          icon="standard:call"
          crumb="Setup > Call Centers"
          title={center.name}
          actions={
            <>
              <Button onClick={() => to('/e')}>Edit</Button>
              <Button onClick={() => setDropping(true)}>Delete</Button>
              <Button onClick={() => to('/clone')}>Clone</Button>
            </>
          }
        >
          <Card>
            {sections.map((s) => (
              <Section key={s.label} title={s.label}>
                <Details items={s.items.map((i) => [i.label, i.value])} />
              </Section>
            ))}
            <Section
              title="Call Center Users"
              actions={<Button onClick={() => to('/users')}>Manage Call Center Users</Button>}
            >
              <SetupTable
                label="Call Center Users by Profile"
                columns={['Call Center Users by Profile', 'Users']}
                empty=""
                rows={[...users, { profile: 'Total', count: total }].map((u) => ({
                  key: u.profile,
                  cells: [u.profile, u.count],
                }))}
              />
            </Section>
          </Card>
          {dropping && (
            <ConfirmDialog
              title="Delete Call Center"
              act="Delete"
              onClose={() => setDropping(false)}
              onAct={async () => {
                await remove(`call-centers/${id}`);
                open('CallCenters');
              }}
            >
              <p>
                Delete the call center <strong>{center.name}</strong>? Its users ({total}) can no longer use the
                softphone.
              </p>
            </ConfirmDialog>
          )}
        </Screen>
      )}
    </Await>
  );
}
