import { useLoad } from '../../console-context.ts';
import { Failed, Loading } from '../../shell/States.tsx';
import { moment } from '../parts/moment.ts';
import { PageHeader } from '../parts/PageHeader.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { auditTrail } from '../wire.ts';

/** Who changed what in Setup: the last 20 changes, and a file with those of six months. */
export function AuditTrail() {
  const { api } = useSetup();
  const page = useLoad('audit', () => api.call('GET', '/setup/audit', auditTrail));
  return (
    <>
      <PageHeader icon="standard:account_info" label="View Setup Audit Trail" />
      <div className="pc-setup-card">
        <p className="slds-m-bottom_small">
          The last 20 entries for your organization are listed below. You can{' '}
          <a href="/lightning/api/setup/audit/download" download="SetupAuditTrail.csv">
            download your organization's setup audit trail for the last six months (CSV file)
          </a>
          .
        </p>
        {page.is === 'failed' && <Failed error={page.error} />}
        {page.is === 'loading' && <Loading what="audit trail" />}
        {page.is === 'ready' && (
          <SetupTable
            label="View Setup Audit Trail"
            columns={['Date', 'User', 'Source Namespace Prefix', 'Action', 'Section', 'Delegate User']}
            empty="No records to display."
            rows={page.value.entries.map((e) => ({
              key: e.id,
              cells: [moment(e.date), e.user, '', e.display, e.section, ''],
            }))}
          />
        )}
      </div>
    </>
  );
}
