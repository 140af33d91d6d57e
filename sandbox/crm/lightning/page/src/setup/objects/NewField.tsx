import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { AreaField, CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useForm } from '../parts/use-form.ts';
import { apiName } from '../permsets/Properties.tsx';
import { permissionSets } from '../permsets/wire.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { type ObjectPage, objects } from './wire.ts';

const types = [
  { value: 'Checkbox', label: 'Checkbox', text: 'A True (checked) or False (unchecked) value.' },
  { value: 'Currency', label: 'Currency', text: 'A dollar or other currency amount.' },
  { value: 'Date', label: 'Date', text: 'A date.' },
  { value: 'DateTime', label: 'Date/Time', text: 'A date and time.' },
  { value: 'Email', label: 'Email', text: 'An email address, which is validated.' },
  { value: 'Lookup', label: 'Lookup Relationship', text: 'A relationship that links this object to another object.' },
  { value: 'Number', label: 'Number', text: 'Any number.' },
  { value: 'Percent', label: 'Percent', text: 'A percentage number.' },
  { value: 'Phone', label: 'Phone', text: 'Any phone number.' },
  { value: 'Picklist', label: 'Picklist', text: 'A value from a list that you define.' },
  { value: 'Text', label: 'Text', text: 'Any combination of letters and numbers.' },
  { value: 'TextArea', label: 'Text Area', text: 'Up to 255 characters on separate lines.' },
  { value: 'LongTextArea', label: 'Text Area (Long)', text: 'Up to 131,072 characters on separate lines.' },
  { value: 'Url', label: 'URL', text: 'Any valid website address.' },
];

/** The wizard of a new custom field: its type, its details, who may use it. */
export function NewField({ object }: { object: ObjectPage }) {
  const { api, openObject, say } = useSetup();
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [allowed, setAllowed] = useState<ReadonlySet<string>>(new Set());
  const loaded = useLoad('field-choices', () =>
    Promise.all([api.call('GET', '/setup/objects', objects), api.call('GET', '/setup/permsets', permissionSets)]),
  );
  const form = useForm({
    type: '',
    label: '',
    name: '',
    help: '',
    length: '255',
    digits: '18',
    decimals: '0',
    required: false,
    unique: false,
    externalId: false,
    checked: false,
    values: '',
    referenceTo: '',
  });
  if (loaded.is !== 'ready') return <Pending of={loaded} what="choices" />;
  const [all, sets] = loaded.value;
  const type = form.text('type');
  const isNumber = ['Number', 'Currency', 'Percent'].includes(type);
  const leave = () => openObject(object.name, 'FieldsAndRelationships', 'view');
  const save = async () => {
    const lines = form.text('values').split('\n');
    const isSaved = await form.submit(() =>
      api.call('POST', `/setup/objects/${encodeURIComponent(object.name)}/fields`, done, {
        type,
        label: form.text('label'),
        name: form.text('name'),
        help: form.text('help'),
        length: Number.parseInt(form.text('length'), 10) || 0,
        digits: Number.parseInt(form.text('digits'), 10) || 0,
        decimals: Number.parseInt(form.text('decimals'), 10) || 0,
        required: form.values.required === true,
        unique: form.values.unique === true,
        externalId: form.values.externalId === true,
        checked: form.values.checked === true,
        values: lines.map((line) => line.trim()).filter((line) => line !== ''),
        referenceTo: form.text('referenceTo'),
        sets: [...allowed],
      }),
    );
    if (isSaved) {
      say('success', `Field "${form.text('label')}" was created.`);
      leave();
    } else setStep(2);
  };
  const next = () => {
    if (step === 3) void save();
    else setStep(step === 1 ? 2 : 3);
  };
  return (
    <SetupForm
      form={form}
      name="New Custom Field"
      save={step === 3 ? 'Save' : 'Next'}
      canSave={type !== ''}
      onSave={next}
      onCancel={step === 1 ? leave : () => setStep(step === 3 ? 2 : 1)}
      cancel={step === 1 ? 'Cancel' : 'Previous'}
    >
      {step === 1 && (
        <Section title="Step 1. Choose the field type">
          <fieldset>
            <legend className="slds-m-bottom_x-small">
              Specify the type of information that the custom field will contain.
            </legend>
            {types.map((t) => (
              <label key={t.value} className="slds-show slds-p-vertical_xx-small">
                <input
                  type="radio"
                  name="type"
                  value={t.value}
                  checked={type === t.value}
                  onChange={() => form.set('type', t.value)}
                />{' '}
                <strong>{t.label}</strong> <span className="slds-text-color_weak">{t.text}</span>
              </label>
            ))}
          </fieldset>
        </Section>
      )}
      {step === 2 && (
        <Section title="Step 2. Enter the details">
          {type === 'Lookup' && (
            <SelectField
              form={form}
              name="referenceTo"
              label="Related To"
              required
              none="--None--"
              options={all.objects.map((o) => ({ value: o.name, label: o.label }))}
            />
          )}
          <TextField form={form} name="label" label="Field Label" required maxLength={40} />
          {type === 'Picklist' && (
            <AreaField
              form={form}
              name="values"
              label="Values"
              required
              rows={5}
              help="Enter values, with each value separated by a new line."
            />
          )}
          {(type === 'Text' || type === 'LongTextArea') && (
            <TextField form={form} name="length" label="Length" type="number" required />
          )}
          {isNumber && (
            <div className="pc-setup-columns">
              <TextField form={form} name="digits" label="Length" type="number" required />
              <TextField form={form} name="decimals" label="Decimal Places" type="number" required />
            </div>
          )}
          <TextField
            form={form}
            name="name"
            label="Field Name"
            required
            maxLength={40}
            help={`Such as ${apiName(form.text('label')) || 'Order_Number'}; __c is added.`}
          />
          <AreaField form={form} name="help" label="Help Text" maxLength={510} />
          {type === 'Checkbox' ? (
            <CheckField form={form} name="checked" label="Checked by default" />
          ) : (
            <CheckField
              form={form}
              name="required"
              label="Always require a value in this field in order to save a record"
            />
          )}
          {['Text', 'Number', 'Email'].includes(type) && (
            <>
              <CheckField form={form} name="unique" label="Do not allow duplicate values" />
              <CheckField
                form={form}
                name="externalId"
                label="Set this field as the unique record identifier from an external system"
              />
            </>
          )}
        </Section>
      )}
      {step === 3 && (
        <Section title="Step 3. Establish field-level security">
          <p className="slds-m-bottom_small">
            A custom field is invisible to everyone until a permission set gives access. Select those that may read and
            edit it.{form.values.required === true && ' A required field follows the rights on its object.'}
          </p>
          {sets.sets.map((set) => (
            <label key={set.id} className="slds-show slds-p-vertical_xx-small">
              <input
                type="checkbox"
                checked={allowed.has(set.id)}
                disabled={form.values.required === true}
                onChange={(e) => {
                  const after = new Set(allowed);
                  if (e.currentTarget.checked) after.add(set.id);
                  else after.delete(set.id);
                  setAllowed(after);
                }}
              />{' '}
              {set.label}
            </label>
          ))}
        </Section>
      )}
    </SetupForm>
  );
}
