import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { DuelingList } from '../parts/DuelingList.tsx';
import { Checkbox, Radios, Select, TextInput } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import * as wire from './layout-wire.ts';
import { SoftphonePreview } from './SoftphonePreview.tsx';

/** The form of a layout; without an id that of a new one. */
export function LayoutEdit({ id }: { id: string }) {
  const { get } = useSetup().api;
  const loaded = useLoad(`softphone-layout-form/${id}`, () =>
    get(`softphone-layout-form${id === '' ? '' : `?id=${encodeURIComponent(id)}`}`, wire.layoutForm),
  );
  return (
    <Await of={loaded} what="softphone layout">
      {(form) => <Form id={id} form={form} />}
    </Await>
  );
}

const directions: { value: wire.Direction; label: string }[] = [
  { value: 'inbound', label: 'Inbound' },
  { value: 'outbound', label: 'Outbound' },
  { value: 'internal', label: 'Internal' },
];

function Form({ id, form }: { id: string; form: wire.LayoutForm }) {
  const { post } = useSetup().api;
  const { open } = useSetup();
  const [layout, setLayout] = useState(form.layout);
  const [direction, setDirection] = useState<wire.Direction>('inbound');
  const change = useChange();
  const back = () => open('SoftphoneLayouts');
  const edit = (c: wire.CallType) => setLayout({ ...layout, [direction]: c });
  const title = id === '' ? 'New Softphone Layout' : 'Softphone Layout Edit';
  return (
    <Screen icon="standard:call" crumb="Setup > Softphone Layouts" title={title}>
      <SetupForm
        form={change}
        name={title}
        onSave={() =>
          void change.run(async () => {
            await post('softphone-layouts', wire.saved, { id, lastModified: form.lastModified, layout });
            back();
          })
        }
        onCancel={back}
      >
        <div className="pc-form">
          <TextInput
            label="Name"
            required
            value={layout.name}
            error={change.fields.Name}
            onChange={(name) => setLayout({ ...layout, name })}
          />
          <Checkbox
            label="Is Default Layout"
            checked={layout.default}
            onChange={(checked) => setLayout({ ...layout, default: checked })}
          />
          <Select
            label="Select Call Type"
            value={direction}
            options={directions}
            onChange={(value) => setDirection(directions.find((d) => d.value === value)?.value ?? 'inbound')}
          />
        </div>
        <div className="slds-grid slds-gutters_small">
          <div className="slds-col">
            <CallTypeForm
              key={direction}
              direction={direction}
              value={layout[direction]}
              form={form}
              fields={change.fields}
              onChange={edit}
            />
          </div>
          <div className="slds-col slds-no-flex">
            <SoftphonePreview direction={direction} value={layout[direction]} form={form} />
          </div>
        </div>
      </SetupForm>
    </Screen>
  );
}

interface CallTypeProps {
  direction: wire.Direction;
  value: wire.CallType;
  form: wire.LayoutForm;
  fields: Record<string, string>; // what is wrong, by field
  onChange(value: wire.CallType): void;
}

function CallTypeForm({ direction, value, form, fields, onChange }: CallTypeProps) {
  const [choosing, setChoosing] = useState<'fields' | 'objects' | null>(null);
  const [editing, setEditing] = useState('');
  const labelOf = (object: string) => form.objects.find((o) => o.name === object)?.label ?? object;
  const addObjects = (names: string[]) => {
    const next = wire.withObjects(value, names);
    const had = new Set(value.objects.map((o) => o.object));
    onChange({
      ...next,
      objects: next.objects.map((o) => (had.has(o.object) ? o : { ...o, fields: [wire.nameFieldOf(form, o.object)] })),
    });
  };
  return (
    <>
      <Fold title="Display these call-related fields" startOpen={false}>
        <p className="slds-m-bottom_x-small">
          {value.callFields.map((f) => form.callFields.find((c) => c.name === f)?.label ?? f).join(', ') || 'None'}
        </p>
        <Button onClick={() => setChoosing(choosing === 'fields' ? null : 'fields')}>Add / Remove Items</Button>
        {choosing === 'fields' && (
          <DuelingList
            available="Available call-related fields"
            chosen="Selected call-related fields"
            options={{ all: form.callFields.map((c) => ({ value: c.name, label: c.label })), value: value.callFields }}
            onChange={(callFields) => onChange({ ...value, callFields })}
          />
        )}
      </Fold>
      <Fold title="Display these salesforce.com objects" startOpen={false}>
        <p className="slds-m-bottom_x-small">{value.objects.map((o) => labelOf(o.object)).join(', ') || 'None'}</p>
        <Button onClick={() => setChoosing(choosing === 'objects' ? null : 'objects')}>Add / Remove Objects</Button>
        {choosing === 'objects' && (
          <DuelingList
            available="Available Objects"
            chosen="Selected Objects"
            options={{
              all: form.objects.map((o) => ({ value: o.name, label: o.label })),
              value: value.objects.map((o) => o.object),
            }}
            onChange={addObjects}
          />
        )}
        {value.objects.map((o) => (
          <ObjectFields
            key={o.object}
            object={o}
            form={form}
            open={editing === o.object}
            onToggle={() => setEditing(editing === o.object ? '' : o.object)}
            onChange={(fields) =>
              onChange({ ...value, objects: value.objects.map((x) => (x.object === o.object ? { ...x, fields } : x)) })
            }
          />
        ))}
        <p className="slds-text-color_weak slds-m-top_small">
          If multiple matches are found, only the record names are displayed.
        </p>
      </Fold>
      {direction === 'inbound' && <ScreenPopSettings value={value} form={form} fields={fields} onChange={onChange} />}
    </>
  );
}

