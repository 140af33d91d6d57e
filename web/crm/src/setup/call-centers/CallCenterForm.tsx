import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { TextInput } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './center-wire.ts';

/** Changes a call center's values, or makes another one with the same fields. */
export function CallCenterForm({ id, isClone }: { id: string; isClone: boolean }) {
  const { get } = usePhoneSetup();
  const loaded = useLoad(`call-center-form/${id}`, () => get(`call-centers/${encodeURIComponent(id)}`, wire.center));
  return (
    <Await of={loaded} what="call center">
      {(value) => <Form value={value} isClone={isClone} />}
    </Await>
  );
}

function Form({ value, isClone }: { value: wire.Center; isClone: boolean }) {
  const { post } = usePhoneSetup();
  const { go } = useSetup();
  const { id, name, lastModified } = value.center;
  const [values, setValues] = useState(isClone ? wire.cloneOf(value) : wire.valuesOf(value));
  const { busy, trouble, run } = useChange();
  const required = [wire.internalNameKey, wire.displayNameKey];
  return (
    <Screen title={isClone ? `Clone ${name}` : `${name}: Edit`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void run(async () => {
            const path = `call-centers/${id}${isClone ? '/clone' : ''}`;
            const saved = await post(path, wire.saved, { values, lastModified });
            go('CallCenters', `/${saved.id}`);
          });
        }}
      >
        <FormTrouble trouble={trouble} />
        {value.sections.map((s) => (
          <Card key={s.label} title={s.label}>
            <div className="pc-form">
              {s.items.map((i) => (
                <TextInput
                  key={i.key}
                  label={i.label}
                  required={required.includes(i.key)}
                  readOnly={i.key === wire.internalNameKey && !isClone}
                  value={values[i.key] ?? ''}
                  error={trouble?.fields[i.key]}
                  onChange={(typed) => setValues({ ...values, [i.key]: typed })}
                />
              ))}
            </div>
          </Card>
        ))}
        <div className="pc-actions slds-align_absolute-center">
          <Submit busy={busy}>Save</Submit>
          <Button onClick={() => go('CallCenters', `/${id}`)}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
