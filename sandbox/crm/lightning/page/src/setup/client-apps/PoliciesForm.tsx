import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { CheckField, SelectField, TextField } from '../parts/Fields.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import { isSpecific, listOf, policiesForm, policiesOf } from './app-form.ts';
import { Picker } from './Picker.tsx';
import { type App, app, type Choices, choices, node, withChosen } from './wire.ts';

export function EditPolicies({ name }: { name: string }) {
  const { api } = useSetup();
  const page = useLoad(`policies/${name}`, () =>
    Promise.all([
      api.call('GET', `/setup/clientapps/${encodeURIComponent(name)}`, app),
      api.call('GET', '/setup/clientapps/choices', choices),
    ]),
  );
  if (page.is !== 'ready') return <Pending of={page} what="policies" />;
  return <PoliciesForm app={page.value[0]} choices={page.value[1]} />;
}

function PoliciesForm({ app: one, choices: all }: { app: App; choices: Choices }) {
  const { api, open, say } = useSetup();
  const form = useForm(policiesForm(one.policies));
  const title = `Edit Policies: ${one.label}`;
  const back = `/${one.name}?s=policies`;
  const isAdminApproved = form.text('permitted') === 'AdminApprovedPreAuthorized';
  const isNobodys = listOf(form.text('sets')).length + listOf(form.text('profiles')).length === 0;
  const save = () =>
    form.submit(async () => {
      await api.call('PUT', `/setup/clientapps/${encodeURIComponent(one.name)}/policies`, done, {
        ...policiesOf(form.values),
        revision: one.revision,
      });
      say('success', `The policies of "${one.label}" were saved.`);
      open(node, back);
    });
  return (
    <Screen icon="standard:connected_apps" title={title} crumb="Setup > External Client App Manager">
      <SetupForm form={form} name={title} onSave={save} onCancel={() => open(node, back)}>
        <Section title="App Policies">
          <CheckField
            form={form}
            name="enabled"
            label="Enable this app"
            help="While it is disabled nobody can log in with it, and its sessions end."
          />
          <SelectField form={form} name="permitted" label="Permitted Users" required options={all.permitted} />
          {isAdminApproved && isNobodys && (
            <MessageBox tone="warning">
              Nobody can use the app yet: select the profiles or permission sets of those who may.
            </MessageBox>
          )}
          {!isAdminApproved && (
            <p className="slds-text-color_weak slds-m-bottom_small">
              Profiles and permission sets count once admin approved users are pre-authorized.
            </p>
          )}
          <Picker form={form} name="profiles" label="Profiles" options={all.profiles} />
          <Picker form={form} name="sets" label="Permission Sets" options={all.sets} />
        </Section>
        <Section title="OAuth Flows">
          <CheckField
            form={form}
            name="clientCredentials"
            label="Enable Client Credentials Flow"
            help={one.settings.clientCredentials ? '' : "The app's settings don't enable this flow."}
          />
          {form.values.clientCredentials === true && (
            <TextField
              form={form}
              name="runAs"
              label="Run As (Username)"
              required
              maxLength={80}
              help="The app acts with this user's rights."
            />
          )}
        </Section>
        <Section title="App Authorization">
          <div className="pc-setup-columns">
            <SelectField form={form} name="refresh" label="Refresh Token Policy" required options={all.refresh} />
            {isSpecific(form.values.refresh) ? (
              <div className="pc-setup-columns">
                <TextField form={form} name="period" label="Refresh Token Validity Period" type="number" required />
                <SelectField form={form} name="unit" label="Refresh Token Validity Unit" required options={all.units} />
              </div>
            ) : (
              <div />
            )}
            <SelectField
              form={form}
              name="ipRelaxation"
              label="IP Relaxation"
              required
              options={withChosen(all.ipRelaxations, [one.policies.ipRelaxation])}
            />
            <SelectField
              form={form}
              name="sessionMinutes"
              label="Session Timeout"
              required
              options={withChosen(all.timeouts, [String(one.policies.sessionMinutes)])}
            />
          </div>
        </Section>
      </SetupForm>
    </Screen>
  );
}
