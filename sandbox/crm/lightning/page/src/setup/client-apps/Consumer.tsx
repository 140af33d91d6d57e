import { useState } from 'react';
import { Modal } from '../../shell/Modal.tsx';
import { Button } from '../parts/Button.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { type Form, useForm } from '../parts/use-form.ts';
import { useSetup } from '../setup-context.ts';
import { PasswordField } from './PasswordField.tsx';
import { type App, type Consumer, consumer } from './wire.ts';

/** Consumer Key and Secret: asks who is there first, then shows both, and gives a new secret on demand. */
export function ConsumerDialog({ app, onClose }: { app: App; onClose(): void }) {
  const { api, say } = useSetup();
  const form = useForm({ password: '' });
  const [shown, setShown] = useState<Consumer | null>(null);
  const [isRotating, setRotating] = useState(false);
  const ask = (act: 'consumer' | 'rotate') =>
    form.submit(async () =>
      setShown(
        await api.call('POST', `/setup/clientapps/${encodeURIComponent(app.name)}/${act}`, consumer, {
          password: form.text('password'),
        }),
      ),
    );
  if (!shown) return <Verify form={form} onVerify={() => ask('consumer')} onClose={onClose} />;
  if (isRotating)
    return (
      <Rotate
        key="rotate"
        app={app}
        form={form}
        onClose={() => setRotating(false)}
        onRotate={async () => {
          if (!(await ask('rotate'))) return;
          say('success', 'The consumer secret was rotated.');
          setRotating(false);
        }}
      />
    );
  return <Shown key="shown" consumer={shown} onRotate={() => setRotating(true)} onClose={onClose} />;
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
        <PasswordField form={form} name="password" label="Password" />
      </form>
    </Modal>
  );
}

function Shown({ consumer: shown, onRotate, onClose }: { consumer: Consumer; onRotate(): void; onClose(): void }) {
  const footer = (
    <Button variant="brand" onClick={onClose}>
      Done
    </Button>
  );
  return (
    <Modal title="Consumer Details" size="small" footer={footer} onClose={onClose}>
      <Secret label="Consumer Key" value={shown.key} />
      <Secret label="Consumer Secret" value={shown.secret} />
      <p className="slds-m-bottom_medium slds-text-color_weak">
        Keep the secret where only the app can read it; don't put it into source code or mail.
      </p>
      <Button onClick={onRotate}>Rotate Secret</Button>
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

function Rotate(props: { app: App; form: Form; onRotate(): void; onClose(): void }) {
  const { app, form, onRotate, onClose } = props;
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="destructive" disabled={form.isBusy} onClick={() => onRotate()}>
        Rotate
      </Button>
    </>
  );
  return (
    <Modal title="Rotate Consumer Secret" size="small" footer={footer} onClose={onClose}>
      {form.problem && <MessageBox tone="error">{form.error('password') || form.problem}</MessageBox>}
      <p>
        <strong>{app.label}</strong> gets a new consumer secret. The old one stops working at once: programs that send
        it can't log in or refresh until they have the new one. The consumer key and tokens that were given stay.
      </p>
    </Modal>
  );
}
