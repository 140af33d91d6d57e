import { useEffect, useRef, useState } from 'react';
import { Modal } from '../../shell/Modal.tsx';
import { Button } from '../parts/Button.tsx';
import { FormElement } from '../parts/inputs.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { type Form, useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { type Consumer, consumer } from './wire.ts';

/** Consumer Key and Secret: asks who is there first, then shows both. */
export function ConsumerDialog({ name, onClose }: { name: string; onClose(): void }) {
  const { api } = useSetup();
  const form = useForm({ password: '' });
  const [shown, setShown] = useState<Consumer | null>(null);
  if (shown) return <Shown consumer={shown} onClose={onClose} />;
  const verify = () =>
    form.submit(async () =>
      setShown(
        await api.post(`clientapps/${encodeURIComponent(name)}/consumer`, consumer, {
          password: form.text('password'),
        }),
      ),
    );
  return <Verify form={form} onVerify={verify} onClose={onClose} />;
}

function Verify({ form, onVerify, onClose }: { form: Form; onVerify(): void; onClose(): void }) {
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <button type="submit" form="verify-identity" className="slds-button slds-button_brand" disabled={form.isBusy}>
        Verify
      </button>
    </>
  );
  return (
    <Modal title="Verify Your Identity" size="small" footer={footer} onClose={onClose}>
      <form
        id="verify-identity"
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          onVerify();
        }}
      >
        {form.problem && !form.error('password') && <MessageBox tone="error">{form.problem}</MessageBox>}
        <p className="slds-m-bottom_small">
          Who has an app's consumer key and secret can act as the app. To see them, enter the password that you log in
          with. The setup audit trail keeps that you looked.
        </p>
        <PasswordField form={form} />
      </form>
    </Modal>
  );
}

function Shown({ consumer: shown, onClose }: { consumer: Consumer; onClose(): void }) {
  const footer = (
    <Button variant="brand" onClick={onClose}>
      Done
    </Button>
  );
  return (
    <Modal title="Consumer Details" size="small" footer={footer} onClose={onClose}>
      <Secret label="Consumer Key" value={shown.key} />
      <Secret label="Consumer Secret" value={shown.secret} />
      <p className="slds-text-color_weak">
        Keep the secret where only the app can read it; don't put it into source code or mail.
      </p>
    </Modal>
  );
}

function Secret({ label, value }: { label: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="slds-form-element slds-m-bottom_medium">
      <span className="slds-form-element__label">{label}</span>
      <div className="slds-grid slds-grid_vertical-align-center">
        <output aria-label={label} className="slds-box slds-box_xx-small slds-col pc-consumer">
          {value}
        </output>
        <button
          type="button"
          className="slds-button slds-button_neutral slds-m-left_small slds-no-flex"
          aria-label={`Copy ${label}`}
          onClick={() => navigator.clipboard.writeText(value).then(() => setCopied(true))}
        >
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  );
}

/** The password of who is logged in; it takes the focus again when it was wrong. */
function PasswordField({ form }: { form: Form }) {
  const input = useRef<HTMLInputElement>(null);
  const error = form.error('password');
  useEffect(() => {
    if (error !== '') input.current?.select();
  }, [error]);
  return (
    <FormElement label="Password" error={error} required>
      {(control) => (
        <input
          ref={input}
          {...control}
          type="password"
          autoComplete="current-password"
          className="slds-input"
          value={form.text('password')}
          onChange={(e) => form.set('password', e.currentTarget.value)}
        />
      )}
    </FormElement>
  );
}
