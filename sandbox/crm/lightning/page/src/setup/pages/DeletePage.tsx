import { useLoad } from '../../console-context.ts';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { usePhoneSetup } from '../phone-setup.ts';
import { useSetup } from '../setup-context.ts';
import { type Page, pathOf, uses } from './page-wire.ts';

/** Asks before a page is deleted, and says whose softphone it would take away. */
export function DeletePage({ page, onClose, onGone }: { page: Page; onClose(): void; onGone(): void }) {
  const { get, remove } = usePhoneSetup();
  const { say } = useSetup();
  const used = useLoad(`page-uses/${page.id}`, () => get(`${pathOf(page.id)}/uses`, uses));
  const centers = used.is === 'ready' ? used.value.centers : [];
  return (
    <ConfirmDialog
      title="Delete Visualforce Page"
      act="Delete"
      onClose={onClose}
      onAct={async () => {
        await remove(pathOf(page.id));
        say('success', `Visualforce page "${page.label}" was deleted.`);
        onGone();
      }}
    >
      {centers.length > 0 && (
        <MessageBox tone="warning">
          The softphone of the call {centers.length === 1 ? 'center' : 'centers'} {centers.join(', ')} is this page.
          Without it, its users have no softphone.
        </MessageBox>
      )}
      <p>Are you sure you want to delete the Visualforce page "{page.label}"? This can't be undone.</p>
    </ConfirmDialog>
  );
}
