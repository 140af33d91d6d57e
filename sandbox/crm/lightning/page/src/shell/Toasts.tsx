import { useConsole, useConsoleState } from '../console-context.ts';
import type { Toast as Message } from '../console-state.ts';
import { Toast } from './Toast.tsx';

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

/** What was done, with what it was done to, or the way to take it back. */
function OneToast({ toast: { id, tone, message, target, undo } }: { toast: Message }) {
  const { store, open } = useConsole();
  const close = () => store.send({ type: 'toastClosed', id });
  return (
    <Toast tone={tone} onClose={close}>
      {message}{' '}
      {undo && (
        <button
          type="button"
          className="slds-button pc-toast-link"
          onClick={() => {
            close();
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
    </Toast>
  );
}
