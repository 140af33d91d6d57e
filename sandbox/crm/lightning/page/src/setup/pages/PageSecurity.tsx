import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { DuelingList } from '../parts/DuelingList.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { decodeNothing, usePhoneSetup } from '../phone-setup.ts';
import { useSetup } from '../setup-context.ts';
import { enabled, type Grant, node, pathOf, type Security, security } from './page-wire.ts';

/** Which profiles and permission sets let their users open a page. */
export function PageSecurity({ id }: { id: string }) {
  const { get } = usePhoneSetup();
  const loaded = useLoad(`page-security/${id}`, () => get(`${pathOf(id)}/security`, security));
  return (
    <Await of={loaded} what="page access">
      {(value) => <Form id={id} start={value} />}
    </Await>
  );
}

const options = (all: Grant[], value: string[]) => ({
  all: all.map((g) => ({ value: g.id, label: g.label })),
  value,
});

function Form({ id, start }: { id: string; start: Security }) {
  const { post } = usePhoneSetup();
  const { open, say } = useSetup();
  const change = useChange();
  const was = { profiles: enabled(start.profiles), sets: enabled(start.sets) };
  const [profiles, setProfiles] = useState(was.profiles);
  const [sets, setSets] = useState(was.sets);
  return (
    <Screen
      icon="standard:visualforce_page"
      crumb="Setup > Visualforce Pages"
      title={`Enable Visualforce Page Access: ${start.name}`}
    >
      <SetupForm
        form={change}
        name="Enable Visualforce Page Access"
        onSave={() =>
          void change.run(async () => {
            await post(`${pathOf(id)}/security`, decodeNothing, { profiles, sets, was });
            say('success', `Access to the Visualforce page "${start.name}" was saved.`);
            open(node, `/${id}`);
          })
        }
        onCancel={() => open(node, `/${id}`)}
      >
        <p className="slds-m-bottom_small">
          Users with an enabled profile or permission set may open the page. Users who may customize the application may
          open every page.
        </p>
        <Section title="Profiles">
          <DuelingList
            available="Available Profiles"
            chosen="Enabled Profiles"
            isOrdered={false}
            options={options(start.profiles, profiles)}
            onChange={setProfiles}
          />
        </Section>
        <Section title="Permission Sets">
          <DuelingList
            available="Available Permission Sets"
            chosen="Enabled Permission Sets"
            isOrdered={false}
            options={options(start.sets, sets)}
            onChange={setSets}
          />
        </Section>
      </SetupForm>
    </Screen>
  );
}
