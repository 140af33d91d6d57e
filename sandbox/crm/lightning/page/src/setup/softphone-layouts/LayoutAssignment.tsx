import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import type { Decoded } from '../../decode.ts';
import { Await } from '../parts/Await.tsx';
import { Select } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import * as wire from './layout-wire.ts';

/** Which profile has which layout. */
export function LayoutAssignment() {
  const { get } = useSetup().api;
  const loaded = useLoad('softphone-assignments', () => get('softphone-assignments', wire.assignments));
  return (
    <Await of={loaded} what="softphone layout assignment">
      {(a) => <Form assignments={a} />}
    </Await>
  );
}

function Form({ assignments }: { assignments: Decoded<typeof wire.assignments> }) {
  const { post } = useSetup().api;
  const { open } = useSetup();
  const [chosen, setChosen] = useState<Record<string, string>>(
    Object.fromEntries(assignments.profiles.map((p) => [p.profile, p.layout])),
  );
  const change = useChange();
  const standard = assignments.layouts.find((l) => l.default);
  const options = [
    { value: '', label: standard ? `Default (${standard.name})` : 'Default' },
    ...assignments.layouts.map((l) => ({ value: l.id, label: l.name })),
  ];
  const back = () => open('SoftphoneLayouts');
  return (
    <Screen icon="standard:call" crumb="Setup > Softphone Layouts" title="Softphone Layout Assignment">
      <SetupForm
        form={change}
        name="Softphone Layout Assignment"
        onSave={() =>
          void change.run(async () => {
            await post('softphone-assignments', done, { layouts: chosen });
            back();
          })
        }
        onCancel={back}
      >
        <Section title="Select a softphone layout for each user profile">
          <div className="pc-setup-columns">
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
        </Section>
      </SetupForm>
    </Screen>
  );
}