function ObjectFields({
  object,
  form,
  open,
  onToggle,
  onChange,
}: {
  object: { object: string; fields: string[] };
  form: wire.LayoutForm;
  open: boolean;
  onToggle(): void;
  onChange(fields: string[]): void;
}) {
  const known = form.objects.find((o) => o.name === object.object);
  const label = known?.label ?? object.object;
  const fields = known?.fields ?? [];
  return (
    <div className="slds-m-top_small">
      <p>
        <strong>If single {label} found, display:</strong>{' '}
        {object.fields.map((f) => fields.find((x) => x.name === f)?.label ?? f).join(', ')}{' '}
        <Act label={open ? 'Done' : 'Edit'} name={`Edit fields of ${label}`} onAct={onToggle} />
      </p>
      {open && (
        <DuelingList
          available={`Available ${label} fields`}
          chosen={`Selected ${label} fields`}
          options={{ all: fields.map((f) => ({ value: f.name, label: f.label })), value: object.fields }}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** A section that opens and closes. */
function Fold({ title, startOpen, children }: { title: string; startOpen: boolean; children: React.ReactNode }) {
  const [open, setOpen] = useState(startOpen);
  return (
    <div className={`slds-section ${open ? 'slds-is-open' : ''}`}>
      <h2 className="slds-section__title">
        <button
          type="button"
          className="slds-button slds-section__title-action"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true" className="slds-m-right_x-small">
            {open ? '▾' : '▸'}
          </span>
          <span className="slds-truncate" title={title}>
            {title}
          </span>
        </button>
      </h2>
      {open && <div className="slds-section__content slds-p-horizontal_small">{children}</div>}
    </div>
  );
}

function ScreenPopSettings({ value, form, fields, onChange }: Omit<CallTypeProps, 'direction'>) {
  const settings: { name: wire.PopSetting; field: string; legend: string }[] = [
    { name: 'noMatch', field: 'NoMatch', legend: 'No matching records:' },
    { name: 'singleMatch', field: 'SingleMatch', legend: 'Single-matching record:' },
    { name: 'multipleMatches', field: 'MultipleMatches', legend: 'Multiple-matching records:' },
  ];
  return (
    <Fold title="Screen Pop Settings" startOpen={true}>
      <h3 className="slds-text-title_caps slds-m-bottom_small">CTI 2.0 or Higher Settings</h3>
      <Radios
        legend="Screen pops open within:"
        value={value.openWithin === 'NewWindow' ? 'NewWindow' : 'ExistingWindow'}
        onChange={(openWithin) => onChange({ ...value, openWithin })}
        options={[
          { value: 'ExistingWindow', label: 'Existing browser window' },
          { value: 'NewWindow', label: 'New browser window or tab' },
        ]}
      />
      {settings.map((s) => {
        const pop = value[s.name];
        const set = (next: wire.PopChoice) => onChange({ ...value, [s.name]: next });
        return (
          <div key={s.name}>
            <Radios<string>
              legend={s.legend}
              value={pop.type}
              onChange={(type) => set(wire.withPop(type, pop))}
              options={wire.popLabels[s.name].map(([type, label]) => ({
                value: type,
                label,
                children: <PopTarget setting={s.name} pop={pop} form={form} error={fields[s.field]} onChange={set} />,
              }))}
            />
          </div>
        );
      })}
    </Fold>
  );
}

/** The object or page that a setting needs beside its kind. */
function PopTarget({
  setting,
  pop,
  form,
  error,
  onChange,
}: {
  setting: wire.PopSetting;
  pop: wire.PopChoice;
  form: wire.LayoutForm;
  error: string | undefined;
  onChange(pop: wire.PopChoice): void;
}) {
  const none = { value: '', label: '--None--' };
  const choose = (data: string) => onChange({ ...pop, data });
  if (pop.type === 'PopToEntity' && setting === 'noMatch') {
    const options = [none, ...form.objects.map((o) => ({ value: o.name, label: o.label }))];
    return <Select label="Object" value={pop.data} options={options} error={error} onChange={choose} />;
  }
  if (pop.type === 'PopToVisualforce') {
    const options = [none, ...form.pages.map((p) => ({ value: p.name, label: p.label }))];
    return <Select label="Visualforce page" value={pop.data} options={options} error={error} onChange={choose} />;
  }
  if (pop.type === 'PopToFlow') {
    const options = [none, ...wire.flowOptions(form.flows, pop.data)];
    const help = form.flows.length === 0 ? wire.noFlows : '';
    return <Select label="Flow" value={pop.data} options={options} error={error} help={help} onChange={choose} />;
  }
  return null;
}
