import { Dialog } from './Dialog.tsx';

/** Asks before something is done that cannot be taken back. */
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
    <Dialog title={title} footer={footer} onClose={onClose}>
      {children}
    </Dialog>
  );
}
