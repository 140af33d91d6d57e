import { useId, useState } from 'react';
import { AreaField, CheckField } from '../parts/Fields.tsx';
import type { Form } from '../parts/use-form.ts';
import { Picker } from './Picker.tsx';
import type { Choices } from './wire.ts';

interface Props {
  form: Form;
  choices: Choices;
  certificate: string; // whose there is already
}

/** What the form asks once OAuth is enabled: only what this org's OAuth knows. */
export function OAuthSettings({ form, choices, certificate }: Props) {
  return (
    <>
      <h3 className="slds-text-heading_small slds-m-vertical_small">App Settings</h3>
      <AreaField
        form={form}
        name="callbacks"
        label="Callback URL"
        required
        maxLength={2000}
        help="One URL a line: https, a custom scheme such as myapp://callback, or http://localhost for programs on one's own computer."
      />
      <Picker form={form} name="scopes" label="OAuth Scopes" required options={choices.scopes} />
      <h3 className="slds-text-heading_small slds-m-vertical_small">Flow Enablement</h3>
      <CheckField form={form} name="clientCredentials" label="Enable Client Credentials Flow" />
      <CheckField form={form} name="jwt" label="Enable JWT Bearer Flow" />
      {form.values.jwt === true && <CertificateField form={form} certificate={certificate} />}
      <h3 className="slds-text-heading_small slds-m-vertical_small">Security</h3>
      <CheckField form={form} name="secretForWeb" label="Require secret for Web Server Flow" />
      <CheckField form={form} name="secretForRefresh" label="Require secret for Refresh Token Flow" />
      <CheckField
        form={form}
        name="pkce"
        label="Require Proof Key for Code Exchange (PKCE) extension for Supported Authorization Flows"
      />
      <CheckField
        form={form}
        name="rotate"
        label="Enable Refresh Token Rotation"
        help="Each refresh gives a new refresh token. If a used one is sent again, all tokens that came from it are revoked."
      />
    </>
  );
}

const largest = 32 * 1024; // bytes of a certificate's file

function CertificateField({ form, certificate }: { form: Form; certificate: string }) {
  const id = useId();
  const [file, setFile] = useState('');
  const [trouble, setTrouble] = useState('');
  const error = trouble || form.error('certificate');
  const choose = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFile(chosen.name);
    setTrouble(chosen.size > largest ? 'Upload an X.509 certificate in PEM format.' : '');
    form.set('certificate', chosen.size > largest ? '' : await chosen.text());
  };
  return (
    <div className={`slds-form-element slds-m-bottom_small ${error ? 'slds-has-error' : ''}`}>
      <label className="slds-form-element__label" htmlFor={id}>
        {certificate === '' && (
          <span className="slds-required" aria-hidden="true">
            *
          </span>
        )}
        Digital Certificate (PEM)
      </label>
      <div className="slds-form-element__control">
        <input
          id={id}
          type="file"
          accept=".pem,.crt,.cer"
          aria-invalid={error !== ''}
          aria-describedby={`${id}-more`}
          onChange={(e) => choose(e.currentTarget.files?.[0])}
        />
      </div>
      <div className="slds-form-element__help" id={`${id}-more`} role={error ? 'alert' : undefined}>
        {error ? `Error: ${error}` : hint(file, certificate)}
      </div>
    </div>
  );
}

function hint(file: string, certificate: string): string {
  if (file !== '') return `${file} is used once you save.`;
  return certificate === ''
    ? "The app signs its assertions with the certificate's private key."
    : `Now in use: ${certificate}. Upload another one to replace it.`;
}
