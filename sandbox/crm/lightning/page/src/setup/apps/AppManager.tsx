import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Menu } from '../../shell/Menu.tsx';
import { Modal } from '../../shell/Modal.tsx';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { AppBuilder } from './AppBuilder.tsx';
import * as wire from './app-wire.ts';

/** Setup → App Manager: the apps, and the Lightning App Builder for one of them. */
export function AppManager() {
  const [id] = classic(useSetup().location.address).parts;
  return id === undefined ? <Apps /> : <AppBuilder key={id} name={decodeURIComponent(id)} />;
}

function Apps() {
  const { get } = useSetup().api;
  const { open } = useSetup();
  const loaded = useLoad('apps', () => get('apps', wire.apps));
  return (
    <Screen icon="standard:app" title="Lightning Experience App Manager" actions={<NewConnectedApp />}>
      <Await of={loaded} what="apps">
        {({ apps }) => (
          <Card>
            <SetupTable
              label="Apps"
              columns={[
                'App Name',
                'Developer Name',
                'Description',
                'Last Modified Date',
                'App Type',
                'Visible in Lightning Experience',
                'Actions',
              ]}
              empty="There are no apps."
              rows={apps.map((a) => ({
                key: a.name,
                cells: [
                  a.label,
                  a.developerName,
                  a.description,
                  <Moment key="modified" at={a.lastModified} />,
                  a.type,
                  a.visible ? '✓ Visible' : '',
                  <Menu
                    key="actions"
                    name={`Show actions for ${a.label}`}
                    side="right"
                    className="slds-button slds-button_icon slds-button_icon-border-filled slds-button_icon-x-small"
                    trigger={<UtilityIcon name="down" className="slds-button__icon" />}
                    items={[
                      { label: 'Edit', onChoose: () => open('NavigationMenus', `/${encodeURIComponent(a.name)}`) },
                    ]}
                  />,
                ],
              }))}
            />
          </Card>
        )}
      </Await>
    </Screen>
  );
}

/** The button is still there on the platform; since Spring '26 it makes nothing any more. */
function NewConnectedApp() {
  const { open } = useSetup();
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      <Button onClick={() => setAsked(true)}>New Connected App</Button>
      {asked && (
        <Modal
          title="You can't create a connected app"
          size="small"
          onClose={close}
          footer={
            <>
              <Button onClick={close}>Close</Button>
              <Button variant="brand" onClick={() => open('ManageExternalClientApplication')}>
                External Client App Manager
              </Button>
            </>
          }
        >
          <p>
            To enable connected app creation, contact Salesforce Customer Support. Use an external client app instead.
          </p>
        </Modal>
      )}
    </>
  );
}
