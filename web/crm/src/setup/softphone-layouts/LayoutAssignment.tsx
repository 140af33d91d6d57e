import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import type { Decoded } from '../../decode.ts';
import { Select } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { decodeNothing, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './layout-wire.ts';

/** Which profile has which layout. */
export function LayoutAssignment() {
  const { get } = usePhoneSetup();
  const loaded = useLoad('softphone-assignments', () => get('softphone-assignments', wire.assignments));
  return (
    <Await of={loaded} what="softphone layout assignment">
      {(a) => <Form assignments={a} />}
    </Await>
  );
}

function Form({ assignments }: { assignments: Decoded<typeof wire.assignments> }) {
  const { post } = usePhoneSetup();
  const { go } = useSetup();
  const [chosen, setChosen] = useState<Record<string, string>>(
    Object.fromEntries(assignments.profiles.map((p) => [p.profile, p.layout])),
  );
  const { busy, trouble, run } = useChange();
  const standard = assignments.layouts.find((l) => l.default);
  const options = [
    { value: '', label: standard ? `Default (${standard.name})` : 'Default' },
    ...assignments.layouts.map((l) => ({ value: l.id, label: l.name })),
  ];
  const back = () => go('SoftphoneLayouts');
  return (
    <Screen title="Softphone Layout Assignment">
      <form
        onSubmit={(e) => {
          e.preventDefault();
          void run(async () => {
            await post('softphone-assignments', decodeNothing, { layouts: chosen });
            back();
          });
        }}
      >
        <FormTrouble trouble={trouble} />
        <Card title="Select a softphone layout for each user profile">
          <div className="pc-form">
            {assignments.profiles.map((p) => (
              <Select
                key={p.profile}
                label={p.name}
                value={chosen[p.profile] ?? ''}
                options={options}
                onChange={(value) => setChosen({ ...chosen, [p.profile]: value })}
              />
            ))}
          </div>
        </Card>
        <div className="pc-actions slds-align_absolute-center">
          <Submit busy={busy}>Save</Submit>
          <Button onClick={back}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
