import { useState } from 'react';
import { Modal } from '../../shell/Modal.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { useSetup } from '../setup-context.ts';
import { newPassword } from './wire.ts';

/** Asks, resets, and shows the new password once: this org sends no mail. */
export function PasswordDialog({ user, onClose }: { user: { id: string; name: string }; onClose(): void }) {
  const { api } = useSetup();
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const reset = async () => {
    setBusy(true);
    setProblem('');
    try {
      setPassword((await api.call('POST', `/setup/users/${user.id}/password`, newPassword)).password);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The password was not reset.');
    } finally {
      setBusy(false);
    }
  };
  const footer =
    password === '' ? (
      <>
        <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="slds-button slds-button_brand" disabled={isBusy} onClick={reset}>
          Reset Password
        </button>
      </>
    ) : (
      <button type="button" className="slds-button slds-button_brand" onClick={onClose}>
        Done
      </button>
    );
  return (
    <Modal title="Reset Password" size="small" footer={footer} onClose={onClose}>
      {problem && <MessageBox tone="error">{problem}</MessageBox>}
      {password === '' ? (
        <p>
          {user.name} is logged out everywhere, and gets a new password. If the user is locked out, this unlocks the
          user.
        </p>
      ) : (
        <Password name={user.name} password={password} />
      )}
    </Modal>
  );
}

export function Password({ name, password }: { name: string; password: string }) {
  return (
    <>
      <p>The sandbox sends no mail. Give {name} this password; it is shown only now:</p>
      <p className="slds-m-top_small">
        <output aria-label="New password" className="slds-text-heading_small pc-setup-password">
          {password}
        </output>
      </p>
    </>
  );
}
