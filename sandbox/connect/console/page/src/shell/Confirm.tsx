import { Modal } from '@patchcord/ui/Modal.tsx';

/** Asks before something is taken away. */
export function Confirm({
  title,
  verb,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  verb: string;
  onConfirm(): void;
  onClose(): void;
  children: React.ReactNode;
}) {
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button type="button" className="slds-button slds-button_destructive" onClick={onConfirm}>
        {verb}
      </button>
    </>
  );
  return (
    <Modal title={title} size="small" footer={footer} onClose={onClose}>
      {children}
    </Modal>
  );
}
