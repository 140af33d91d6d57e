import { useEffect, useId, useRef } from 'react';

/** A dialog of the design system on the browser's top layer: takes the focus, keeps it, and gives it back. */
export function Dialog({
  title,
  footer,
  onClose,
  children,
}: {
  title: string;
  footer: React.ReactNode;
  onClose(): void;
  children: React.ReactNode;
}) {
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal?.();
    dialog.current?.querySelector<HTMLElement>('.slds-modal__footer button')?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="pc-dialog"
      aria-labelledby={heading}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
    >
      <div className="slds-modal__header">
        <h2 id={heading} className="slds-modal__title slds-hyphenate">
          {title}
        </h2>
      </div>
      <div className="slds-modal__content slds-p-around_medium">{children}</div>
      <div className="slds-modal__footer">{footer}</div>
    </dialog>
  );
}
