import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await, Button, Confirm, Screen, Splash, Table } from '../screen/Screen.tsx';
import {
  decodeNothing,
  partsOf,
  type ScreenProps,
  shownMoment,
  useChange,
  usePhoneSetup,
  useSetup,
} from '../screen/setup-context.ts';
import { LayoutAssignment } from './LayoutAssignment.tsx';
import { LayoutEdit } from './LayoutEdit.tsx';
import * as wire from './layout-wire.ts';

export const node = 'SoftphoneLayouts';

/** Setup → Softphone Layouts: the list, and the pages below it. */
export function SoftphoneLayouts({ address }: ScreenProps) {
  const { id } = partsOf(address);
  if (id === 'new') return <LayoutEdit key="new" id="" />;
  if (id === 'assignment') return <LayoutAssignment />;
  if (id !== '') return <LayoutEdit key={id} id={id} />;
  return <Layouts />;
}

function Layouts() {
  const { get, post, remove } = usePhoneSetup();
  const { go } = useSetup();
  const [revision, setRevision] = useState(0);
  const [passed, setPassed] = useState(false);
  const [dropping, setDropping] = useState<wire.LayoutRow | null>(null);
  const { busy, trouble, run, clear } = useChange();
  const loaded = useLoad(`softphone-layouts#${revision}`, () => get('softphone-layouts', wire.layouts));
  const close = () => {
    clear();
    setDropping(null);
  };
  return (
    <Await of={loaded} what="softphone layouts">
      {({ layouts, seen }) =>
        !seen && !passed ? (
          <Screen title="Softphone Layouts">
            <Splash
              title="Get Started"
              busy={busy}
              onContinue={(again) =>
                run(async () => {
                  if (!again) await post('seen/softphone-layouts', decodeNothing, {});
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
            title="Softphone Layouts"
            actions={
              <>
                <Button onClick={() => go(node, '/new')}>New</Button>
                <Button onClick={() => go(node, '/assignment')}>Softphone Layout Assignment</Button>
              </>
            }
          >
            <div className="slds-box slds-theme_default slds-p-around_none">
              <Table
                name="Softphone Layouts"
                rows={layouts}
                keyOf={(l) => l.id}
                empty="There are no softphone layouts yet. Until there is one, a softphone searches accounts, contacts and leads; a single match opens its page."
                columns={[
                  {
                    label: 'Action',
                    cell: (l) => (
                      <>
                        <Button variant="link" label={`Edit ${l.name}`} onClick={() => go(node, `/${l.id}`)}>
                          Edit
                        </Button>
                        {' | '}
                        <Button variant="link" label={`Del ${l.name}`} onClick={() => setDropping(l)}>
                          Del
                        </Button>
                      </>
                    ),
                  },
                  {
                    label: 'Name',
                    cell: (l) => (
                      <Button variant="link" onClick={() => go(node, `/${l.id}`)}>
                        {l.name}
                      </Button>
                    ),
                  },
                  { label: 'Default', cell: (l) => (l.default ? '✓ Default' : '') },
                  { label: 'Created By', cell: (l) => `${l.createdBy}, ${shownMoment(l.created)}` },
                  { label: 'Last Modified By', cell: (l) => `${l.modifiedBy}, ${shownMoment(l.lastModified)}` },
                ]}
              />
            </div>
            {dropping && (
              <Confirm
                title="Delete Softphone Layout"
                action="Delete"
                busy={busy}
                trouble={trouble}
                onClose={close}
                onConfirm={() =>
                  run(async () => {
                    await remove(`softphone-layouts/${dropping.id}`);
                    close();
                    setRevision((n) => n + 1);
                  })
                }
              >
                <p>
                  Delete the softphone layout <strong>{dropping.name}</strong>? Profiles that it is assigned to use the
                  default layout from then on.
                </p>
              </Confirm>
            )}
          </Screen>
        )
      }
    </Await>
  );
}
