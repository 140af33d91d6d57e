import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import * as wire from './wire.ts';

const columns = ['Flow Label', 'Flow API Name', 'Process Type', 'Active', 'Last Modified By', 'Last Modified Date'];

/** Setup → Process Automation → Flows: what was deployed, to look at. */
export function Flows() {
  const { api } = useSetup();
  const page = useLoad('flows', () => api.get('flows', wire.flows));
  return (
    <Screen icon="standard:flow" title="Flows">
      <Card>
        {page.is !== 'ready' && <Pending of={page} what="flows" />}
        {page.is === 'ready' && (
          <SetupTable
            label="Flows"
            columns={columns}
            empty="There are no flows. They are deployed; a softphone layout can pop active screen flows."
            rows={page.value.flows.map((f) => ({
              key: f.id,
              cells: [
                f.label,
                f.name,
                f.type,
                <Ticked key="active" on={f.active} label={`${f.label} is active`} />,
                f.modifiedBy,
                <Moment key="modified" at={f.lastModified} />,
              ],
            }))}
          />
        )}
      </Card>
    </Screen>
  );
}
