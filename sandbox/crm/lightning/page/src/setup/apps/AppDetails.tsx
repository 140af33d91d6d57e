import { useId } from 'react';
import { Checkbox, TextInput } from '../parts/inputs.tsx';
import { AppImage, imageAddress } from './AppImage.tsx';
import type { Draft } from './app-wire.ts';

export interface PageProps {
  app: Draft;
  fields: Record<string, string>;
  onChange(part: Partial<Draft>): void;
}

const isColor = (value: string): boolean => /^#[0-9A-Fa-f]{6}$/.test(value);

const initials = (label: string): string =>
  label
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** The app's names and how it looks, with the tile that the App Launcher shows. */
export function AppDetails({ app, fields, onChange, isNew = false }: PageProps & { isNew?: boolean }) {
  const image = imageAddress(app.logo, app.image);
  return (
    <div className="slds-grid slds-gutters slds-wrap">
      <div className="slds-col slds-size_1-of-1 slds-large-size_1-of-2">
        <h3 className="slds-text-heading_small slds-m-bottom_x-small">App Details</h3>
        <TextInput
          label="App Name"
          required
          value={app.label}
          error={fields.label}
          onChange={(label) => onChange({ label })}
        />
        <TextInput
          label="Developer Name"
          required={isNew}
          readOnly={!isNew}
          value={app.developerName}
          error={fields.developerName}
          onChange={(developerName) => onChange({ developerName })}
        />
        <TextInput
          label="Description"
          value={app.description}
          error={fields.description}
          placeholder="Enter a description..."
          onChange={(description) => onChange({ description })}
        />
      </div>
      <div className="slds-col slds-size_1-of-1 slds-large-size_1-of-2">
        <h3 className="slds-text-heading_small slds-m-bottom_x-small">App Branding</h3>
        <Color
          value={app.headerColor}
          error={fields.headerColor}
          onChange={(headerColor) => onChange({ headerColor })}
        />
        <AppImage
          logo={app.logo}
          image={app.image}
          error={fields.logo}
          onChange={(image) => onChange(image ? { image } : { image, logo: '' })}
        />
        <fieldset className="slds-form-element slds-m-bottom_medium">
          <legend className="slds-form-element__legend slds-form-element__label">Org Theme Options</legend>
          <Checkbox
            label="Use the app's image and color instead of the org's custom theme"
            checked={app.overrideTheme}
            onChange={(overrideTheme) => onChange({ overrideTheme })}
          />
        </fieldset>
        <h3 className="slds-text-heading_small slds-m-bottom_x-small">App Launcher Preview</h3>
        <div className="slds-app-launcher__tile pc-tile">
          <div className="slds-app-launcher__tile-figure">
            <span
              className="slds-avatar slds-avatar_large pc-tile-mark"
              ref={(mark) => mark?.style.setProperty('--app-color', isColor(app.headerColor) ? app.headerColor : null)}
            >
              {image === '' ? (
                <abbr className="slds-avatar__initials" title={app.label}>
                  {initials(app.label)}
                </abbr>
              ) : (
                <img src={image} alt="" />
              )}
            </span>
          </div>
          <div className="slds-app-launcher__tile-body">
            <p className="slds-truncate">
              <strong>{app.label || 'App Name'}</strong>
            </p>
            <p className="pc-tile-text">{app.description}</p>
          </div>
        </div>
      </div>
    </div>
  );
}

/** A colour by its hexadecimal value, or picked; none is the org's. */
function Color({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | undefined;
  onChange(value: string): void;
}) {
  const picker = useId();
  return (
    <div className="pc-color">
      <div className="pc-color-value">
        <TextInput
          label="Primary Color Hex Value"
          value={value}
          error={error}
          placeholder="#0070D2"
          help="Empty: the color of the org's theme"
          onChange={onChange}
        />
      </div>
      <div className="pc-swatch">
        <label className="slds-assistive-text" htmlFor={picker}>
          Pick the primary color
        </label>
        <input
          id={picker}
          type="color"
          value={isColor(value) ? value : '#0070d2'}
          onChange={(e) => onChange(e.target.value.toUpperCase())}
        />
      </div>
    </div>
  );
}
