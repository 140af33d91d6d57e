import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { TabSet } from '../../record/TabSet.tsx';
import { Pending } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { useMoment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { useSetup } from '../setup-context.ts';
import { isSpecific } from './app-form.ts';
import { ConsumerDialog } from './Consumer.tsx';
import { DeleteApp } from './DeleteApp.tsx';
import { type App, app, type Choices, choices, labelOf, node } from './wire.ts';

/** One app: its settings and its policies, each on a tab. */
export function AppPage({ name, tab }: { name: string; tab: string }) {
  const { api, open, say, may } = useSetup();
  const [isLeaving, setLeaving] = useState(false);
  const page = useLoad(`app/${name}`, () =>
    Promise.all([
      api.call('GET', `/setup/clientapps/${encodeURIComponent(name)}`, app),
      api.call('GET', '/setup/clientapps/choices', choices),
    ]),
  );
  if (page.is !== 'ready') return <Pending of={page} what="external client app" />;
  const [one, all] = page.value;
  const mayEdit = may('CustomizeApplication');
  const buttons: [label: string, act: () => void][] = [['Back to List', () => open(node)]];
  if (mayEdit)
    buttons.push(
      ['Edit Settings', () => open(node, `/${one.name}/e`)],
      ['Edit Policies', () => open(node, `/${one.name}/p`)],
      ['Delete', () => setLeaving(true)],
    );
  return (
    <Screen
      icon="standard:connected_apps"
      title={one.label}
      crumb="Setup > External Client App Manager"
      actions={buttons.map(([label, act]) => (
        <Button key={label} onClick={act}>
          {label}
        </Button>
      ))}
    >
      {!one.enabled && (
        <MessageBox tone="warning">
          This app is disabled: nobody can log in with it until its policies enable it.
        </MessageBox>
      )}
      <Card>
        <TabSet
          name="External client app"
          start={tab}
          tabs={[
            { id: 'settings', label: 'Settings', content: <SettingsTab app={one} all={all} mayEdit={mayEdit} /> },
            { id: 'policies', label: 'Policies', content: <PoliciesTab app={one} all={all} /> },
          ]}
        />
      </Card>
      {isLeaving && (
        <DeleteApp
          app={one}
          onClose={() => setLeaving(false)}
          onGone={() => {
            say('success', `External client app "${one.label}" was deleted.`);
            open(node);
          }}
        />
      )}
    </Screen>
  );
}

/** A list of short texts, one a line. */
function Lines({ of, none = '' }: { of: string[]; none?: string }) {
  if (of.length === 0) return none;
  return (
    <ul>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function SettingsTab({ app: one, all, mayEdit }: { app: App; all: Choices; mayEdit: boolean }) {
  const moment = useMoment();
  const s = one.settings;
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Section title="Basic Information">
        <Details
          items={[
            ['External Client App Name', s.label],
            ['API Name', one.name],
            ['Contact Email', s.contactEmail],
            ['Contact Phone', s.contactPhone],
            ['Distribution State', labelOf(all.distributions, s.distribution)],
            ['Info URL', s.infoUrl],
            ['Logo Image URL', s.logoUrl],
            ['Icon URL', s.iconUrl],
            ['Description', s.description],
            ['Created By', `${one.createdBy}, ${moment(one.created)}`],
            ['Last Modified By', `${one.modifiedBy}, ${moment(one.modified)}`],
          ]}
        />
      </Section>
      <Section title="OAuth Settings">
        {!s.oauth && <p className="slds-m-bottom_small">OAuth is not enabled for this app.</p>}
        {one.hasKey && (
          <>
            {mayEdit && (
              <p className="slds-m-bottom_small">
                <button
                  type="button"
                  className="slds-button slds-button_neutral"
                  aria-haspopup="dialog"
                  onClick={() => setAsking(true)}
                >
                  Consumer Key and Secret
                </button>
              </p>
            )}
            <Details
              items={[
                ['Enable OAuth', <Ticked key="oauth" on={s.oauth} label="Enable OAuth" />],
                ['Callback URL', <Lines key="callbacks" of={s.callbacks} />],
                ['Selected OAuth Scopes', <Lines key="scopes" of={s.scopes.map((v) => labelOf(all.scopes, v))} />],
                [
                  'Enable Client Credentials Flow',
                  <Ticked key="cc" on={s.clientCredentials} label="Enable Client Credentials Flow" />,
                ],
                ['Enable JWT Bearer Flow', <Ticked key="jwt" on={s.jwt} label="Enable JWT Bearer Flow" />],
                [
                  'Certificate',
                  one.certificate ? `${one.certificate.subject}, expires ${moment(one.certificate.expires)}` : '',
                ],
                [
                  'Require secret for Web Server Flow',
                  <Ticked key="web" on={s.secretForWeb} label="Require secret for Web Server Flow" />,
                ],
                [
                  'Require secret for Refresh Token Flow',
                  <Ticked key="refresh" on={s.secretForRefresh} label="Require secret for Refresh Token Flow" />,
                ],
                [
                  'Require Proof Key for Code Exchange (PKCE)',
                  <Ticked key="pkce" on={s.pkce} label="Require Proof Key for Code Exchange (PKCE)" />,
                ],
                [
                  'Enable Refresh Token Rotation',
                  <Ticked key="rotate" on={s.rotate} label="Enable Refresh Token Rotation" />,
                ],
              ]}
            />
          </>
        )}
      </Section>
      {isAsking && <ConsumerDialog app={one} onClose={() => setAsking(false)} />}
    </>
  );
}

function PoliciesTab({ app: one, all }: { app: App; all: Choices }) {
  const p = one.policies;
  const period = `${p.period} ${labelOf(all.units, p.unit)}`;
  return (
    <>
      <Section title="App Policies">
        <Details
          items={[
            ['App Status', p.enabled ? 'Enabled' : 'Disabled'],
            ['Users with Access Now', String(one.users)],
            ['Selected Profiles', <Lines key="profiles" of={p.profiles} none="None" />],
            [
              'Selected Permission Sets',
              <Lines key="sets" of={p.sets.map((name) => labelOf(all.sets, name))} none="None" />,
            ],
          ]}
        />
      </Section>
      <Section title="OAuth Policies">
        <Details
          items={[
            ['Permitted Users', labelOf(all.permitted, p.permitted)],
            [
              'Enable Client Credentials Flow',
              <Ticked key="cc" on={p.clientCredentials} label="Enable Client Credentials Flow" />,
            ],
            ['Run As (Username)', p.runAs],
          ]}
        />
      </Section>
      <Section title="App Authorization">
        <Details
          items={[
            ['Refresh Token Policy', labelOf(all.refresh, p.refresh)],
            ['Refresh Token Validity Period', isSpecific(p.refresh) ? period : ''],
            ['IP Relaxation', labelOf(all.ipRelaxations, p.ipRelaxation)],
            ['Session Timeout', labelOf(all.timeouts, String(p.sessionMinutes))],
          ]}
        />
      </Section>
    </>
  );
}
