import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { UtilityIcon } from '../../shell/Icon.tsx';
import { Menu } from '../../shell/Menu.tsx';
import { Modal } from '../../shell/Modal.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Await, Button, Screen, Table } from '../screen/Screen.tsx';
import { partsOf, type ScreenProps, shownMoment, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import { AppBuilder } from './AppBuilder.tsx';
import * as wire from './app-wire.ts';
import { NewApp } from './NewApp.tsx';

/** Setup → App Manager: the apps, and the Lightning App Builder for one of them. */
export function AppManager({ address }: ScreenProps) {
  const { id } = partsOf(address);
  return id === '' ? <Apps /> : <AppBuilder key={id} name={decodeURIComponent(id)} />;
}

function Apps() {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const [revision, setRevision] = useState(0);
  const [isMaking, setMaking] = useState(false);
  const [dropped, setDropped] = useState<wire.AppRow | null>(null);
  const loaded = useLoad(`apps#${revision}`, () => get('apps', wire.apps));
  return (
    <Screen
      title="Lightning Experience App Manager"
      actions={
        <>
          <Button onClick={() => setMaking(true)}>New Lightning App</Button>
          <NewApps />
        </>
      }
    >
      {isMaking && (
        <NewApp
          onClose={() => {
            setMaking(false);
            setRevision(revision + 1);
          }}
        />
      )}
      {dropped && (
        <DeleteApp app={dropped} onDeleted={() => setRevision(revision + 1)} onClose={() => setDropped(null)} />
      )}
      <Await of={loaded} what="apps">
        {({ apps }) => (
          <div className="slds-box slds-theme_default slds-p-around_none pc-apps">
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
                        ...(a.standard ? [] : [{ label: 'Delete', onChoose: () => setDropped(a) }]),
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

/** Asks before an app goes. Standard apps stay. */
function DeleteApp({ app, onDeleted, onClose }: { app: wire.AppRow; onDeleted(): void; onClose(): void }) {
  const { remove } = usePhoneSetup();
  const { say } = useSetup();
  return (
    <ConfirmDialog
      title="Delete App"
      act="Delete"
      onAct={async () => {
        await remove(`apps/${encodeURIComponent(app.name)}`);
        say('success', `The app "${app.label}" was deleted.`);
        onDeleted();
      }}
      onClose={onClose}
    >
      <p>
        Are you sure you want to delete the app "{app.label}"? It disappears from the App Launcher of everybody who uses
        it. Objects, tabs and records stay.
      </p>
    </ConfirmDialog>
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
