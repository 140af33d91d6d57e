import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { flag, object } from '../../decode.ts';
import { Pending } from '../parts/Await.tsx';
import { CheckField } from '../parts/Fields.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { SiteList } from './SiteList.tsx';

/** CORS: which origins' pages may call the REST API. */
export function Cors() {
  return (
    <SiteList
      kind={{
        path: 'cors',
        title: 'Allowed Origins List',
        one: 'Allowed Origin',
        url: 'Origin URL Pattern',
        example: 'https://www.example.com, https://*.example.com or http://localhost:3000',
        isPolicy: false,
      }}
      around={(actions, list) => (
        <Screen icon="standard:link" title="CORS" actions={actions}>
          <Card>
            <p className="slds-m-bottom_small">
              Add an origin to the allowlist so that its pages can call this org's APIs with CORS requests.
            </p>
            {list}
          </Card>
        </Screen>
      )}
    />
  );
}

/** Trusted URLs: what the org's pages may load and frame. */
export function TrustedUrls() {
  return (
    <SiteList
      kind={{
        path: 'trustedurls',
        title: 'Trusted URLs',
        one: 'Trusted URL',
        url: 'URL',
        example: 'https://example.com, https://*.example.com or wss://example.com',
        isPolicy: true,
      }}
      around={(actions, list) => (
        <Screen icon="standard:link" title="Trusted URLs" actions={actions}>
          <Card>
            <p className="slds-m-bottom_small">
              The content security policy of Lightning pages lets them use only what is trusted. Add a URL with the
              directives that you need.
            </p>
            {list}
          </Card>
        </Screen>
      )}
    />
  );
}

const settings = object({ withHeaders: flag, withoutHeaders: flag });

/** Session Settings: who may frame the org's Visualforce pages. */
export function SessionSettings() {
  const { api } = useSetup();
  const [revision, setRevision] = useState(0);
  const page = useLoad(`session#${revision}`, () => api.call('GET', '/setup/session', settings));
  return (
    <Screen icon="standard:settings" title="Session Settings">
      {page.is !== 'ready' && <Pending of={page} what="session settings" />}
      {page.is === 'ready' && (
        <ClickjackForm key={revision} start={page.value} onSaved={() => setRevision((n) => n + 1)} />
      )}
      <Card>
        <SiteList
          kind={{
            path: 'framedomains',
            title: 'Trusted Domains for Inline Frames',
            one: 'Trusted Domain',
            url: 'Domain',
            example: 'https://www.example.com or https://*.example.com',
            isPolicy: false,
          }}
          around={(actions, list) => (
            <Section title="Trusted Domains for Inline Frames" actions={actions}>
              <p className="slds-m-bottom_small">
                Sites that may show this org's Visualforce pages in a frame while clickjack protection is on. Lightning
                pages always may.
              </p>
              {list}
            </Section>
          )}
        />
      </Card>
    </Screen>
  );
}

function ClickjackForm({
  start,
  onSaved,
}: {
  start: { withHeaders: boolean; withoutHeaders: boolean };
  onSaved(): void;
}) {
  const { api, say } = useSetup();
  const form = useForm(start);
  const save = async () => {
    const isSaved = await form.submit(() => api.call('PUT', '/setup/session', done, form.values));
    if (!isSaved) return;
    say('success', 'Session settings were saved.');
    onSaved();
  };
  return (
    <SetupForm form={form} name="Session Settings" onSave={save} onCancel={onSaved}>
      <Section title="Clickjack Protection">
        <CheckField
          form={form}
          name="withHeaders"
          label="Enable clickjack protection for customer Visualforce pages with standard headers"
        />
        <CheckField
          form={form}
          name="withoutHeaders"
          label="Enable clickjack protection for customer Visualforce pages with headers disabled"
        />
      </Section>
    </SetupForm>
  );
}
