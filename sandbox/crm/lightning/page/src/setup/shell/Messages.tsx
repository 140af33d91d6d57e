import { Toast } from '../../shell/Toast.tsx';

export interface Said {
  id: string;
  tone: 'success' | 'error' | 'info';
  message: string;
}

/** Short messages over the page. */
export function Messages({ said, onClose }: { said: Said[]; onClose(id: string): void }) {
  return (
    <div className="slds-notify_container pc-toasts" role="status">
      {said.map(({ id, tone, message }) => (
        <Toast key={id} tone={tone} onClose={() => onClose(id)}>
          {message}
        </Toast>
      ))}
    </div>
  );
}
