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
import { CallCenterDetail } from './CallCenterDetail.tsx';
import { CallCenterForm } from './CallCenterForm.tsx';
import { AddUsers, ManageUsers } from './CallCenterUsers.tsx';
import * as wire from './center-wire.ts';
import { ImportCallCenter } from './ImportCallCenter.tsx';

export const node = 'CallCenters';

/** Setup → Call Centers: the list, and the pages below it. */
export function CallCenters({ address }: ScreenProps) {
  const { id, page } = partsOf(address);
  if (id === '') return <Centers />;
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
  const { get, post, remove } = usePhoneSetup();
  const { go } = useSetup();
  const [revision, setRevision] = useState(0);
  const [passed, setPassed] = useState(false);
  const [dropping, setDropping] = useState<wire.CenterRow | null>(null);
  const { busy, trouble, run, clear } = useChange();
  const loaded = useLoad(`call-centers#${revision}`, () => get('call-centers', wire.centers));
  const close = () => {
    clear();
    setDropping(null);
  };
  return (
    <Await of={loaded} what="call centers">
      {({ centers, seen }) =>
        !seen && !passed ? (
          <Screen title="Call Centers">
            <Splash
              title="Say Hello to Salesforce Call Center"
              busy={busy}
              onContinue={(again) =>
                run(async () => {
                  if (!again) await post('seen/call-center', decodeNothing, {});
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
          <Screen title="All Call Centers" actions={<Button onClick={() => go(node, '/import')}>Import</Button>}>
            <div className="slds-box slds-theme_default slds-p-around_none">
              <Table
                name="All Call Centers"
                rows={centers}
                keyOf={(c) => c.id}
                empty="There are no call centers. Import a definition, or install a package that brings one."
                columns={[
                  {
                    label: 'Action',
                    cell: (c) => (
                      <>
                        <Button variant="link" label={`Edit ${c.name}`} onClick={() => go(node, `/${c.id}/e`)}>
                          Edit
                        </Button>
                        {' | '}
                        <Button variant="link" label={`Del ${c.name}`} onClick={() => setDropping(c)}>
                          Del
                        </Button>
                      </>
                    ),
                  },
                  {
                    label: 'Name',
                    cell: (c) => (
                      <Button variant="link" onClick={() => go(node, `/${c.id}`)}>
                        {c.name}
                      </Button>
                    ),
                  },
                  { label: 'Version', cell: (c) => c.version },
                  { label: 'Created Date', cell: (c) => shownMoment(c.created) },
                  { label: 'Last Modified Date', cell: (c) => shownMoment(c.lastModified) },
                ]}
              />
            </div>
            {dropping && (
              <Confirm
                title="Delete Call Center"
                action="Delete"
                busy={busy}
                trouble={trouble}
                onClose={close}
                onConfirm={() =>
                  run(async () => {
                    await remove(`call-centers/${dropping.id}`);
                    close();
                    setRevision((n) => n + 1);
                  })
                }
              >
                <p>
                  Delete the call center <strong>{dropping.name}</strong>? Its users can no longer use the softphone.
                </p>
              </Confirm>
            )}
          </Screen>
        )
      }
    </Await>
  );
}
