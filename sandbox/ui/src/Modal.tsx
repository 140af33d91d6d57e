import './ui.css';
import { useEffect, useId, useRef } from 'react';

interface Props {
  title: string;
  tagline?: string | undefined;
  size?: 'small' | 'medium' | 'large' | undefined;
  corner?: React.ReactNode; // a button that closes, where the platform has one
  footer: React.ReactNode;
  onClose(): void;
  children: React.ReactNode;
}

/** A dialog of the design system: takes the focus, keeps it, and gives it back. */
export function Modal({ title, tagline, size = 'medium', corner, footer, onClose, children }: Props) {
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal?.();
    const fields = 'input:not([type=radio], [type=checkbox]), select, textarea';
    const first =
      dialog.current?.querySelector<HTMLElement>(`.slds-modal__content :is(${fields}):enabled`) ??
      dialog.current?.querySelector<HTMLElement>('.slds-modal__footer button');
    first?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="ui-dialog"
      aria-labelledby={heading}
      onCancel={(e) => {
        e.preventDefault();
        onClose();
      }}
    >
      <div className={`slds-modal slds-fade-in-open slds-modal_${size}`}>
        <div className="slds-modal__container">
          {corner}
          <div className="slds-modal__header">
            <h1 id={heading} className="slds-modal__title slds-hyphenate">
              {title}
            </h1>
            {tagline && <p className="slds-m-top_x-small slds-text-color_weak">{tagline}</p>}
          </div>
          <div className="slds-modal__content slds-p-around_medium">{children}</div>
          <div className="slds-modal__footer">{footer}</div>
        </div>
      </div>
      <div className="slds-backdrop slds-backdrop_open" />
    </dialog>
  );
}
