import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { AreaField, TextField } from '../parts/Fields.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { savedId } from '../wire.ts';
import { fullSet } from './wire.ts';

interface Start {
  label: string;
  name: string;
  description: string;
}

/** An API name made of a label: letters, digits and single underscores. */
export const apiName = (label: string): string =>
  label
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 80);

function PropertiesForm({
  title,
  start,
  send,
  back,
}: {
  title: string;
  start: Start;
  send(values: Start): Promise<{ id: string }>;
  back: string;
}) {
  const { open, say } = useSetup();
  const form = useForm({ ...start });
  const typed = (): Start => ({
    label: form.text('label'),
    name: form.text('name'),
    description: form.text('description'),
  });
  const save = async () => {
    let id = '';
    const isSaved = await form.submit(async () => {
      id = (await send(typed())).id;
    });
    if (!isSaved) return;
    say('success', `Permission set "${form.text('label')}" was saved.`);
    open('PermSets', `/${id}`);
  };
  return (
    <Screen icon="standard:shift_type" title={title} crumb="Setup > Permission Sets">
      <SetupForm form={form} name={title} onSave={save} onCancel={() => open('PermSets', back)}>
        <TextField form={form} name="label" label="Label" required maxLength={80} />
        <TextField
          form={form}
          name="name"
          label="API Name"
          required
          maxLength={80}
          help={apiName(form.text('label'))}
        />
        <AreaField form={form} name="description" label="Description" maxLength={255} />
      </SetupForm>
    </Screen>
  );
}

export function NewSet() {
  const { api } = useSetup();
  return (
    <PropertiesForm
      title="Create Permission Set"
      start={{ label: '', name: '', description: '' }}
      send={(values) => api.post('permsets', savedId, values)}
      back=""
    />
  );
}

export function CloneSet({ id }: { id: string }) {
  const { api } = useSetup();
  return (
    <Loaded id={id}>
      {(set) => (
        <PropertiesForm
          title={`Clone ${set.label}`}
          start={{ label: `${set.label} (Clone)`, name: `${set.name}_Clone`, description: set.description }}
          send={(values) => api.post(`permsets/${id}/clone`, savedId, values)}
          back={`/${id}`}
        />
      )}
    </Loaded>
  );
}

export function EditProperties({ id }: { id: string }) {
  const { api } = useSetup();
  return (
    <Loaded id={id}>
      {(set) => (
        <PropertiesForm
          title={`Edit Properties: ${set.label}`}
          start={{ label: set.label, name: set.name, description: set.description }}
          send={(values) => api.patch(`permsets/${id}`, savedId, { ...values, lastModified: set.lastModified })}
          back={`/${id}`}
        />
      )}
    </Loaded>
  );
}

function Loaded({ id, children }: { id: string; children(set: Start & { lastModified: string }): React.ReactNode }) {
  const { api } = useSetup();
  const page = useLoad(`set/${id}`, () => api.get(`permsets/${encodeURIComponent(id)}`, fullSet));
  if (page.is !== 'ready') return <Pending of={page} what="permission set" />;
  return children(page.value);
}
