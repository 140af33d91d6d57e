import { count } from '@patchcord/ui/count.ts';
import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import type { Decoded } from '../../decode.ts';
import { classic } from '../location.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Checkbox } from '../parts/inputs.tsx';
import { Moment, useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import * as wire from './packages-wire.ts';

const node = 'ImportedPackage';

/** Setup → Installed Packages: the list, a package with its components, and the way out. */
export function InstalledPackages() {
  const [id, page = ''] = classic(useSetup().location.address).parts;
  const { get } = useSetup().api;
  if (id === undefined) return <Packages />;
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
  const { get } = useSetup().api;
  const { open } = useSetup();
  const loaded = useLoad('packages', () => get('packages', wire.packages));
  return (
    <Screen
      icon="standard:product"
      title="Installed Packages"
      actions={<Button onClick={() => open('AppExchangeMarketplace')}>Visit AppExchange</Button>}
    >
      <Await of={loaded} what="installed packages">
        {({ packages }) => (
          <Card>
            <SetupTable
              label="Installed Packages"
              columns={[
                'Package Name',
                'Publisher',
                'Version Number',
                'Namespace Prefix',
                'Status',
                'Install Date',
                'Apps',
                'Tabs',
                'Objects',
              ]}
              empty="No packages are installed. Visit AppExchange to find one."
              rows={packages.map((p) => ({
                key: p.id,
                actions: (
                  <Act label="Uninstall" name={`Uninstall ${p.name}`} onAct={() => open(node, `/${p.id}/uninstall`)} />
                ),
                cells: [
                  <Act key="name" label={p.name} onAct={() => open(node, `/${p.id}`)} />,
                  p.publisher,
                  p.version,
                  '',
                  'Free',
                  <Moment key="installed" at={p.installed} />,
                  p.apps,
                  p.tabs,
                  p.objects,
                ],
              }))}
            />
          </Card>
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
  const moment = useMoment();
  const { open } = useSetup();
  return (
    <Screen
      icon="standard:product"
      crumb="Setup > Installed Packages"
      title={p.name}
      actions={
        <>
          <Button onClick={() => open(node, `/${p.id}/uninstall`)}>Uninstall</Button>
          <Button onClick={() => open(node, `/${p.id}/components`)}>View Components</Button>
        </>
      }
    >
      <Card>
        <Section title="Installed Package Detail">
          <Details
            items={[
              ['Package Name', p.name],
              ['Publisher', p.publisher],
              ['Version Name', p.versionName],
              ['Version Number', p.version],
              ['Package Version ID', p.versionId],
              ['Installed By', `${p.by}, ${moment(p.installed)}`],
              ['Components', String(p.components)],
            ]}
          />
        </Section>
      </Card>
    </Screen>
  );
}

function Components({ value: { package: p, components } }: { value: Page }) {
  const { open } = useSetup();
  return (
    <Screen
      icon="standard:product"
      crumb="Setup > Installed Packages"
      title={`${p.name}: Package Components`}
      actions={<Button onClick={() => open(node, `/${p.id}`)}>Back to Package</Button>}
    >
      <Card>
        <SetupTable
          label="Package Components"
          columns={['Component Name', 'Parent Object', 'Component Type']}
          empty="This package has no components."
          rows={components.map((c) => ({
            key: `${c.type}/${c.parent}/${c.name}`,
            cells: [c.name, c.parent, c.type],
          }))}
        />
      </Card>
    </Screen>
  );
}

function Uninstall({ value: { package: p, losses, components } }: { value: Page }) {
  const { remove } = useSetup().api;
  const { open } = useSetup();
  const [confirmed, setConfirmed] = useState(false);
  const change = useChange();
  return (
    <Screen icon="standard:product" crumb="Setup > Installed Packages" title={`Uninstall Package: ${p.name}`}>
      <Card>
        <Problem of={change} />
        <Section title="Uninstalling this package will:">
          <ul className="slds-list_dotted slds-m-bottom_medium">
            <li>Permanently delete its {count(components.length, 'component')}</li>
            <li>Take the rights away that its permission sets and pages give to users</li>
            <li>Remove users from the call centers that it brought</li>
          </ul>
          <SetupTable
            label="Data that will be deleted"
            columns={['Data that will be deleted', 'Records']}
            empty="The package's objects hold no data."
            rows={losses.map((l) => ({ key: l.label, cells: [l.label, l.records] }))}
          />
          <div className="slds-m-vertical_medium">
            <Checkbox
              label="Yes, I want to uninstall this package and permanently delete all associated components"
              checked={confirmed}
              error={change.fields.confirmed}
              onChange={setConfirmed}
            />
          </div>
          <div className="pc-setup-buttons">
            <Button
              variant="destructive"
              disabled={change.isBusy}
              onClick={() =>
                void change.run(async () => {
                  await remove(`packages/${p.id}`, { confirmed });
                  open(node);
                })
              }
            >
              Uninstall
            </Button>
            <Button onClick={() => open(node)}>Cancel</Button>
          </div>
        </Section>
      </Card>
    </Screen>
  );
}
