import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { TextArea, TextInput } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { decodeNothing, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
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
  const { go, say } = useSetup();
  const { busy, trouble, run } = useChange();
  const [label, setLabel] = useState(p.label);
  const [description, setDescription] = useState(p.description);
  const [markup, setMarkup] = useState(p.markup);
  const [lastModified, setLastModified] = useState(p.lastModified);
  const save = async () => {
    await post(pathOf(p.id), decodeNothing, { label, description, markup, lastModified });
    say('success', `Visualforce page "${label}" was saved.`);
  };
  return (
    <Screen title={`Visualforce Page Edit: ${p.name}`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void run(async () => {
            await save();
            go(node, `/${p.id}`);
          });
        }}
      >
        <FormTrouble trouble={trouble} />
        <Card title="Page Information">
          <div className="pc-form">
            <TextInput label="Label" required value={label} error={trouble?.fields.label} onChange={setLabel} />
            <TextInput label="Name" readOnly value={p.name} onChange={() => undefined} />
            <TextInput
              label="Description"
              value={description}
              error={trouble?.fields.description}
              onChange={setDescription}
            />
          </div>
        </Card>
        <Card title="Visualforce Markup">
          <TextArea
            label="Markup"
            required
            rows={20}
            isCode
            value={markup}
            error={trouble?.fields.markup}
            onChange={setMarkup}
          />
        </Card>
        <div className="pc-actions slds-align_absolute-center">
          <Submit busy={busy}>Save</Submit>
          <Button
            disabled={busy}
            onClick={() =>
              void run(async () => {
                await save();
                setLastModified((await get(pathOf(p.id), page)).lastModified);
              })
            }
          >
            Quick Save
          </Button>
          <Button onClick={() => go(node, `/${p.id}`)}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
