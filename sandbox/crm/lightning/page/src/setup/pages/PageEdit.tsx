import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { TextArea, TextInput } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { decodeNothing, usePhoneSetup } from '../phone-setup.ts';
import { useSetup } from '../setup-context.ts';
import { node, type Page, page, pathOf } from './page-wire.ts';

/** Changes a page's label, description and markup. Markup that does not compile is refused, and stays in the form. */
export function PageEdit({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const loaded = useLoad(`visualforce-page-form/${id}`, () => get(pathOf(id), page));
  return (
    <Await of={loaded} what="Visualforce page">
      {(p) => <Form p={p} />}
    </Await>
  );
}

function Form({ p }: { p: Page }) {
  const { post, get } = usePhoneSetup();
  const { open, say } = useSetup();
  const change = useChange();
  const [label, setLabel] = useState(p.label);
  const [description, setDescription] = useState(p.description);
  const [markup, setMarkup] = useState(p.markup);
  const [lastModified, setLastModified] = useState(p.lastModified);
  const save = async () => {
    await post(pathOf(p.id), decodeNothing, { label, description, markup, lastModified });
    say('success', `Visualforce page "${label}" was saved.`);
  };
  return (
    <Screen
      icon="standard:visualforce_page"
      crumb="Setup > Visualforce Pages"
      title={`Visualforce Page Edit: ${p.name}`}
    >
      <SetupForm
        form={change}
        name="Visualforce Page Edit"
        onSave={() =>
          void change.run(async () => {
            await save();
            open(node, `/${p.id}`);
          })
        }
        onCancel={() => open(node, `/${p.id}`)}
        more={
          <Button
            disabled={change.isBusy}
            onClick={() =>
              void change.run(async () => {
                await save();
                setLastModified((await get(pathOf(p.id), page)).lastModified);
              })
            }
          >
            Quick Save
          </Button>
        }
      >
        <Section title="Page Information">
          <div className="pc-setup-columns">
            <TextInput label="Label" required value={label} error={change.fields.label} onChange={setLabel} />
            <TextInput label="Name" readOnly value={p.name} onChange={() => undefined} />
            <TextInput
              label="Description"
              value={description}
              error={change.fields.description}
              onChange={setDescription}
            />
          </div>
        </Section>
        <Section title="Visualforce Markup">
          <TextArea
            label="Markup"
            required
            rows={20}
            isCode
            value={markup}
            error={change.fields.markup}
            onChange={setMarkup}
          />
        </Section>
      </SetupForm>
    </Screen>
  );
}
