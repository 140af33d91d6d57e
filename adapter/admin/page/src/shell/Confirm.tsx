import { Dialog } from './Dialog.tsx';

/** Asks before something is done that concerns others, or cannot be taken back: that button is red. */
export function Confirm({
  title,
  verb,
  look = 'destructive',
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  verb: string;
  look?: 'destructive' | 'brand';
  onConfirm(): void;
  onClose(): void;
  children: React.ReactNode;
}) {
  const footer = (
    <>
      <button type="button" className="slds-button slds-button_neutral" onClick={onClose}>
        Cancel
      </button>
      <button
        type="button"
        className={`slds-button ${look === 'brand' ? 'slds-button_brand' : 'slds-button_destructive'}`}
        onClick={onConfirm}
      >
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
