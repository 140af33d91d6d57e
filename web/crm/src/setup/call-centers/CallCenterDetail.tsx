import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await, Button, Card, Confirm, Screen, Table } from '../screen/Screen.tsx';
import { useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './center-wire.ts';

export function CallCenterDetail({ id }: { id: string }) {
  const { get, remove } = usePhoneSetup();
  const { go } = useSetup();
  const [dropping, setDropping] = useState(false);
  const { busy, trouble, run } = useChange();
  const loaded = useLoad(`call-center/${id}`, () => get(`call-centers/${encodeURIComponent(id)}`, wire.center));
  const to = (page: string) => go('CallCenters', `/${id}${page}`);
  return (
    <Await of={loaded} what="call center">
      {({ center, sections, users, total }) => (
        <Screen
          title={center.name}
          actions={
            <>
              <Button onClick={() => to('/e')}>Edit</Button>
              <Button onClick={() => setDropping(true)}>Delete</Button>
              <Button onClick={() => to('/clone')}>Clone</Button>
            </>
          }
        >
          {sections.map((s) => (
            <Card key={s.label} title={s.label}>
              <dl className="pc-details">
                {s.items.map((i) => (
                  <div key={i.key} className="pc-detail-line">
                    <dt className="slds-text-color_weak">{i.label}</dt>
                    <dd>{i.value}</dd>
                  </div>
                ))}
              </dl>
            </Card>
          ))}
          <Card
            title="Call Center Users"
            actions={<Button onClick={() => to('/users')}>Manage Call Center Users</Button>}
          >
            <Table
              name="Call Center Users by Profile"
              rows={[...users, { profile: 'Total', count: total }]}
              keyOf={(u) => u.profile}
              empty=""
              columns={[
                { label: 'Call Center Users by Profile', cell: (u) => u.profile },
                { label: 'Users', cell: (u) => u.count },
              ]}
            />
          </Card>
          {dropping && (
            <Confirm
              title="Delete Call Center"
              action="Delete"
              busy={busy}
              trouble={trouble}
              onClose={() => setDropping(false)}
              onConfirm={() =>
                run(async () => {
                  await remove(`call-centers/${id}`);
                  go('CallCenters');
                })
              }
            >
              <p>
                Delete the call center <strong>{center.name}</strong>? Its {total} users can no longer use the
                softphone.
              </p>
            </Confirm>
          )}
        </Screen>
      )}
    </Await>
  );
}
