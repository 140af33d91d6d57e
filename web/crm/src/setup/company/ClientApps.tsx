import { useLoad } from '../../console-context.ts';
import { list, object, text } from '../../decode.ts';
import { Failed, Loading } from '../../shell/States.tsx';
import { classic } from '../location.ts';
import { PageHeader } from '../parts/PageHeader.tsx';
import { Details, Section } from '../parts/Sections.tsx';
import { Act, SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';

const app = object({
  name: text,
  label: text,
  description: text,
  contact: text,
  distribution: text,
  scopes: list(text),
  permitted: text,
  sets: list(text),
});
const apps = object({ apps: list(app) });

const permitted: Record<string, string> = {
  AllSelfAuthorized: 'All users can self-authorize',
  AdminApprovedPreAuthorized: 'Admin approved users are pre-authorized',
};

/** External Client App Manager: the apps that were deployed, and what they may do. */
export function ClientApps() {
  const { api, location, open } = useSetup();
  const [name] = classic(location.address).parts;
  const page = useLoad('apps', () => api.call('GET', '/setup/clientapps', apps));
  if (page.is === 'failed') return <Failed error={page.error} />;
  if (page.is === 'loading') return <Loading what="apps" />;
  const one = page.value.apps.find((a) => a.name === name);
  if (one)
    return (
      <>
        <PageHeader icon="standard:connected_apps" label={one.label} crumb="Setup > External Client App Manager">
          <button
            type="button"
            className="slds-button slds-button_neutral"
            onClick={() => open('ManageExternalClientApplication')}
          >
            Back to List
          </button>
        </PageHeader>
        <div className="pc-setup-card">
          <Section title="Basic Information">
            <Details
              items={[
                ['External Client App Name', one.label],
                ['API Name', one.name],
                ['Contact Email', one.contact],
                ['Distribution State', one.distribution],
                ['Description', one.description],
              ]}
            />
          </Section>
          <Section title="Policies">
            <Details
              items={[
                ['Permitted Users', permitted[one.permitted] ?? one.permitted],
                ['Permission Sets', one.sets.join(', ')],
                ['OAuth Scopes', one.scopes.join(', ')],
              ]}
            />
          </Section>
        </div>
      </>
    );
  return (
    <>
      <PageHeader icon="standard:connected_apps" label="External Client App Manager" />
      <div className="pc-setup-card">
        <SetupTable
          label="External Client Apps"
          columns={['External Client App Name', 'API Name', 'Distribution State', 'Permitted Users', 'Description']}
          empty="No external client apps. Deploy one with the Metadata API."
          rows={page.value.apps.map((a) => ({
            key: a.name,
            cells: [
              <Act key="label" label={a.label} onAct={() => open('ManageExternalClientApplication', `/${a.name}`)} />,
              a.name,
              a.distribution,
              permitted[a.permitted] ?? a.permitted,
              a.description,
            ],
          }))}
        />
      </div>
    </>
  );
}
