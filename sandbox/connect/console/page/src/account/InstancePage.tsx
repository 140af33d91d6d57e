import { useDesk } from '../desk.ts';
import type { Location } from '../routes.ts';
import { Empty, Go, PageHeader } from '../shell/parts.tsx';
import type { Instance } from '../wire.ts';
import { Origins } from './Origins.tsx';
import { regionName } from './regions.ts';

type At = Extract<Location, { at: 'instance' }>;

/** One instance in the account's console, with its own navigation at the left. */
export function InstancePage({ location }: { location: At }) {
  const { session } = useDesk();
  const instance = session.instances.find((i) => i.id === location.id);
  if (!instance) return <Empty title="There is no such instance">It may be in another account.</Empty>;
  const to = (page: At['page']): At => ({ ...location, page });
  const integration = location.page === 'application-integration';
  return (
    <div className="cc-split">
      <nav className="slds-nav-vertical cc-nav" aria-label={instance.alias}>
        <div className="slds-nav-vertical__section">
          <h2 className="slds-nav-vertical__title">{instance.alias}</h2>
          <ul>
            <NavItem to={to('overview')} current={!integration}>
              Account overview
            </NavItem>
            <NavItem to={to('application-integration')} current={integration}>
              Application integration
            </NavItem>
          </ul>
          <ul className="cc-nav-below" aria-label="Application integration">
            <NavItem to={to('application-integration')} current={false}>
              Approved origins
            </NavItem>
          </ul>
        </div>
      </nav>
      <div className="cc-main">{integration ? <Origins instance={instance} /> : <Overview instance={instance} />}</div>
    </div>
  );
}

export function NavItem({ to, current, children }: { to: Location; current: boolean; children: React.ReactNode }) {
  return (
    <li className={`slds-nav-vertical__item ${current ? 'slds-is-active' : ''}`}>
      <Go to={to} current={current} className="slds-nav-vertical__action">
        {children}
      </Go>
    </li>
  );
}

function Overview({ instance }: { instance: Instance }) {
  const facts: [string, React.ReactNode][] = [
    ['Instance alias', instance.alias],
    ['Instance ARN', instance.arn],
    ['Instance ID', instance.id],
    ['Access URL', <a href={instance.accessUrl}>{instance.accessUrl}</a>],
    ['Region', `${regionName(instance.region)} ${instance.region}`],
    ['Directory', 'Users are kept in the instance (CONNECT_MANAGED)'],
    ['Status', instance.status],
  ];
  return (
    <>
      <PageHeader above={instance.alias} title="Account overview">
        <Go to={{ at: 'admin', page: '' }} className="slds-button slds-button_brand">
          Log in for emergency access
        </Go>
      </PageHeader>
      <section className="cc-card" aria-label="Instance settings">
        <h2 className="slds-text-heading_small slds-m-bottom_small">Instance settings</h2>
        <dl className="cc-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
