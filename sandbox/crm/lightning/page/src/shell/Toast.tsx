import { useEffect, useRef } from 'react';
import { UtilityIcon } from './Icon.tsx';

interface Props {
  tone: 'success' | 'error' | 'info';
  onClose(): void;
  children: React.ReactNode;
}

const shownFor = 5000; // milliseconds; errors stay until they are closed

/** One short message over the page. */
export function Toast({ tone, onClose, children }: Props) {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (tone === 'error') return;
    const timer = setTimeout(() => close.current(), shownFor);
    return () => clearTimeout(timer);
  }, [tone]);
  return (
    <div className={`slds-notify slds-notify_toast slds-theme_${tone}`}>
      <span className="slds-assistive-text">{tone}</span>
      <span className="slds-icon_container slds-m-right_small">
        <UtilityIcon name={tone} className="slds-icon slds-icon_small" />
      </span>
      <div className="slds-notify__content">
        <p className="slds-text-heading_small">{children}</p>
      </div>
      <button
        type="button"
        className="slds-button slds-button_icon slds-notify__close slds-button_icon-inverse"
        onClick={onClose}
      >
        <UtilityIcon name="close" className="slds-button__icon" />
        <span className="slds-assistive-text">Close message</span>
      </button>
    </div>
  );
}
