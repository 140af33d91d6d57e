import { useState } from 'react';
import { AreaField, CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { LookupField } from '../parts/LookupField.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { type Form, type FormValues, useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { savedId } from '../wire.ts';
import type { SettingField, SettingPage, SettingRow } from './wire.ts';

interface Props {
  setting: SettingPage;
  row: SettingRow | null; // null: a new one
  level: 'organization' | 'location';
}

/** What a form begins with: the row's values, or the fields' defaults. */
export function initial(fields: readonly SettingField[], row: SettingRow | null): FormValues {
  const values: FormValues = { owner: row?.owner ?? '', Name: row?.name ?? '' };
  for (const f of fields) {
    const value = row ? (row.values[f.name] ?? null) : f.default;
    values[f.name] = f.type === 'boolean' ? value === true : value === null ? '' : String(value);
  }
  return values;
}

/** The form of one set of data. */
export function SettingForm({ setting, row, level }: Props) {
  const { api, open, say, start } = useSetup();
  const form = useForm(initial(setting.fields, row));
  const [kind, setKind] = useState<'Profile' | 'User'>('Profile');
  const [chosen, setChosen] = useState('');
  const isHierarchy = setting.type === 'Hierarchy';
  const back = `/${setting.name}`;
  const path = `customsettings/${setting.name}`;
  const save = async () => {
    const values = Object.fromEntries(
      setting.fields.map((f) => {
        const value = form.values[f.name] ?? null;
        return [f.name, value === '' ? null : value];
      }),
    );
    const isSaved = await form.submit(() => {
      if (row)
        return api.patch(`${path}/${row.id}`, savedId, {
          values,
          name: form.text('Name'),
          lastModified: row.lastModified,
        });
      if (isHierarchy && level === 'location' && form.text('owner') === '') {
        // The server would take no owner for the organization.
        throw new MissingOwner();
      }
      return api.post(path, savedId, { owner: form.text('owner'), name: form.text('Name'), values });
    });
    if (!isSaved) return;
    say('success', `${setting.label} data was saved.`);
    open('CustomSettings', back);
  };
  const title = `${setting.label} Edit`;
  return (
    <Screen icon="standard:settings" title={title} crumb={`Setup > Custom Settings > ${setting.label}`}>
      <SetupForm form={form} name={title} onSave={save} onCancel={() => open('CustomSettings', back)}>
        <Section title={`${setting.label} Information`}>
          {isHierarchy && (row || level === 'organization') && (
            <Details items={[['Location', row ? row.ownerName : start.organization.name]]} />
          )}
          {isHierarchy && !row && level === 'location' && (
            <div className="pc-setup-columns">
              <SelectLocation
                kind={kind}
                onChange={(next) => {
                  setKind(next);
                  form.set('owner', '');
                }}
              />
              <LookupField
                key={kind}
                form={form}
                name="owner"
                label={kind}
                object={kind}
                chosen={chosen}
                required
                onChoose={setChosen}
              />
            </div>
          )}
          {!isHierarchy && <TextField form={form} name="Name" label="Name" required maxLength={38} />}
          {setting.fields.map((f) => (
            <SettingInput key={f.name} form={form} field={f} />
          ))}
        </Section>
      </SetupForm>
    </Screen>
  );
}

class MissingOwner extends Error {
  constructor() {
    super('Location: You must enter a value. Choose the profile or user that the data is for.');
  }
}

function SelectLocation({ kind, onChange }: { kind: string; onChange(kind: 'Profile' | 'User'): void }) {
  const form: Form = {
    values: { kind },
    isBusy: false,
    problem: '',
    text: () => kind,
    error: () => '',
    set: (_, value) => onChange(value === 'User' ? 'User' : 'Profile'),
    submit: async () => false,
  };
  return (
    <SelectField
      form={form}
      name="kind"
      label="Location"
      options={['Profile', 'User'].map((value) => ({ value, label: value }))}
    />
  );
}

const inputs = {
  email: 'email',
  url: 'url',
  phone: 'tel',
  date: 'date',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
} as const;
const isInput = (type: string): type is keyof typeof inputs => type in inputs;

function SettingInput({ form, field }: { form: Form; field: SettingField }) {
  const common = {
    form,
    name: field.name,
    label: field.label,
    required: field.required,
    ...(field.help ? { help: field.help } : {}),
  };
  if (field.type === 'boolean') return <CheckField {...common} />;
  if (field.type === 'textarea') return <AreaField {...common} maxLength={field.length} />;
  const length = field.length > 0 ? { maxLength: field.length } : {};
  return <TextField {...common} {...length} type={isInput(field.type) ? inputs[field.type] : 'text'} />;
}
