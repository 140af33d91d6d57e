import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { flag, list, number, object, text } from '../../decode.ts';
import { classic } from '../location.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { StatusAccess } from '../permsets/StatusAccess.tsx';
import { Rights } from '../permsets/Summary.tsx';
import { access, objectRight } from '../permsets/wire.ts';
import { useSetup } from '../setup-context.ts';

const profileFields = { id: text, name: text, userType: text, description: text, custom: flag, users: number };
const profile = object(profileFields);
const profilePage = object({
  ...profileFields,
  system: list(access),
  objects: list(objectRight),
  apps: list(access),
  pages: list(access),
  settings: list(access),
  statuses: list(access),
});
const profiles = object({ profiles: list(profile) });

/** Profiles: to look at, but for the presence statuses that they give. */
export function Profiles() {
  const { location } = useSetup();
  const [id] = classic(location.address).parts;
  return id ? <OneProfile id={id} /> : <ProfileList />;
}

function ProfileList() {
  const { api, open } = useSetup();
  const page = useLoad('profiles', () => api.get('profiles', profiles));
  return (
    <Screen icon="standard:user_role" title="Profiles">
      <Card>
        {page.is !== 'ready' && <Pending of={page} what="profiles" />}
        {page.is === 'ready' && (
          <SetupTable
            label="All Profiles"
            columns={['Profile Name', 'User License', 'Description']}
            empty="No profiles."
            rows={page.value.profiles.map((p) => ({
              key: p.id,
              cells: [
                <Act key="name" label={p.name} onAct={() => open('EnhancedProfiles', `/${p.id}`)} />,
                'Salesforce',
                p.description,
              ],
            }))}
          />
        )}
      </Card>
    </Screen>
  );
}

function OneProfile({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const page = useLoad(`profile/${id}#${revision}`, () => api.get(`profiles/${encodeURIComponent(id)}`, profilePage));
  if (page.is !== 'ready') return <Pending of={page} what="profile" />;
  const p = page.value;
  return (
    <Screen
      icon="standard:user_role"
      title={p.name}
      crumb="Setup > Profiles"
      actions={<Button onClick={() => open('EnhancedProfiles')}>Back to List</Button>}
    >
      <Card>
        <Section title="Profile Overview">
          <Details
            items={[
              ['Name', p.name],
              ['User License', 'Salesforce'],
              ['User Type', p.userType],
              ['Active Users', String(p.users)],
            ]}
          />
        </Section>
        <Section title="System Permissions">
          <SetupTable
            label="System Permissions"
            columns={['Permission Name', 'Enabled']}
            empty=""
            rows={p.system.map((s) => ({
              key: s.name,
              cells: [s.label, <Ticked key="on" on={s.on} label={s.label} />],
            }))}
          />
        </Section>
        <Rights of={p} />
        <StatusAccess
          path={`profiles/${p.id}`}
          items={p.statuses}
          saved={() => {
            say('success', `Profile "${p.name}" was saved.`);
            setRevision((n) => n + 1);
          }}
        />
      </Card>
    </Screen>
  );
}
