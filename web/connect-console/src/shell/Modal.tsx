import { useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  size?: 'small' | 'medium' | 'large';
  footer: React.ReactNode;
  onClose(): void;
  children: React.ReactNode;
}

/** A dialog of the design system: takes the focus, keeps it, and gives it back. */
export function Modal({ title, size = 'medium', footer, onClose, children }: Props) {
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal?.();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="cc-dialog"
      aria-labelledby={heading}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
    >
      <div className={`slds-modal slds-fade-in-open slds-modal_${size}`}>
        <div className="slds-modal__container">
          <div className="slds-modal__header">
            <h1 id={heading} className="slds-modal__title slds-hyphenate">
              {title}
            </h1>
          </div>
          <div className="slds-modal__content slds-p-around_medium">{children}</div>
          <div className="slds-modal__footer">{footer}</div>
        </div>
      </div>
      <div className="slds-backdrop slds-backdrop_open" />
    </dialog>
  );
}

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
