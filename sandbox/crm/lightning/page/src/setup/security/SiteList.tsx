import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { type Decoded, flag, list, object, text } from '../../decode.ts';
import { Modal } from '../../shell/Modal.tsx';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';

const site = object({ name: text, url: text, description: text, active: flag, context: text, directives: list(text) });
const sites = object({ sites: list(site) });
export type Site = Decoded<typeof site>;

export interface Kind {
  path: 'cors' | 'framedomains' | 'trustedurls';
  title: string; // of the list
  one: string; // of an entry
  url: string; // the label of its address
  example: string;
  isPolicy: boolean; // has a context and directives
}

const contexts = [
  { value: 'All', label: 'All' },
  { value: 'LEX', label: 'Lightning Experience Pages' },
  { value: 'Communities', label: 'Experience Builder Sites' },
  { value: 'VisualforceOnly', label: 'Visualforce Pages' },
];

const directives = [
  { name: 'connect', label: 'connect-src (scripts)' },
  { name: 'font', label: 'font-src (fonts)' },
  { name: 'frame', label: 'frame-src (iframe content)' },
  { name: 'img', label: 'img-src (images)' },
  { name: 'media', label: 'media-src (audio and video)' },
  { name: 'style', label: 'style-src (stylesheets)' },
  { name: 'camera', label: 'camera (Permissions-Policy)' },
  { name: 'microphone', label: 'microphone (Permissions-Policy)' },
];

const labelOf = (name: string) => directives.find((d) => d.name === name)?.label ?? name;

interface Props {
  kind: Kind;
  /** What the list stands in, with the button that adds to it. */
  around(actions: React.ReactNode, list: React.ReactNode): React.ReactNode;
}

/** A list of addresses that the org allows: shown, added to, changed, and taken from. */
export function SiteList({ kind, around }: Props) {
  const { api, say, may } = useSetup();
  const [revision, setRevision] = useState(0);
  const [edited, setEdited] = useState<Site | 'new' | null>(null);
  const [leaving, setLeaving] = useState<Site | null>(null);
  const page = useLoad(`${kind.path}#${revision}`, () => api.call('GET', `/setup/${kind.path}`, sites));
  const mayEdit = may('CustomizeApplication');
  const after = (message: string) => {
    say('success', message);
    setRevision((n) => n + 1);
  };
  const list =
    page.is === 'ready' ? (
      <SetupTable
        label={kind.title}
        columns={['API Name', kind.url, ...(kind.isPolicy ? ['Active', 'CSP Context', 'Directives'] : [])]}
        empty="No records to display."
        rows={page.value.sites.map((s) => ({
          key: s.name,
          actions: mayEdit ? (
            <>
              <Act label="Edit" name={`Edit ${s.name}`} onAct={() => setEdited(s)} />
              <Act label="Del" name={`Delete ${s.name}`} onAct={() => setLeaving(s)} />
            </>
          ) : (
            ''
          ),
          cells: [
            s.name,
            s.url,
            ...(kind.isPolicy
              ? [
                  s.active ? 'Yes' : 'No',
                  contexts.find((c) => c.value === s.context)?.label ?? s.context,
                  s.directives.map(labelOf).join(', '),
                ]
              : []),
          ],
        }))}
      />
    ) : (
      <Pending of={page} what={kind.title} />
    );
  return (
    <>
      {around(mayEdit && <Button onClick={() => setEdited('new')}>New {kind.one}</Button>, list)}
      {edited && (
        <SiteForm
          kind={kind}
          site={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={(name) => {
            setEdited(null);
            after(`${kind.one} "${name}" was saved.`);
          }}
        />
      )}
      {leaving && (
        <ConfirmDialog
          title={`Delete ${kind.one}`}
          act="Delete"
          onClose={() => setLeaving(null)}
          onAct={async () => {
            await api.call('DELETE', `/setup/${kind.path}/${encodeURIComponent(leaving.name)}`, done);
            after(`${kind.one} "${leaving.name}" was deleted.`);
          }}
        >
          <p>Are you sure you want to delete {leaving.url}? What relies on it stops working at once.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface FormProps {
  kind: Kind;
  site: Site | null;
  onClose(): void;
  onSaved(name: string): void;
}

function SiteForm({ kind, site: start, onClose, onSaved }: FormProps) {
  const { api } = useSetup();
  const on = new Set(start?.directives ?? []);
  const form = useForm({
    name: start?.name ?? '',
    url: start?.url ?? '',
    description: start?.description ?? '',
    active: start?.active ?? true,
    context: start?.context || 'All',
    directives: null,
    ...Object.fromEntries(directives.map((d) => [d.name, on.has(d.name)])),
  });
  const name = form.text('name');
  const save = async () => {
    const isSaved = await form.submit(() =>
      api.call('PUT', `/setup/${kind.path}/${encodeURIComponent(name.trim() || ' ')}`, done, {
        name: start?.name ?? '',
        url: form.text('url'),
        description: form.text('description'),
        active: form.values.active === true,
        context: form.text('context'),
        directives: directives.map((d) => d.name).filter((d) => form.values[d] === true),
      }),
    );
    if (isSaved) onSaved(name);
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="brand" disabled={form.isBusy} onClick={save}>
        Save
      </Button>
    </>
  );
  return (
    <Modal title={start ? `Edit ${kind.one}` : `New ${kind.one}`} footer={footer} onClose={onClose}>
      {form.problem && <MessageBox tone="error">{form.error('directives') || form.problem}</MessageBox>}
      {start ? null : <TextField form={form} name="name" label="API Name" required maxLength={80} />}
      <TextField form={form} name="url" label={kind.url} required help={kind.example} />
      {kind.isPolicy && (
        <>
          <TextField form={form} name="description" label="Description" maxLength={255} />
          <CheckField form={form} name="active" label="Active" />
          <SelectField form={form} name="context" label="CSP Context" required options={contexts} />
          <fieldset>
            <legend className="slds-form-element__label">Directives</legend>
            <div className="pc-setup-columns">
              {directives.map((d) => (
                <CheckField key={d.name} form={form} name={d.name} label={d.label} />
              ))}
            </div>
          </fieldset>
        </>
      )}
    </Modal>
  );
}
