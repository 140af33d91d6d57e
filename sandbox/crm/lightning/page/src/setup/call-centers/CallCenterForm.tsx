import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { TextInput } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import * as wire from './center-wire.ts';

/** Changes a call center's values, or makes another one with the same fields. */
export function CallCenterForm({ id, isClone }: { id: string; isClone: boolean }) {
  const { get } = useSetup().api;
  const loaded = useLoad(`call-center-form/${id}`, () => get(`call-centers/${encodeURIComponent(id)}`, wire.center));
  return (
    <Await of={loaded} what="call center">
      {(value) => <Form value={value} isClone={isClone} />}
    </Await>
  );
}

function Form({ value, isClone }: { value: wire.Center; isClone: boolean }) {
  const { post } = useSetup().api;
  const { open } = useSetup();
  const { id, name, lastModified } = value.center;
  const [values, setValues] = useState(isClone ? wire.cloneOf(value) : wire.valuesOf(value));
  const change = useChange();
  const required = [wire.internalNameKey, wire.displayNameKey];
  const title = isClone ? `Clone ${name}` : `${name}: Edit`;
  return (
    <Screen icon="standard:call" crumb="Setup > Call Centers" title={title}>
      <SetupForm
        form={change}
        name={title}
        onSave={() =>
          void change.run(async () => {
            const path = `call-centers/${id}${isClone ? '/clone' : ''}`;
            const saved = await post(path, wire.saved, { values, lastModified });
            open('CallCenters', `/${saved.id}`);
          })
        }
        onCancel={() => open('CallCenters', `/${id}`)}
      >
        {value.sections.map((s) => (
          <Section key={s.label} title={s.label}>
            <div className="pc-setup-columns">
              {s.items.map((i) => (
                <TextInput
                  key={i.key}
                  label={i.label}
                  required={required.includes(i.key)}
                  readOnly={i.key === wire.internalNameKey && !isClone}
                  value={values[i.key] ?? ''}
                  error={change.fields[i.key]}
                  onChange={(typed) => setValues({ ...values, [i.key]: typed })}
                />
              ))}
            </div>
          </Section>
        ))}
      </SetupForm>
    </Screen>
  );
}
