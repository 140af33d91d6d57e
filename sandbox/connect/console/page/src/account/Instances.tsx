import { useDesk } from '../desk.ts';
import { Empty, Go, PageHeader } from '../shell/parts.tsx';
import { regionName } from './regions.ts';

const date = (seconds: number): string => new Date(seconds * 1000).toLocaleDateString('en-US', { dateStyle: 'medium' });

/** The account's instances in one region. */
export function Instances({ region }: { region: string }) {
  const { session } = useDesk();
  const here = session.instances.filter((i) => i.region === region);
  return (
    <>
      <PageHeader above="Contact centre console" title="Instances" />
      {here.length === 0 ? (
        <Empty title={`No instances in ${regionName(region)}`}>
          Choose another region at the top of the page. Your account has instances in{' '}
          {[...new Set(session.instances.map((i) => regionName(i.region)))].join(', ')}.
        </Empty>
      ) : (
        <table className="slds-table slds-table_bordered cc-table" aria-label="Instances">
          <thead>
            <tr className="slds-line-height_reset">
              {['Instance alias', 'Access URL', 'Channels', 'Create date', 'Status'].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {here.map((i) => (
              <tr key={i.id}>
                <th scope="row">
                  <Go to={{ at: 'instance', id: i.id, page: 'overview', region }}>{i.alias}</Go>
                </th>
                <td>
                  <a href={i.accessUrl}>{i.accessUrl}</a>
                </td>
                <td>Inbound, outbound telephony</td>
                <td>{date(i.created)}</td>
                <td>{i.status}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
