import './setup.css';
import './screens.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Api } from '../api.ts';
import { useLoad } from '../console-context.ts';
import { Failed, Loading, Notice } from '../shell/States.tsx';
import type { Bootstrap } from '../wire.ts';
import { formatSetup, parseSetup, type SetupLocation } from './location.ts';
import { homeScreen, screens } from './screens.tsx';
import { setupApi } from './setup-api.ts';
import { type Setup, SetupContext, useSetup } from './setup-context.ts';
import { Messages, type Said } from './shell/Messages.tsx';
import { SetupHeader } from './shell/SetupHeader.tsx';
import { Sidebar } from './shell/Sidebar.tsx';
import { isOpenTo } from './tree.ts';
import { setupStart } from './wire.ts';

const shown = (): SetupLocation => parseSetup(window.location.pathname + window.location.search);

/** Setup: its own tab of the browser, with its own frame around every screen. */
export function SetupApp({ api, start }: { api: Api; start: Bootstrap }) {
  const asks = useMemo(() => setupApi(api), [api]);
  const loaded = useLoad('start', () => asks.get('start', setupStart));
  const [location, setLocation] = useState(shown);
  const [said, setSaid] = useState<Said[]>([]);

  useEffect(() => {
    window.history.replaceState(null, '', formatSetup(shown()));
    const back = () => setLocation(shown());
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);
  const go = useCallback((to: SetupLocation) => {
    const address = formatSetup(to);
    if (to.node !== shown().node) setSaid((before) => before.filter((s) => s.tone === 'error')); // news of another screen
    if (address !== window.location.pathname + window.location.search) window.history.pushState(null, '', address);
    setLocation(to);
  }, []);
  const say = useCallback(
    (tone: Said['tone'], message: string) =>
      setSaid((before) => [...before, { id: crypto.randomUUID(), tone, message }].slice(-2)),
    [],
  );
  const value = useMemo<Setup | null>(() => {
    if (loaded.is !== 'ready') return null;
    return {
      api: asks,
      start,
      setup: loaded.value,
      location,
      open: (node, address = '') => go({ node, address }),
      say,
      may: (permission) => loaded.value.permissions.includes(permission),
    };
  }, [asks, start, loaded, location, go, say]);

  if (loaded.is === 'failed') return <Refused error={loaded.error} />;
  if (!value) return <Loading what="Setup" />;
  return (
    <SetupContext value={value}>
      <div className="pc-setup">
        <SetupHeader />
        <div className="pc-setup-body">
          <Sidebar />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a screen may hold nothing that takes the focus. */}
          <main className="pc-setup-main" id="setup-main" tabIndex={0}>
            <CurrentScreen />
          </main>
        </div>
      </div>
      <Messages said={said} onClose={(id) => setSaid((before) => before.filter((s) => s.id !== id))} />
    </SetupContext>
  );
}

function CurrentScreen() {
  const { location, may } = useSetup();
  const screen = [homeScreen, ...screens].find((s) => s.node === location.node);
  useEffect(() => {
    document.title = `${screen?.label ?? 'Setup'} | Salesforce`;
  }, [screen]);
  if (!screen)
    return (
      <Notice icon="page" title="Page not found">
        This org has no Setup page "{location.node}". Use Quick Find to look for another one.
      </Notice>
    );
  if (!isOpenTo(screen, may))
    return (
      <Notice icon="lock" title="Insufficient Privileges">
        You do not have the level of access necessary to perform the operation you requested. Please contact the owner
        of the record or your administrator if access is necessary.
      </Notice>
    );
  return <screen.Component key={formatSetup(location)} />;
}

function Refused({ error }: { error: Error }) {
  if ('status' in error && error.status === 403)
    return (
      <div role="alert">
        <Notice icon="lock" title="Insufficient Privileges">
          {error.message}
        </Notice>
      </div>
    );
  return <Failed error={error} />;
}
