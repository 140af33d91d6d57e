import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { DuelingList } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { decodeNothing, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
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
  const { go, say } = useSetup();
  const { busy, trouble, run } = useChange();
  const was = { profiles: enabled(start.profiles), sets: enabled(start.sets) };
  const [profiles, setProfiles] = useState(was.profiles);
  const [sets, setSets] = useState(was.sets);
  return (
    <Screen title={`Enable Visualforce Page Access: ${start.name}`}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void run(async () => {
            await post(`${pathOf(id)}/security`, decodeNothing, { profiles, sets, was });
            say('success', `Access to the Visualforce page "${start.name}" was saved.`);
            go(node, `/${id}`);
          });
        }}
      >
        <FormTrouble trouble={trouble} />
        <p className="slds-m-bottom_small">
          Users with an enabled profile or permission set may open the page. Users who may customize the application may
          open every page.
        </p>
        <Card title="Profiles">
          <DuelingList
            available="Available Profiles"
            chosen="Enabled Profiles"
            isOrdered={false}
            options={options(start.profiles, profiles)}
            onChange={setProfiles}
          />
        </Card>
        <Card title="Permission Sets">
          <DuelingList
            available="Available Permission Sets"
            chosen="Enabled Permission Sets"
            isOrdered={false}
            options={options(start.sets, sets)}
            onChange={setSets}
          />
        </Card>
        <div className="pc-actions slds-align_absolute-center">
          <Submit busy={busy}>Save</Submit>
          <Button onClick={() => go(node, `/${id}`)}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
