import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { Splash } from '../parts/Splash.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { CallCenterDetail } from './CallCenterDetail.tsx';
import { CallCenterForm } from './CallCenterForm.tsx';
import { AddUsers, ManageUsers } from './CallCenterUsers.tsx';
import * as wire from './center-wire.ts';
import { ImportCallCenter } from './ImportCallCenter.tsx';

export const node = 'CallCenters';

/** Setup → Call Centers: the list, and the pages below it. */
export function CallCenters() {
  const [id, page] = classic(useSetup().location.address).parts;
  if (id === undefined) return <Centers />;
  if (id === 'import') return <ImportCallCenter />;
  switch (page) {
    case 'e':
    case 'clone':
      return <CallCenterForm key={`${id}/${page}`} id={id} isClone={page === 'clone'} />;
    case 'users':
      return <ManageUsers key={id} id={id} />;
    case 'add':
      return <AddUsers key={id} id={id} />;
    default:
      return <CallCenterDetail key={id} id={id} />;
  }
}

function Centers() {
  const { get, post, remove } = useSetup().api;
  const { open } = useSetup();
  const [revision, setRevision] = useState(0);
  const [passed, setPassed] = useState(false);
  const [dropping, setDropping] = useState<wire.CenterRow | null>(null);
  const change = useChange();
  const loaded = useLoad(`call-centers#${revision}`, () => get('call-centers', wire.centers));
  return (
    <Await of={loaded} what="call centers">
      {({ centers, seen }) =>
        !seen && !passed ? (
          <Screen icon="standard:call" title="Call Centers">
            <Splash
              title="Say Hello to Salesforce Call Center"
              sending={change}
              onContinue={(again) =>
                void change.run(async () => {
                  if (!again) await post('seen/call-center', done, {});
                  setPassed(true);
                })
              }
            >
              <p>
                A call center brings a telephone system into Salesforce. Its definition says where the softphone comes
                from and how large it is; its users see it in their console.
              </p>
              <ul>
                <li>Import a call center definition, or install a package that brings one</li>
                <li>Add the users who take calls</li>
                <li>Create a softphone layout that says which records are searched and opened</li>
              </ul>
            </Splash>
          </Screen>
        ) : (
          <Screen
            icon="standard:call"
            title="All Call Centers"
            actions={<Button onClick={() => open(node, '/import')}>Import</Button>}
          >
            <Card>
              <SetupTable
                label="All Call Centers"
                columns={['Name', 'Version', 'Created Date', 'Last Modified Date']}
                empty="There are no call centers. Import a definition, or install a package that brings one."
                rows={centers.map((c) => ({
                  key: c.id,
                  actions: (
                    <>
                      <Act label="Edit" name={`Edit ${c.name}`} onAct={() => open(node, `/${c.id}/e`)} />
                      <Act label="Del" name={`Del ${c.name}`} onAct={() => setDropping(c)} />
                    </>
                  ),
                  cells: [
                    <Act key="name" label={c.name} onAct={() => open(node, `/${c.id}`)} />,
                    c.version,
                    <Moment key="created" at={c.created} />,
                    <Moment key="modified" at={c.lastModified} />,
                  ],
                }))}
              />
            </Card>
            {dropping && (
              <ConfirmDialog
                title="Delete Call Center"
                act="Delete"
                onClose={() => setDropping(null)}
                onAct={async () => {
                  await remove(`call-centers/${dropping.id}`);
                  setRevision((n) => n + 1);
                }}
              >
                <p>
                  Delete the call center <strong>{dropping.name}</strong>? Its users can no longer use the softphone.
                </p>
              </ConfirmDialog>
            )}
          </Screen>
        )
      }
    </Await>
  );
}
