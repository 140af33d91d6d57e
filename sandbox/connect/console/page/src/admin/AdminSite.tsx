import { NavItem } from '../account/InstancePage.tsx';
import { useDesk } from '../desk.ts';
import { Empty, Go, PageHeader } from '../shell/parts.tsx';
import { groups } from './screens.tsx';

/** The instance's own website: navigation at the left, one page at the right. */
export function AdminSite({ page }: { page: string }) {
  const { session, may } = useDesk();
  const allowed = groups(session)
    .map((g) => ({ ...g, screens: g.screens.filter((s) => may(s.permission)) }))
    .filter((g) => g.screens.length > 0);
  const shown = allowed.flatMap((g) => g.screens).find((s) => s.page === page);
  return (
    <div className="cc-split">
      <nav className="slds-nav-vertical cc-nav" aria-label="Instance">
        <div className="slds-nav-vertical__section">
          <ul>
            <NavItem to={{ at: 'admin', page: '' }} current={page === ''}>
              Home
            </NavItem>
          </ul>
        </div>
        {allowed.map((g) => (
          <div key={g.title} className="slds-nav-vertical__section">
            <h2 className="slds-nav-vertical__title">{g.title}</h2>
            <ul>
              {g.screens.map((s) => (
                <NavItem key={s.page} to={{ at: 'admin', page: s.page }} current={s.page === page}>
                  {s.title}
                </NavItem>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="cc-main">
        {shown?.draw() ?? (page === '' ? <Home allowed={allowed} /> : <Empty title="There is no such page" />)}
      </div>
    </div>
  );
}

function Home({ allowed }: { allowed: ReturnType<typeof groups> }) {
  const { session } = useDesk();
  return (
    <>
      <PageHeader above={session.instances[0]?.alias ?? ''} title="Instance administration">
        <a className="slds-button slds-button_neutral" href="/ccp-v2/">
          Contact Control Panel
        </a>
      </PageHeader>
      {allowed.length === 0 ? (
        <Empty title="Your security profile does not allow administration">
          Ask an administrator for another one, or open the Contact Control Panel.
        </Empty>
      ) : (
        <div className="cc-tiles">
          {allowed.map((g) => (
            <section key={g.title} className="cc-card" aria-label={g.title}>
              <h2 className="slds-text-heading_small slds-m-bottom_x-small">{g.title}</h2>
              <ul>
                {g.screens.map((s) => (
                  <li key={s.page}>
                    <Go to={{ at: 'admin', page: s.page }}>{s.title}</Go>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  );
}
