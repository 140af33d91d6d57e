import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { Splash } from '../parts/Splash.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { LayoutAssignment } from './LayoutAssignment.tsx';
import { LayoutEdit } from './LayoutEdit.tsx';
import * as wire from './layout-wire.ts';

export const node = 'SoftphoneLayouts';

/** Setup → Softphone Layouts: the list, and the pages below it. */
export function SoftphoneLayouts() {
  const [id] = classic(useSetup().location.address).parts;
  if (id === 'new') return <LayoutEdit key="new" id="" />;
  if (id === 'assignment') return <LayoutAssignment />;
  if (id !== undefined) return <LayoutEdit key={id} id={id} />;
  return <Layouts />;
}

function Layouts() {
  const moment = useMoment();
  const { get, post, remove } = useSetup().api;
  const { open } = useSetup();
  const [revision, setRevision] = useState(0);
  const [passed, setPassed] = useState(false);
  const [dropping, setDropping] = useState<wire.LayoutRow | null>(null);
  const change = useChange();
  const loaded = useLoad(`softphone-layouts#${revision}`, () => get('softphone-layouts', wire.layouts));
  return (
    <Await of={loaded} what="softphone layouts">
      {({ layouts, seen }) =>
        !seen && !passed ? (
          <Screen icon="standard:call" title="Softphone Layouts">
            <Splash
              title="Get Started"
              sending={change}
              onContinue={(again) =>
                void change.run(async () => {
                  if (!again) await post('seen/softphone-layouts', done, {});
                  setPassed(true);
                })
              }
            >
              <p>
                A softphone is a call-control tool that appears in the console. With softphone layouts you choose the
                call-related fields, the Salesforce objects and the screen pops for inbound, outbound and internal
                calls, and assign them to user profiles.
              </p>
            </Splash>
          </Screen>
        ) : (
          <Screen
            icon="standard:call"
            title="Softphone Layouts"
            actions={
              <>
                <Button onClick={() => open(node, '/new')}>New</Button>
                <Button onClick={() => open(node, '/assignment')}>Softphone Layout Assignment</Button>
              </>
            }
          >
            <Card>
              <SetupTable
                label="Softphone Layouts"
                columns={['Name', 'Default', 'Created By', 'Last Modified By']}
                empty="There are no softphone layouts yet. Until there is one, a softphone searches accounts, contacts and leads; a single match opens its page."
                rows={layouts.map((l) => ({
                  key: l.id,
                  actions: (
                    <>
                      <Act label="Edit" name={`Edit ${l.name}`} onAct={() => open(node, `/${l.id}`)} />
                      <Act label="Del" name={`Del ${l.name}`} onAct={() => setDropping(l)} />
                    </>
                  ),
                  cells: [
                    <Act key="name" label={l.name} onAct={() => open(node, `/${l.id}`)} />,
                    l.default ? '✓ Default' : '',
                    `${l.createdBy}, ${moment(l.created)}`,
                    `${l.modifiedBy}, ${moment(l.lastModified)}`,
                  ],
                }))}
              />
            </Card>
            {dropping && (
              <ConfirmDialog
                title="Delete Softphone Layout"
                act="Delete"
                onClose={() => setDropping(null)}
                onAct={async () => {
                  await remove(`softphone-layouts/${dropping.id}`);
                  setRevision((n) => n + 1);
                }}
              >
                <p>
                  Delete the softphone layout <strong>{dropping.name}</strong>? Profiles that it is assigned to use the
                  default layout from then on.
                </p>
              </ConfirmDialog>
            )}
          </Screen>
        )
      }
    </Await>
  );
}
