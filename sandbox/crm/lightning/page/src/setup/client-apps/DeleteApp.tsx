import { count } from '@patchcord/ui/count.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import type { AppRow } from './wire.ts';

/** Asks before an app is deleted, and says what stops working then. */
export function DeleteApp({ app, onClose, onGone }: { app: AppRow; onClose(): void; onGone(): void }) {
  const { api } = useSetup();
  return (
    <ConfirmDialog
      title="Delete External Client App"
      act="Delete"
      onClose={onClose}
      onAct={async () => {
        await api.call('DELETE', `/setup/clientapps/${encodeURIComponent(app.name)}`, done);
        onGone();
      }}
    >
      <p>
        Are you sure you want to delete <strong>{app.label}</strong>? You can't undo this.
      </p>
      <ul className="slds-list_dotted slds-m-top_small">
        <li>Its consumer key and secret stop working: programs that use them can't log in or refresh any more.</li>
        <li>
          {app.users === 0
            ? 'Nobody is using the app now.'
            : `All its access and refresh tokens are revoked: ${count(app.users, 'user is', 'users are')} disconnected at once.`}
        </li>
        <li>Its settings and policies are deleted with it.</li>
      </ul>
    </ConfirmDialog>
  );
}
