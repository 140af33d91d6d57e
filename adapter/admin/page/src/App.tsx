import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Api } from './api.ts';
import { CallPage } from './call/CallPage.tsx';
import { CallsPage } from './calls/CallsPage.tsx';
import { everything } from './calls/filter.ts';
import { type Desk, DeskContext, type Kept } from './desk.ts';
import { HealthPage } from './health/HealthPage.tsx';
import { AgentPage } from './presence/AgentPage.tsx';
import { AgentsPage } from './presence/AgentsPage.tsx';
import { RulesPage } from './presence/RulesPage.tsx';
import { TryPage } from './presence/TryPage.tsx';
import { format, type Location, parse } from './routes.ts';
import { Header } from './shell/Header.tsx';
import { Mark } from './shell/icons.tsx';
import { Loading, Notice } from './shell/parts.tsx';
import { SignIn } from './shell/SignIn.tsx';
import { useFeed } from './use-feed.ts';
import { WaitingPage } from './waiting/WaitingPage.tsx';
import type { Me } from './wire.ts';

const address = () => window.location.pathname + window.location.search;

/** The whole page: who is there, and where in it. */
export function App({ api }: { api: Api }) {
  const { feed, again } = useFeed('me', (signal) => api.me(signal), { every: 30_000 });
  if (feed.value !== undefined) return <Signed api={api} me={feed.value} whoAgain={again} />;
  if (feed.refusal === undefined) return <Loading what="the page" />;
  if (feed.refusal.trouble === 'unsigned' || feed.refusal.trouble === 'denied')
    return <SignIn trouble={feed.refusal.trouble} sentence={feed.refusal.message} />;
  return (
    <main className="pc-door">
      <div className="pc-door-card">
        <Mark />
        <h1 className="slds-text-heading_medium">{feed.refusal.message}</h1>
        <p role="alert">This page asks again every few seconds, and goes on by itself.</p>
      </div>
    </main>
  );
}

function Signed({ api, me, whoAgain }: { api: Api; me: Me; whoAgain(): void }) {
  const [location, setLocation] = useState(() => parse(address()));
  const [said, say] = useState('');
  const kept = useRef<Kept>({ opened: '' });
  const came = useRef(0); // entries of the browser's history that are this page's own
  useEffect(() => {
    const follow = () => {
      came.current = Math.max(0, came.current - 1);
      say('');
      setLocation(parse(address()));
    };
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const open = useCallback((to: Location, how: 'push' | 'replace' = 'push') => {
    if (how === 'push') came.current++;
    window.history[how === 'push' ? 'pushState' : 'replaceState'](null, '', format(to));
    if (how === 'push') say('');
    setLocation(to);
  }, []);
  const back = useCallback(() => {
    if (came.current > 0) window.history.back();
    else open({ at: 'calls', filter: everything });
  }, [open]);
  const desk: Desk = useMemo(
    () => ({ api, me, kept: kept.current, location, open, back, say, whoAgain }),
    [api, me, location, open, back, whoAgain],
  );
  return (
    <DeskContext value={desk}>
      <Header />
      <div className={said === '' ? undefined : 'pc-said'}>
        <p role="status">{said}</p>
        {said !== '' && (
          <button type="button" className="slds-button" onClick={() => say('')}>
            Dismiss
          </button>
        )}
      </div>
      <main className="pc-body" id="content">
        <Page location={location} me={me} />
      </main>
    </DeskContext>
  );
}

function Page({ location, me }: { location: Location; me: Me }) {
  if (me.sees !== 'all' && (location.at === 'waiting' || location.at === 'health'))
    return (
      <Notice tone="plain" title="This is for administrators and managers.">
        You see your own calls, under Calls. Who should see more needs the permission set of Patchcord's administrators.
      </Notice>
    );
  if (me.sees !== 'all' && (location.at === 'presence' || location.at === 'presenceAgents'))
    return <AgentPage key={me.userId} id={me.userId} />;
  switch (location.at) {
    case 'calls':
      return <CallsPage filter={location.filter} />;
    case 'call':
      return <CallPage key={location.id} id={location.id} />;
    case 'waiting':
      return <WaitingPage key={location.status} status={location.status} />;
    case 'health':
      return <HealthPage />;
    case 'presence':
      return location.part === 'try' ? (
        <TryPage key={location.record} record={location.record} />
      ) : (
        <RulesPage key={location.record} record={location.record} />
      );
    case 'presenceAgents':
      return <AgentsPage find={location.find} />;
    case 'presenceAgent':
      return <AgentPage key={location.id} id={location.id} />;
    default:
      return location satisfies never;
  }
}
