import { useEffect } from 'react';
import { UtilityIcon } from '../../shell/Icon.tsx';

export interface Said {
  id: string;
  tone: 'success' | 'error' | 'info';
  message: string;
}

const shownFor = 5000; // milliseconds; errors stay until they are closed

/** Short messages over the page. */
export function Messages({ said, onClose }: { said: Said[]; onClose(id: string): void }) {
  return (
    <div className="slds-notify_container pc-toasts" role="status">
      {said.map((one) => (
        <Message key={one.id} said={one} onClose={onClose} />
      ))}
    </div>
  );
}

function Message({ said: { id, tone, message }, onClose }: { said: Said; onClose(id: string): void }) {
  useEffect(() => {
    if (tone === 'error') return;
    const timer = setTimeout(() => onClose(id), shownFor);
    return () => clearTimeout(timer);
  }, [id, tone, onClose]);
  return (
    <div className={`slds-notify slds-notify_toast slds-theme_${tone}`}>
      <span className="slds-assistive-text">{tone}</span>
      <span className="slds-icon_container slds-m-right_small">
        <UtilityIcon name={tone} className="slds-icon slds-icon_small" />
      </span>
      <div className="slds-notify__content">
        <p className="slds-text-heading_small">{message}</p>
      </div>
      <button
        type="button"
        className="slds-button slds-button_icon slds-notify__close slds-button_icon-inverse"
        onClick={() => onClose(id)}
      >
        <UtilityIcon name="close" className="slds-button__icon" />
        <span className="slds-assistive-text">Close message</span>
      </button>
    </div>
  );
}
