import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { AreaField, CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { type FormValues, useForm } from '../parts/use-form.ts';
import { apiName } from '../permsets/Properties.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { settingsForm, settingsOf } from './app-form.ts';
import { OAuthSettings } from './OAuthSettings.tsx';
import { app, type Choices, choices, named, node, type Settings, withChosen } from './wire.ts';

const crumb = 'Setup > External Client App Manager';

export function NewApp() {
  const { api, open, say } = useSetup();
  const page = useLoad('choices', () => api.call('GET', '/setup/clientapps/choices', choices));
  if (page.is !== 'ready') return <Pending of={page} what="form" />;
  return (
    <SettingsForm
      title="New External Client App"
      save="Create"
      name=""
      start={page.value.settings}
      choices={page.value}
      certificate=""
      back=""
      send={async (settings, name) => {
        const made = await api.call('POST', '/setup/clientapps', named, { ...settings, name });
        say('success', `External client app "${settings.label}" was created.`);
        open(node, `/${made.name}`);
      }}
    />
  );
}

export function EditSettings({ name }: { name: string }) {
  const { api, open, say } = useSetup();
  const path = `/setup/clientapps/${encodeURIComponent(name)}`;
  const page = useLoad(`settings/${name}`, () =>
    Promise.all([api.call('GET', path, app), api.call('GET', '/setup/clientapps/choices', choices)]),
  );
  if (page.is !== 'ready') return <Pending of={page} what="external client app" />;
  const [one, all] = page.value;
  return (
    <SettingsForm
      title={`Edit Settings: ${one.label}`}
      save="Save"
      name={one.name}
      start={one.settings}
      choices={all}
      certificate={one.certificate?.subject ?? ''}
      back={`/${one.name}`}
      send={async (settings) => {
        await api.call('PUT', `${path}/settings`, done, { ...settings, revision: one.revision });
        say('success', `External client app "${settings.label}" was saved.`);
        open(node, `/${one.name}`);
      }}
    />
  );
}

interface Props {
  title: string;
  save: string;
  name: string; // '' for a new app, which chooses one
  start: Settings;
  choices: Choices;
  certificate: string; // whose there is already
  back: string;
  send(settings: Settings, name: string): Promise<void>;
}

function SettingsForm({ title, save, name, start, choices: all, certificate, back, send }: Props) {
  const { open } = useSetup();
  const form = useForm({ ...settingsForm(start), name } satisfies FormValues);
  const [hasOwnName, setOwnName] = useState(name !== '');
  const followed = hasOwnName ? form : { ...form, set: follow };
  function follow(field: string, value: string | number | boolean | null) {
    if (field === 'label') form.set('name', apiName(String(value)));
    if (field === 'name') setOwnName(true);
    form.set(field, value);
  }
  return (
    <Screen icon="standard:connected_apps" title={title} crumb={crumb}>
      <SetupForm
        form={form}
        name={title}
        save={save}
        onSave={() => form.submit(() => send(settingsOf(form.values), form.text('name')))}
        onCancel={() => open(node, back)}
      >
        <Section title="Basic Information">
          <div className="pc-setup-columns">
            <TextField form={followed} name="label" label="External Client App Name" required maxLength={80} />
            <TextField form={followed} name="name" label="API Name" required maxLength={80} readOnly={name !== ''} />
            <TextField form={form} name="contactEmail" label="Contact Email" required type="email" maxLength={80} />
            <SelectField
              form={form}
              name="distribution"
              label="Distribution State"
              required
              options={withChosen(all.distributions, [start.distribution])}
            />
            <TextField form={form} name="contactPhone" label="Contact Phone" type="tel" maxLength={40} />
            <TextField form={form} name="infoUrl" label="Info URL" type="url" maxLength={255} />
            <TextField form={form} name="logoUrl" label="Logo Image URL" type="url" maxLength={255} />
            <TextField form={form} name="iconUrl" label="Icon URL" type="url" maxLength={255} />
          </div>
          <AreaField form={form} name="description" label="Description" maxLength={256} />
        </Section>
        <Section title="API (Enable OAuth Settings)">
          <CheckField
            form={form}
            name="oauth"
            label="Enable OAuth"
            help={
              start.oauth && form.values.oauth !== true
                ? 'Nobody can log in with this app while OAuth is off, and its sessions end. The consumer key stays.'
                : ''
            }
          />
          {form.values.oauth === true && <OAuthSettings form={form} choices={all} certificate={certificate} />}
        </Section>
      </SetupForm>
    </Screen>
  );
}
