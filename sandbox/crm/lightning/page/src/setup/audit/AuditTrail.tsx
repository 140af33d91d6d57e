import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { auditTrail } from '../wire.ts';

/** Who changed what in Setup: the last 20 changes. */
export function AuditTrail() {
  const { api } = useSetup();
  const page = useLoad('audit', () => api.get('audit', auditTrail));
  return (
    <Screen icon="standard:account_info" title="View Setup Audit Trail">
      <Card>
        <p className="slds-m-bottom_small">The last 20 entries for your organization are listed below.</p>
        {page.is !== 'ready' && <Pending of={page} what="audit trail" />}
        {page.is === 'ready' && (
          <SetupTable
            label="View Setup Audit Trail"
            columns={['Date', 'User', 'Source Namespace Prefix', 'Action', 'Section', 'Delegate User']}
            empty="No records to display."
            rows={page.value.entries.map((e) => ({
              key: e.id,
              cells: [<Moment key="date" at={e.date} precision="medium" />, e.user, '', e.display, e.section, ''],
            }))}
          />
        )}
      </Card>
    </Screen>
  );
}
