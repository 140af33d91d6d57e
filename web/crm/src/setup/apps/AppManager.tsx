import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Menu } from '../../shell/Menu.tsx';
import { Modal } from '../../shell/Modal.tsx';
import { Await, Screen, Table } from '../screen/Screen.tsx';
import { partsOf, type ScreenProps, shownMoment, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { AppBuilder } from './AppBuilder.tsx';
import * as wire from './app-wire.ts';

/** Setup → App Manager: the apps, and the Lightning App Builder for one of them. */
export function AppManager({ address }: ScreenProps) {
  const { id } = partsOf(address);
  return id === '' ? <Apps /> : <AppBuilder key={id} name={decodeURIComponent(id)} />;
}

function Apps() {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const loaded = useLoad('apps', () => get('apps', wire.apps));
  return (
    <Screen title="Lightning Experience App Manager" actions={<NewApps />}>
      <Await of={loaded} what="apps">
        {({ apps }) => (
          <div className="slds-box slds-theme_default slds-p-around_none">
            <Table
              name="Apps"
              rows={apps}
              keyOf={(a) => a.name}
              empty="There are no apps."
              columns={[
                { label: 'App Name', cell: (a) => a.label },
                { label: 'Developer Name', cell: (a) => a.developerName },
                { label: 'Description', cell: (a) => <span className="slds-cell-wrap">{a.description}</span> },
                { label: 'Last Modified Date', cell: (a) => shownMoment(a.lastModified) },
                { label: 'App Type', cell: (a) => a.type },
                { label: 'Visible in Lightning Experience', cell: (a) => (a.visible ? '✓ Visible' : '') },
                {
                  label: 'Actions',
                  cell: (a) => (
                    <Menu
                      name={`Show actions for ${a.label}`}
                      side="right"
                      className="slds-button slds-button_icon slds-button_icon-border-filled slds-button_icon-x-small"
                      trigger={<UtilityIcon name="down" className="slds-button__icon" />}
                      items={[
                        { label: 'Edit', onChoose: () => go('NavigationMenus', `/${encodeURIComponent(a.name)}`) },
                      ]}
                    />
                  ),
                },
              ]}
            />
          </div>
        )}
      </Await>
    </Screen>
  );
}

function NewApps() {
  const { go } = useSetup();
  return (
    <>
      <NewConnectedApp />
      <button
        type="button"
        className="slds-button slds-button_neutral"
        onClick={() => go('ManageExternalClientApplication', '/0xI/e')}
      >
        New External Client App
      </button>
    </>
  );
}

/** The button is still there on the platform; since Spring '26 it makes nothing any more. */
function NewConnectedApp() {
  const { go } = useSetup();
  const [asked, setAsked] = useState(false);
  const close = () => setAsked(false);
  return (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={() => setAsked(true)}>
        New Connected App
      </button>
      {asked && (
        <Modal
          title="You can't create a connected app"
          size="small"
          onClose={close}
          footer={
            <>
              <button type="button" className="slds-button slds-button_neutral" onClick={close}>
                Close
              </button>
              <button
                type="button"
                className="slds-button slds-button_brand"
                onClick={() => go('ManageExternalClientApplication')}
              >
                External Client App Manager
              </button>
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
