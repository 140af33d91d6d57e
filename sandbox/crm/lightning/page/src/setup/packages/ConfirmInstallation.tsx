import { useState } from 'react';
import { Checkbox, TextInput } from '../parts/inputs.tsx';
import { Screen } from '../parts/Screen.tsx';
import { SetupForm } from '../parts/SetupForm.tsx';
import { useSetup } from '../setup-context.ts';
import { type Draft, keepDraft, readDraft } from './installation-draft.ts';
import { aboutFields, type ListingPage } from './packages-wire.ts';

/** What is missing from the form, by field. */
export function missing(draft: Draft): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const f of aboutFields)
    if (!f.optional && (draft.about[f.name] ?? '').trim() === '') fields[f.name] = 'Complete this field.';
  if (!fields.email && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(draft.about.email ?? ''))
    fields.email = 'Enter a valid email address.';
  if (!draft.terms) fields.terms = 'To continue, agree to the terms and conditions.';
  return fields;
}

export function ConfirmInstallation({ value: { listing, about, orgName } }: { value: ListingPage }) {
  const { open } = useSetup();
  const [draft, setDraft] = useState<Draft>(
    () => readDraft(window.sessionStorage, listing.id) ?? { about, terms: false, contact: false },
  );
  const [fields, setFields] = useState<Record<string, string>>({});
  const isWrong = Object.keys(fields).length > 0;
  const submit = () => {
    const found = missing(draft);
    setFields(found);
    if (Object.keys(found).length > 0) return;
    keepDraft(window.sessionStorage, listing.id, draft);
    open('AppExchangeMarketplace', `/${listing.id}/install`);
  };
  return (
    <Screen icon="standard:store" title="AppExchange Marketplace">
      <SetupForm
        form={{ isBusy: false, problem: isWrong ? 'Review the fields that are marked.' : '' }}
        name="Confirm installation details"
        save="Confirm and Install"
        isStep
        onSave={submit}
        onCancel={() => open('AppExchangeMarketplace', `/${listing.id}/where`)}
      >
        <h2 className="slds-text-heading_large slds-m-bottom_medium">Confirm installation details</h2>
        <dl className="slds-dl_inline slds-m-bottom_large">
          <dt className="slds-dl_inline__label">Package:</dt>
          <dd className="slds-dl_inline__detail">{listing.package}</dd>
          <dt className="slds-dl_inline__label">Version:</dt>
          <dd className="slds-dl_inline__detail">{listing.version}</dd>
          <dt className="slds-dl_inline__label">Organization:</dt>
          <dd className="slds-dl_inline__detail">{orgName}</dd>
        </dl>
        <fieldset className="slds-m-bottom_medium">
          <legend className="slds-text-heading_medium slds-m-bottom_small">Tell us about yourself</legend>
          <div className="pc-setup-columns">
            {aboutFields.map((f) => (
              <TextInput
                key={f.name}
                label={f.label}
                type={f.type ?? 'text'}
                required={!f.optional}
                error={fields[f.name]}
                value={draft.about[f.name] ?? ''}
                onChange={(typed) => setDraft({ ...draft, about: { ...draft.about, [f.name]: typed } })}
              />
            ))}
          </div>
        </fieldset>
        <Checkbox
          label="I have read and agree to the terms and conditions."
          checked={draft.terms}
          error={fields.terms}
          onChange={(terms) => setDraft({ ...draft, terms })}
        />
        <Checkbox
          label="Allow the provider to contact me by email, phone, or SMS about other products or services I might like."
          checked={draft.contact}
          onChange={(contact) => setDraft({ ...draft, contact })}
        />
      </SetupForm>
    </Screen>
  );
}
