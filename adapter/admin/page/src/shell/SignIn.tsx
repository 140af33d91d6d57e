import { useEffect } from 'react';
import { Mark } from './icons.tsx';

/** Nobody is signed in, or somebody who may see nothing. */
export function SignIn({ trouble, sentence }: { trouble: 'unsigned' | 'denied'; sentence: string }) {
  useEffect(() => {
    document.title = 'Sign in – Patchcord';
  }, []);
  const back = window.location.pathname + window.location.search;
  return (
    <main className="pc-door">
      <div className="pc-door-card">
        <Mark />
        <h1 className="slds-text-heading_medium">{trouble === 'unsigned' ? 'Sign in to Patchcord' : 'Not for you'}</h1>
        {trouble === 'denied' && <p role="alert">{sentence}</p>}
        <p>
          {trouble === 'unsigned'
            ? 'See why calls popped, or did not. Administrators and managers see every call, agents their own.'
            : 'Sign in as another user of the org, or ask an administrator for the right.'}
        </p>
        <a className="slds-button slds-button_brand" href={`/admin/sign-in?back=${encodeURIComponent(back)}`}>
          Sign in with Salesforce
        </a>
      </div>
    </main>
  );
}
