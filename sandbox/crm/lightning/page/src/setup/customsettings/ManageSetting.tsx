import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Notice } from '../../shell/States.tsx';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { SettingForm } from './SettingForm.tsx';
import { type SettingField, type SettingPage, type SettingRow, settingPage } from './wire.ts';

interface Props {
  object: string;
  act: string; // '', new, default, edit, view
  id: string;
}

/** The data of one custom setting: the organization's level above, profiles and users below. */
export function ManageSetting({ object, act, id }: Props) {
  const { api } = useSetup();
  const [revision, setRevision] = useState(0);
  const page = useLoad(`setting/${object}#${revision}`, () =>
    api.get(`customsettings/${encodeURIComponent(object)}`, settingPage),
  );
  if (page.is !== 'ready') return <Pending of={page} what="custom setting" />;
  const setting = page.value;
  const row = [setting.defaultRow, ...setting.rows].find((r) => r?.id === id) ?? null;
  if (act === 'new') return <SettingForm setting={setting} row={null} level="location" />;
  if (act === 'default') return <SettingForm setting={setting} row={null} level="organization" />;
  if ((act === 'edit' || act === 'view') && !row)
    return (
      <Notice icon="warning" title="Data Not Available">
        The data you were trying to access is no longer there. Someone else may have deleted it.
      </Notice>
    );
  if (act === 'edit' && row)
    return (
      <SettingForm setting={setting} row={row} level={row.ownerType === 'Organization' ? 'organization' : 'location'} />
    );
  if (act === 'view' && row) return <RowPage setting={setting} row={row} />;
  return <Data setting={setting} onChange={() => setRevision((n) => n + 1)} />;
}

/** A value as a page shows it. */
function shown(field: SettingField, row: SettingRow): React.ReactNode {
  const value = row.values[field.name] ?? null;
  if (field.type === 'boolean') return <Ticked on={value === true} label={field.label} />;
  return value === null ? '' : String(value);
}

function DeleteRow({
  setting,
  row,
  onClose,
  onGone,
}: {
  setting: SettingPage;
  row: SettingRow;
  onClose(): void;
  onGone(): void;
}) {
  const { api, say } = useSetup();
  return (
    <ConfirmDialog
      title={`Delete ${setting.label}`}
      act="Delete"
      onClose={onClose}
      onAct={async () => {
        await api.remove(`customsettings/${setting.name}/${row.id}`);
        say('success', `${setting.label} data was deleted.`);
        onGone();
      }}
    >
      <p>
        Are you sure you want to delete the {setting.label} data of {row.ownerName || row.name}? What reads it falls
        back to the level above.
      </p>
    </ConfirmDialog>
  );
}

function Data({ setting, onChange }: { setting: SettingPage; onChange(): void }) {
  const { open } = useSetup();
  const [leaving, setLeaving] = useState<SettingRow | null>(null);
  const go = (path: string) => open('CustomSettings', `/${setting.name}${path}`);
  const isHierarchy = setting.type === 'Hierarchy';
  const { defaultRow } = setting;
  return (
    <Screen
      icon="standard:settings"
      title={setting.label}
      crumb="Setup > Custom Settings"
      actions={<Button onClick={() => open('CustomSettings')}>Back to List</Button>}
    >
      {isHierarchy && (
        <Card>
          <p className="slds-m-bottom_small">
            If the custom setting is a list, click <strong>New</strong> to add a new set of data. If the custom setting
            is a hierarchy, you can add data for the user, profile, or organization level. If you want different values
            to display depending on whether a specific user is running the app, a specific profile, or just a general
            user, enter data at those levels.
          </p>
          <Section title="Default Organization Level Value">
            <div className="pc-setup-buttons slds-m-bottom_small">
              {defaultRow ? (
                <>
                  <Button onClick={() => go(`/edit?id=${defaultRow.id}`)}>Edit</Button>
                  <Button onClick={() => setLeaving(defaultRow)}>Delete</Button>
                </>
              ) : (
                <Button onClick={() => go('/default')}>New</Button>
              )}
            </div>
            {defaultRow ? (
              <Details
                items={[
                  ['Location', defaultRow.ownerName],
                  ...setting.fields.map((f): [string, React.ReactNode] => [f.label, shown(f, defaultRow)]),
                ]}
              />
            ) : (
              <p className="slds-text-color_weak">No default organization level value has been set.</p>
            )}
          </Section>
        </Card>
      )}
      <Card>
        <SetupTable
          label={`${setting.label} data`}
          columns={isHierarchy ? ['Setup Owner', 'Location'] : ['Name', ...setting.fields.map((f) => f.label)]}
          empty="No records to display."
          rows={setting.rows.map((row) => ({
            key: row.id,
            actions: (
              <>
                <Act label="View" name={`View ${row.ownerName || row.name}`} onAct={() => go(`/view?id=${row.id}`)} />
                <Act label="Edit" name={`Edit ${row.ownerName || row.name}`} onAct={() => go(`/edit?id=${row.id}`)} />
                <Act label="Del" name={`Delete ${row.ownerName || row.name}`} onAct={() => setLeaving(row)} />
              </>
            ),
            cells: isHierarchy
              ? [row.ownerName, row.ownerType]
              : [row.name, ...setting.fields.map((f) => <span key={f.name}>{shown(f, row)}</span>)],
          }))}
        >
          <Button label={isHierarchy ? 'New for a profile or user' : 'New'} onClick={() => go('/new')}>
            New
          </Button>
        </SetupTable>
      </Card>
      {leaving && <DeleteRow setting={setting} row={leaving} onClose={() => setLeaving(null)} onGone={onChange} />}
    </Screen>
  );
}

function RowPage({ setting, row }: { setting: SettingPage; row: SettingRow }) {
  const { open } = useSetup();
  const [isLeaving, setLeaving] = useState(false);
  return (
    <Screen
      icon="standard:settings"
      title={`${setting.label} Detail`}
      crumb={`Setup > Custom Settings > ${setting.label}`}
      actions={
        <>
          <Button onClick={() => open('CustomSettings', `/${setting.name}/edit?id=${row.id}`)}>Edit</Button>
          <Button onClick={() => setLeaving(true)}>Delete</Button>
          <Button onClick={() => open('CustomSettings', `/${setting.name}`)}>Back to List</Button>
        </>
      }
    >
      <Card>
        <Section title={`${setting.label} Information`}>
          <Details
            items={[
              setting.type === 'Hierarchy' ? ['Location', `${row.ownerType}: ${row.ownerName}`] : ['Name', row.name],
              ...setting.fields.map((f): [string, React.ReactNode] => [f.label, shown(f, row)]),
            ]}
          />
        </Section>
      </Card>
      {isLeaving && (
        <DeleteRow
          setting={setting}
          row={row}
          onClose={() => setLeaving(false)}
          onGone={() => open('CustomSettings', `/${setting.name}`)}
        />
      )}
    </Screen>
  );
}
