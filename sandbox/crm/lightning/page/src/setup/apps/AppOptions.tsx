import { Checkbox, Radios } from '../parts/inputs.tsx';
import type { PageProps } from './AppDetails.tsx';

const sizes = [
  { value: 'Large Small', label: 'Desktop and phone' },
  { value: 'Large', label: 'Desktop' },
  { value: 'Small', label: 'Phone' },
];

/** How people move around in the app, on what, and what they may change for themselves. */
export function AppOptions({ app, fields, onChange }: PageProps) {
  const isConsole = app.navType === 'Console';
  const size = app.formFactors.join(' ');
  return (
    <div className="slds-grid slds-gutters slds-wrap">
      <div className="slds-col slds-size_1-of-1 slds-large-size_1-of-2">
        <h3 className="slds-text-heading_small slds-m-bottom_x-small">Navigation and Form Factor</h3>
        {app.standard ? (
          <dl className="slds-m-bottom_small">
            <dt className="slds-form-element__label">Navigation Style</dt>
            <dd>{isConsole ? 'Console navigation' : 'Standard navigation'}</dd>
          </dl>
        ) : (
          <Radios
            legend="Navigation Style"
            value={app.navType}
            onChange={(navType) => onChange({ navType })}
            options={[
              { value: 'Standard', label: 'Standard navigation' },
              { value: 'Console', label: 'Console navigation' },
            ]}
          />
        )}
        <Radios
          legend="Supported Form Factors"
          value={size}
          onChange={(value) => onChange({ formFactors: value.split(' ') })}
          options={sizes.some((s) => s.value === size) ? sizes : [...sizes, { value: size, label: size }]}
        />
        <Problems fields={fields} of={['navType', 'formFactors', 'setupExperience']} />
      </div>
      <div className="slds-col slds-size_1-of-1 slds-large-size_1-of-2">
        <h3 className="slds-text-heading_small slds-m-bottom_x-small">Setup and Personalization</h3>
        <Radios
          legend="Setup Experience"
          value={app.setupExperience}
          onChange={(setupExperience) => onChange({ setupExperience })}
          options={[
            { value: 'all', label: 'Setup (full set of Setup options)' },
            { value: 'service', label: 'Service Setup' },
          ]}
        />
        <fieldset className="slds-form-element">
          <legend className="slds-form-element__legend slds-form-element__label">App Personalization Settings</legend>
          <Checkbox
            label="Disable end user personalization of nav items in this app"
            checked={app.personalizationDisabled}
            onChange={(personalizationDisabled) => onChange({ personalizationDisabled })}
          />
          <Checkbox
            label="Disable temporary tabs for items outside of this app"
            checked={app.tempTabsDisabled}
            onChange={(tempTabsDisabled) => onChange({ tempTabsDisabled })}
          />
          {isConsole && (
            <Checkbox
              label="Clear workspace tabs for each new console session"
              checked={app.tabsCleared}
              onChange={(tabsCleared) => onChange({ tabsCleared })}
            />
          )}
        </fieldset>
      </div>
    </div>
  );
}

/** What the server has against fields that show no message of their own. */
export function Problems({ fields, of }: { fields: Record<string, string>; of: string[] }) {
  const all = of.flatMap((name) => fields[name] ?? []);
  return all.map((message) => (
    <p key={message} className="slds-text-color_error slds-m-bottom_small">
      {message}
    </p>
  ));
}
