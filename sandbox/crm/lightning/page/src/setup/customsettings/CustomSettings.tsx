import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Pending } from '../parts/Await.tsx';
import { Act } from '../parts/Button.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { ManageSetting } from './ManageSetting.tsx';
import { settings } from './wire.ts';

/** Custom Settings: the definitions, and the data of one. */
export function CustomSettings() {
  const { location } = useSetup();
  const { parts, query } = classic(location.address);
  const [object, act] = parts;
  if (!object) return <Definitions />;
  return <ManageSetting object={object} act={act ?? ''} id={query.get('id') ?? ''} />;
}

const bytes = (n: number): string => (n < 1024 ? `${n} B` : `${(n / 1024).toFixed(1)} KB`);

function Definitions() {
  const { api, open } = useSetup();
  const page = useLoad('settings', () => api.get('customsettings', settings));
  return (
    <Screen icon="standard:settings" title="Custom Settings">
      <Card>
        <p className="slds-m-bottom_small">
          Use custom settings to create and manage custom data at the organization, profile, and user levels. Custom
          settings data is stored in the application cache.
        </p>
        {page.is !== 'ready' && <Pending of={page} what="custom settings" />}
        {page.is === 'ready' && (
          <SetupTable
            label="All Custom Settings"
            columns={[
              'Label',
              'Visibility',
              'Settings Type',
              'Namespace Prefix',
              'Description',
              'Record Size',
              'Number of Records',
              'Total Size',
            ]}
            empty="No custom settings have been defined."
            rows={page.value.settings.map((s) => ({
              key: s.name,
              actions: (
                <Act label="Manage" name={`Manage ${s.label}`} onAct={() => open('CustomSettings', `/${s.name}`)} />
              ),
              cells: [
                s.label,
                s.visibility,
                s.type,
                s.namespace,
                s.description,
                String(s.recordSize),
                String(s.records),
                bytes(s.recordSize * s.records),
              ],
            }))}
          />
        )}
      </Card>
    </Screen>
  );
}
