import { useEffect } from 'react';
import { useConsole, useConsoleState } from '../console-context.ts';
import type { Toast } from '../console-state.ts';
import { UtilityIcon } from './Icon.tsx';

const shownFor = 5000; // milliseconds; errors stay until they are closed

/** Short messages over the page. */
export function Toasts() {
  const toasts = useConsoleState((s) => s.toasts);
  return (
    <div className="slds-notify_container pc-toasts" role="status">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function OneToast({ toast }: { toast: Toast }) {
  const { store, open } = useConsole();
  const { id, tone, message, target, undo } = toast;
  useEffect(() => {
    if (tone === 'error') return;
    const timer = setTimeout(() => store.send({ type: 'toastClosed', id }), shownFor);
    return () => clearTimeout(timer);
  }, [id, tone, store]);
  return (
    <div className={`slds-notify slds-notify_toast slds-theme_${tone}`}>
      <span className="slds-assistive-text">{tone}</span>
      <span className="slds-icon_container slds-m-right_small">
        <UtilityIcon name={tone} className="slds-icon slds-icon_small" />
      </span>
      <div className="slds-notify__content">
        <p className="slds-text-heading_small">
          {message}{' '}
          {undo && (
            <button
              type="button"
              className="slds-button pc-toast-link"
              onClick={() => {
                store.send({ type: 'toastClosed', id });
                undo();
              }}
            >
              Undo
            </button>
          )}
          {target && (
            <button type="button" className="slds-button pc-toast-link" onClick={() => open(target.location)}>
              {target.label}
            </button>
          )}
        </p>
      </div>
      <button
        type="button"
        className="slds-button slds-button_icon slds-notify__close slds-button_icon-inverse"
        onClick={() => store.send({ type: 'toastClosed', id })}
      >
        <UtilityIcon name="close" className="slds-button__icon" />
        <span className="slds-assistive-text">Close message</span>
      </button>
    </div>
  );
}
