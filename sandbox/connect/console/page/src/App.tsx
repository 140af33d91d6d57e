import { useEffect, useState } from 'react';
import { InstancePage } from './account/InstancePage.tsx';
import { Instances } from './account/Instances.tsx';
import { regions } from './account/regions.ts';
import { AdminSite } from './admin/AdminSite.tsx';
import type { Api } from './api.ts';
import { type Desk, DeskContext, useDesk } from './desk.ts';
import { format, type Location, parse } from './routes.ts';
import { Empty, Go } from './shell/parts.tsx';
import type { Session } from './wire.ts';

const here = (): Location => parse(window.location.pathname + window.location.search);

/** The whole console: the header, and the account's side or the instance's website below it. */
export function App({ session, api }: { session: Session; api: Api }) {
  const [location, setLocation] = useState(here);
  const [said, say] = useState('');
  useEffect(() => {
    const follow = () => setLocation(here());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const open = (to: Location) => {
    window.history.pushState(null, '', format(to));
    say('');
    setLocation(to);
  };
  const desk: Desk = { session, api, open, say, may: (permission) => session.permissions.includes(permission) };
  const region = (location.at === 'admin' ? '' : location.region) || session.instances[0]?.region || '';
  return (
    <DeskContext value={desk}>
      <Header location={location} region={region} />
      <p role="status" className={said === '' ? 'slds-assistive-text' : 'cc-said'}>
        {said}
      </p>
      <main className="cc-body">
        <Page location={location} region={region} />
      </main>
    </DeskContext>
  );
}

function Page({ location, region }: { location: Location; region: string }) {
  const { session } = useDesk();
  if (location.at === 'admin') return <AdminSite page={location.page} />;
  if (!session.administrator)
    return (
      <div className="cc-main">
        <Empty title="Your user does not administer this account">
          <Go to={{ at: 'admin', page: '' }}>Open the instance's own website</Go>
        </Empty>
      </div>
    );
  if (location.at === 'instance') return <InstancePage location={{ ...location, region }} />;
  return (
    <div className="cc-main">
      <Instances region={region} />
    </div>
  );
}

function Header({ location, region }: { location: Location; region: string }) {
  const { session, open } = useDesk();
  return (
    <header className="cc-header">
      <span className="cc-brand">Contact centre</span>
      <nav className="cc-header-nav" aria-label="Console">
        {session.administrator && (
          <Go to={{ at: 'instances', region }} current={location.at !== 'admin'}>
            Instances
          </Go>
        )}
        <Go to={{ at: 'admin', page: '' }} current={location.at === 'admin'}>
          Administration
        </Go>
      </nav>
      {location.at !== 'admin' && session.administrator && (
        <select
          className="cc-region"
          aria-label="Region"
          value={region}
          onChange={(e) => open({ at: 'instances', region: e.currentTarget.value })}
        >
          {regions.map((r) => (
            <option key={r.id} value={r.id}>
              {r.name} {r.id}
            </option>
          ))}
        </select>
      )}
      <span className="cc-who">{session.user.name}</span>
      <a className="cc-out" href="/logout">
        Sign out
      </a>
    </header>
  );
}
