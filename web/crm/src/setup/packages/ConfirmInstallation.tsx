import { useState } from 'react';
import { Checkbox, TextInput } from '../screen/inputs.tsx';
import { Button, FormTrouble, Screen, Submit } from '../screen/Screen.tsx';
import { type Trouble, useSetup } from '../screen/setup-context.ts';
import { type Draft, keepDraft, readDraft } from './installation-draft.ts';
import { aboutFields, type ListingPage } from './packages-wire.ts';

/** What is missing from the form, by field. */
export function missing(draft: Draft): Trouble | null {
  const fields: Record<string, string> = {};
  for (const f of aboutFields)
    if (!f.optional && (draft.about[f.name] ?? '').trim() === '') fields[f.name] = 'Complete this field.';
  if (!fields.email && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(draft.about.email ?? ''))
    fields.email = 'Enter a valid email address.';
  if (!draft.terms) fields.terms = 'To continue, agree to the terms and conditions.';
  return Object.keys(fields).length === 0 ? null : { message: 'Review the fields that are marked.', fields };
}

export function ConfirmInstallation({ value: { listing, about, orgName } }: { value: ListingPage }) {
  const { go } = useSetup();
  const [draft, setDraft] = useState<Draft>(
    () => readDraft(window.sessionStorage, listing.id) ?? { about, terms: false, contact: false },
  );
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const submit = () => {
    const found = missing(draft);
    setTrouble(found);
    if (found) return;
    keepDraft(window.sessionStorage, listing.id, draft);
    go('AppExchangeMarketplace', `/${listing.id}/install`);
  };
  return (
    <Screen title="AppExchange Marketplace">
      <form
        className="slds-box slds-theme_default slds-p-around_large"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <h2 className="slds-text-heading_large slds-m-bottom_medium">Confirm installation details</h2>
        <FormTrouble trouble={trouble} />
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
          <div className="pc-two-columns">
            {aboutFields.map((f) => (
              <TextInput
                key={f.name}
                label={f.label}
                type={f.type ?? 'text'}
                required={!f.optional}
                error={trouble?.fields[f.name]}
                value={draft.about[f.name] ?? ''}
                onChange={(typed) => setDraft({ ...draft, about: { ...draft.about, [f.name]: typed } })}
              />
            ))}
          </div>
        </fieldset>
        <Checkbox
          label="I have read and agree to the terms and conditions."
          checked={draft.terms}
          error={trouble?.fields.terms}
          onChange={(terms) => setDraft({ ...draft, terms })}
        />
        <Checkbox
          label="Allow the provider to contact me by email, phone, or SMS about other products or services I might like."
          checked={draft.contact}
          onChange={(contact) => setDraft({ ...draft, contact })}
        />
        <div className="pc-actions slds-m-top_large">
          <Submit busy={false}>Confirm and Install</Submit>
          <Button onClick={() => go('AppExchangeMarketplace', `/${listing.id}/where`)}>Cancel</Button>
        </div>
      </form>
    </Screen>
  );
}
