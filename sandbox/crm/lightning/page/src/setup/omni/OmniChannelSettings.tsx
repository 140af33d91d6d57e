import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Checkbox } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { omniChannel } from './wire.ts';

/** Omni-Channel Settings: the switch that everything else of Omni-Channel needs. */
export function OmniChannelSettings() {
  const { api } = useSetup();
  const loaded = useLoad('omni-channel', () => api.get('omni-channel', omniChannel));
  return (
    <Await of={loaded} what="Omni-Channel settings">
      {({ enabled }) => <Form enabled={enabled} />}
    </Await>
  );
}

function Form({ enabled }: { enabled: boolean }) {
  const { api, open, say } = useSetup();
  const [on, setOn] = useState(enabled);
  const change = useChange();
  const save = async () => {
    if (!(await change.run(() => api.post('omni-channel', done, { enabled: on })))) return;
    say('success', on ? 'Omni-Channel was enabled.' : 'Omni-Channel was disabled.');
  };
  return (
    <Screen title="Omni-Channel Settings" crumb="Setup > Omni-Channel">
      <SetupForm
        form={change}
        name="Omni-Channel Settings"
        onSave={() => void save()}
        onCancel={() => open('SetupOneHome')}
      >
        <p className="slds-m-bottom_small">
          Omni-Channel routes work to agents who are available and qualified, and shows them when it comes.
        </p>
        <Checkbox label="Enable Omni-Channel" checked={on} onChange={setOn} />
      </SetupForm>
    </Screen>
  );
}
