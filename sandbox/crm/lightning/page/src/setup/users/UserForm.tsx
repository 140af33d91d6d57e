import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { LookupField } from '../parts/LookupField.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { type FormValues, useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { savedId } from '../wire.ts';
import { type Choices, choices, type UserValues, userPage } from './wire.ts';

const blank: UserValues = {
  FirstName: '',
  LastName: '',
  Alias: '',
  Email: '',
  Username: '',
  CommunityNickname: '',
  Title: '',
  Department: '',
  Phone: '',
  MobilePhone: '',
  Extension: '',
  ProfileId: '',
  CallCenterId: '',
  TimeZoneSidKey: 'America/Los_Angeles',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  FederationIdentifier: '',
  IsActive: true,
  UserPermissionsSupportUser: false,
};

export function NewUser() {
  const { api, open, say } = useSetup();
  const loaded = useLoad('choices', () => api.get('users/choices', choices));
  if (loaded.is !== 'ready') return <Pending of={loaded} what="form" />;
  return (
    <UserForm
      title="New User"
      start={{ ...blank, notify: true }}
      choices={loaded.value}
      callCenter=""
      back=""
      send={async (values) => {
        const { id } = await api.post('users', savedId, values);
        const name = `${values.FirstName} ${values.LastName}`.trim();
        const isMailed = values.notify === true && values.IsActive === true;
        say('success', `User "${name}" was created.${isMailed ? ` An email was sent to ${values.Email}.` : ''}`);
        open('ManageUsers', `/${id}`);
      }}
    />
  );
}

export function EditUser({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const path = `users/${encodeURIComponent(id)}`;
  const loaded = useLoad(`edit/${id}`, () => Promise.all([api.get('users/choices', choices), api.get(path, userPage)]));
  if (loaded.is !== 'ready') return <Pending of={loaded} what="user" />;
  const [all, user] = loaded.value;
  return (
    <UserForm
      title={`User Edit: ${user.name}`}
      start={user.values}
      choices={all}
      callCenter={user.callCenter}
      back={`/${id}`}
      send={async (values) => {
        await api.patch(path, savedId, { ...values, lastModified: user.lastModified });
        say('success', `User "${user.name}" was saved.`);
        open('ManageUsers', `/${id}`);
      }}
    />
  );
}

interface Props {
  title: string;
  start: FormValues;
  choices: Choices;
  callCenter: string; // name
  back: string;
  send(values: FormValues): Promise<void>;
}

function UserForm({ title, start, choices: all, callCenter, back, send }: Props) {
  const { open } = useSetup();
  const form = useForm(start);
  const [center, setCenter] = useState(callCenter);
  return (
    <Screen icon="standard:user" title={title} crumb="Setup > Users">
      <SetupForm
        form={form}
        name={title}
        onSave={() => form.submit(() => send(form.values))}
        onCancel={() => open('ManageUsers', back)}
      >
        <Section title="General Information">
          <div className="pc-setup-columns">
            <TextField form={form} name="FirstName" label="First Name" maxLength={40} />
            <SelectField form={form} name="ProfileId" label="Profile" required none="--None--" options={all.profiles} />
            <TextField form={form} name="LastName" label="Last Name" required maxLength={80} />
            <CheckField form={form} name="IsActive" label="Active" />
            <TextField form={form} name="Alias" label="Alias" required maxLength={8} />
            <CheckField form={form} name="UserPermissionsSupportUser" label="Service Cloud User" />
            <TextField form={form} name="Email" label="Email" required type="email" maxLength={128} />
            <LookupField
              form={form}
              name="CallCenterId"
              label="Call Center"
              object="CallCenter"
              chosen={center}
              onChoose={setCenter}
            />
            <TextField form={form} name="Username" label="Username" required maxLength={80} />
            <TextField form={form} name="FederationIdentifier" label="Federation ID" maxLength={512} />
            <TextField form={form} name="CommunityNickname" label="Nickname" required maxLength={40} />
            <TextField form={form} name="Title" label="Title" maxLength={80} />
            <TextField form={form} name="Department" label="Department" maxLength={80} />
            <TextField form={form} name="Phone" label="Phone" type="tel" maxLength={40} />
            <TextField form={form} name="Extension" label="Extension" maxLength={40} />
            <TextField form={form} name="MobilePhone" label="Mobile" type="tel" maxLength={40} />
          </div>
        </Section>
        <Section title="Locale Settings">
          <div className="pc-setup-columns">
            <SelectField form={form} name="TimeZoneSidKey" label="Time Zone" required options={all.timeZones} />
            <SelectField form={form} name="LocaleSidKey" label="Locale" required options={all.locales} />
            <SelectField form={form} name="LanguageLocaleKey" label="Language" required options={all.languages} />
          </div>
        </Section>
        {'notify' in start && (
          <CheckField
            form={form}
            name="notify"
            label="Generate new password and notify user immediately"
            help="Without it, the user can't log in until the password is reset."
          />
        )}
      </SetupForm>
    </Screen>
  );
}
