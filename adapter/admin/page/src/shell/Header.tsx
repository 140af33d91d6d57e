import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { everything } from '../calls/filter.ts';
import { useDesk } from '../desk.ts';
import { Mark } from './icons.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { Go } from './parts.tsx';

/** The product's name, the sections, who is signed in. */
export function Header() {
  const { me, api, location, say, whoAgain } = useDesk();
  const [keys, showKeys] = useState(false);
  const signOut = () =>
    api.signOut().then(
      () => whoAgain(),
      (error: unknown) => say(asRefusal(error).message),
    );
  return (
    <header className="pc-header">
      <a className="pc-skip" href="#content">
        Skip to the content
      </a>
      <span className="pc-brand">
        <Mark />
        Patchcord
      </span>
      <nav className="pc-nav" aria-label="Sections">
        <Go to={{ at: 'calls', filter: everything }} current={location.at === 'calls' || location.at === 'call'}>
          Calls
        </Go>
        <Go
          to={
            me.sees === 'all' ? { at: 'presence', part: 'rules', record: '' } : { at: 'presenceAgent', id: me.userId }
          }
          current={location.at.startsWith('presence')}
        >
          Presence
        </Go>
        {me.sees === 'all' && (
          <>
            <Go to={{ at: 'waiting', status: '' }} current={location.at === 'waiting'}>
              Waiting and given up
            </Go>
            <Go to={{ at: 'health' }} current={location.at === 'health'}>
              Health
            </Go>
          </>
        )}
      </nav>
      <div className="pc-who">
        <span className="pc-who-name">
          {me.name}
          {me.sees !== 'all' && ' · own calls'}
        </span>
        <button type="button" onClick={() => showKeys(true)}>
          Keys
        </button>
        <button type="button" onClick={signOut}>
          Sign out
        </button>
      </div>
      {keys && <KeysDialog onClose={() => showKeys(false)} />}
    </header>
  );
}
