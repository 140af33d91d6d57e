import { useState } from 'react';
import { Modal } from '../../shell/Modal.tsx';
import { MessageBox } from './MessageBox.tsx';

interface Props {
  title: string;
  act: string; // the word of the button: Delete
  onAct(): Promise<void>;
  onClose(): void;
  children: React.ReactNode;
}

/** Asks before something is lost; says why when it could not be done. */
export function ConfirmDialog({ title, act, onAct, onClose, children }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const go = async () => {
    setBusy(true);
    try {
      await onAct();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It was not done.');
      setBusy(false);
    }
  };
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="button" className="slds-button slds-button_destructive" disabled={isBusy} onClick={go}>
        {act}
      </button>
    </>
  );
  return (
    <Modal title={title} size="small" footer={footer} onClose={onClose}>
      {problem && <MessageBox tone="error">{problem}</MessageBox>}
      {children}
    </Modal>
  );
}
