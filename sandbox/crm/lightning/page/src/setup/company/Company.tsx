import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { type Decoded, flag, list, number, object, text } from '../../decode.ts';
import { classic } from '../location.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { SelectField, TextField } from '../parts/Fields.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useForm } from '../parts/use-form.ts';
import { Rights } from '../permsets/Summary.tsx';
import { access, objectRight } from '../permsets/wire.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';

const option = object({ value: text, label: text });
const company = object({
  name: text,
  phone: text,
  contact: text,
  country: text,
  locale: text,
  language: text,
  timeZone: text,
  id: text,
  edition: text,
  instance: text,
  lastModified: text,
  locales: list(option),
  languages: list(option),
  timeZones: list(option),
});
type Company = Decoded<typeof company>;

/** Company Information: who the org is, and its locale. */
export function CompanyInformation() {
  const { api, may } = useSetup();
  const [revision, setRevision] = useState(0);
  const [isEditing, setEditing] = useState(false);
  const page = useLoad(`company#${revision}`, () => api.call('GET', '/setup/company', company));
  if (page.is !== 'ready') return <Pending of={page} what="company information" />;
  const c = page.value;
  const labelOf = (options: Company['locales'], value: string) =>
    options.find((o) => o.value === value)?.label ?? value;
  if (isEditing)
    return (
      <CompanyForm
        start={c}
        onClose={(isSaved) => {
          setEditing(false);
          if (isSaved) setRevision((n) => n + 1);
        }}
      />
    );
  return (
    <Screen
      icon="standard:account"
      title="Company Information"
      actions={may('CustomizeApplication') && <Button onClick={() => setEditing(true)}>Edit</Button>}
    >
      <Card>
        <Section title="Organization Detail">
          <Details
            items={[
              ['Organization Name', c.name],
              ['Phone', c.phone],
              ['Primary Contact', c.contact],
              ['Default Locale', labelOf(c.locales, c.locale)],
              ['Country', c.country],
              ['Default Language', labelOf(c.languages, c.language)],
              ['Organization Edition', c.edition],
              ['Default Time Zone', labelOf(c.timeZones, c.timeZone)],
              ['Instance', c.instance],
              ['Salesforce.com Organization ID', c.id.slice(0, 15)],
            ]}
          />
        </Section>
      </Card>
    </Screen>
  );
}

function CompanyForm({ start, onClose }: { start: Company; onClose(isSaved: boolean): void }) {
  const { api, say } = useSetup();
  const { name, phone, contact, country, locale, language, timeZone } = start;
  const form = useForm({ name, phone, contact, country, locale, language, timeZone });
  const save = async () => {
    const isSaved = await form.submit(() =>
      api.call('PUT', '/setup/company', done, { ...form.values, lastModified: start.lastModified }),
    );
    if (!isSaved) return;
    say('success', 'Company information was saved.');
    onClose(true);
  };
  return (
    <Screen icon="standard:account" title="Organization Edit" crumb="Setup > Company Information">
      <SetupForm form={form} name="Organization Edit" onSave={save} onCancel={() => onClose(false)}>
        <div className="pc-setup-columns">
          <TextField form={form} name="name" label="Organization Name" required maxLength={80} />
          <SelectField form={form} name="locale" label="Default Locale" required options={start.locales} />
          <TextField form={form} name="contact" label="Primary Contact" maxLength={80} />
          <SelectField form={form} name="language" label="Default Language" required options={start.languages} />
          <TextField form={form} name="phone" label="Phone" type="tel" maxLength={40} />
          <SelectField form={form} name="timeZone" label="Default Time Zone" required options={start.timeZones} />
          <TextField form={form} name="country" label="Country" maxLength={80} />
        </div>
      </SetupForm>
    </Screen>
  );
}

/** My Domain: the hosts of this org, to look up. */
export function MyDomain() {
  const { start } = useSetup();
  return (
    <Screen icon="standard:link" title="My Domain">
      <Card>
        <Section title="My Domain Details">
          <Details
            items={[
              ['Current My Domain URL', window.location.origin],
              ['Visualforce URL', start.visualforceOrigin],
              ['Organization', start.organization.name],
            ]}
          />
          <p className="slds-m-top_small slds-text-color_weak">
            These addresses come from how the sandbox was started, and can't be changed here.
          </p>
        </Section>
      </Card>
    </Screen>
  );
}

const profileFields = { id: text, name: text, userType: text, description: text, custom: flag, users: number };
const profile = object(profileFields);
const profilePage = object({
  ...profileFields,
  system: list(access),
  objects: list(objectRight),
  apps: list(access),
  pages: list(access),
  settings: list(access),
});
const profiles = object({ profiles: list(profile) });

/** Profiles: to look at. */
export function Profiles() {
  const { location } = useSetup();
  const [id] = classic(location.address).parts;
  return id ? <OneProfile id={id} /> : <ProfileList />;
}

function ProfileList() {
  const { api, open } = useSetup();
  const page = useLoad('profiles', () => api.call('GET', '/setup/profiles', profiles));
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
  const { api, open } = useSetup();
  const page = useLoad(`profile/${id}`, () =>
    api.call('GET', `/setup/profiles/${encodeURIComponent(id)}`, profilePage),
  );
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
      </Card>
    </Screen>
  );
}
