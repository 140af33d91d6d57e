import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import type { Decoded } from '../../decode.ts';
import { Checkbox } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Table } from '../screen/Screen.tsx';
import { partsOf, type ScreenProps, shownMoment, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './packages-wire.ts';

const node = 'ImportedPackage';

/** Setup → Installed Packages: the list, a package with its components, and the way out. */
export function InstalledPackages({ address }: ScreenProps) {
  const { id, page } = partsOf(address);
  const { get } = usePhoneSetup();
  if (id === '') return <Packages />;
  return (
    <PackageScreens
      key={`${id}/${page}`}
      id={id}
      page={page}
      load={() => get(`packages/${encodeURIComponent(id)}`, wire.packagePage)}
    />
  );
}

function Packages() {
  const { get } = usePhoneSetup();
  const { go } = useSetup();
  const loaded = useLoad('packages', () => get('packages', wire.packages));
  return (
    <Screen
      title="Installed Packages"
      actions={<Button onClick={() => go('AppExchangeMarketplace')}>Visit AppExchange</Button>}
    >
      <Await of={loaded} what="installed packages">
        {({ packages }) => (
          <div className="slds-box slds-theme_default slds-p-around_none">
            <Table
              name="Installed Packages"
              rows={packages}
              keyOf={(p) => p.id}
              empty="No packages are installed. Visit AppExchange to find one."
              columns={[
                {
                  label: 'Action',
                  cell: (p) => (
                    <Button variant="link" label={`Uninstall ${p.name}`} onClick={() => go(node, `/${p.id}/uninstall`)}>
                      Uninstall
                    </Button>
                  ),
                },
                {
                  label: 'Package Name',
                  cell: (p) => (
                    <Button variant="link" onClick={() => go(node, `/${p.id}`)}>
                      {p.name}
                    </Button>
                  ),
                },
                { label: 'Publisher', cell: (p) => p.publisher },
                { label: 'Version Number', cell: (p) => p.version },
                { label: 'Namespace Prefix', cell: () => '' },
                { label: 'Status', cell: () => 'Free' },
                { label: 'Install Date', cell: (p) => shownMoment(p.installed) },
                { label: 'Apps', cell: (p) => p.apps },
                { label: 'Tabs', cell: (p) => p.tabs },
                { label: 'Objects', cell: (p) => p.objects },
              ]}
            />
          </div>
        )}
      </Await>
    </Screen>
  );
}

type Page = Decoded<typeof wire.packagePage>;

function PackageScreens({ id, page, load }: { id: string; page: string; load(): Promise<Page> }) {
  const loaded = useLoad(`package/${id}`, load);
  return (
    <Await of={loaded} what="package">
      {(value) =>
        page === 'uninstall' ? (
          <Uninstall value={value} />
        ) : page === 'components' ? (
          <Components value={value} />
        ) : (
          <Detail value={value} />
        )
      }
    </Await>
  );
}

function Detail({ value: { package: p } }: { value: Page }) {
  const { go } = useSetup();
  return (
    <Screen
      title={p.name}
      actions={
        <>
          <Button onClick={() => go(node, `/${p.id}/uninstall`)}>Uninstall</Button>
          <Button onClick={() => go(node, `/${p.id}/components`)}>View Components</Button>
        </>
      }
    >
      <Card title="Installed Package Detail">
        <dl className="pc-two-columns pc-details">
          {[
            ['Package Name', p.name],
            ['Publisher', p.publisher],
            ['Version Name', p.versionName],
            ['Version Number', p.version],
            ['Package Version ID', p.versionId],
            ['Installed By', `${p.by}, ${shownMoment(p.installed)}`],
            ['Components', String(p.components)],
          ].map(([label, text]) => (
            <div key={label}>
              <dt className="slds-text-color_weak">{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Screen>
  );
}

function Components({ value: { package: p, components } }: { value: Page }) {
  const { go } = useSetup();
  return (
    <Screen
      title={`${p.name}: Package Components`}
      actions={<Button onClick={() => go(node, `/${p.id}`)}>Back to Package</Button>}
    >
      <div className="slds-box slds-theme_default slds-p-around_none">
        <Table
          name="Package Components"
          rows={components}
          keyOf={(c) => `${c.type}/${c.parent}/${c.name}`}
          empty="This package has no components."
          columns={[
            { label: 'Component Name', cell: (c) => c.name },
            { label: 'Parent Object', cell: (c) => c.parent },
            { label: 'Component Type', cell: (c) => c.type },
          ]}
        />
      </div>
    </Screen>
  );
}

function Uninstall({ value: { package: p, losses, components } }: { value: Page }) {
  const { remove } = usePhoneSetup();
  const { go } = useSetup();
  const [confirmed, setConfirmed] = useState(false);
  const { busy, trouble, run } = useChange();
  return (
    <Screen title={`Uninstall Package: ${p.name}`}>
      <FormTrouble trouble={trouble} />
      <Card title="Uninstalling this package will:">
        <ul className="slds-list_dotted slds-m-bottom_medium">
          <li>Permanently delete its {components.length} components</li>
          <li>Take the rights away that its permission sets and pages give to users</li>
          <li>Remove users from the call centers that it brought</li>
        </ul>
        <Table
          name="Data that will be deleted"
          rows={losses}
          keyOf={(l) => l.label}
          empty="The package's objects hold no data."
          columns={[
            { label: 'Data that will be deleted', cell: (l) => l.label },
            { label: 'Records', cell: (l) => l.records },
          ]}
        />
        <div className="slds-m-vertical_medium">
          <Checkbox
            label="Yes, I want to uninstall this package and permanently delete all associated components"
            checked={confirmed}
            error={trouble?.fields.confirmed}
            onChange={setConfirmed}
          />
        </div>
        <div className="pc-actions">
          <Button
            variant="destructive"
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await remove(`packages/${p.id}`, { confirmed });
                go(node);
              })
            }
          >
            Uninstall
          </Button>
          <Button onClick={() => go(node)}>Cancel</Button>
        </div>
      </Card>
    </Screen>
  );
}
