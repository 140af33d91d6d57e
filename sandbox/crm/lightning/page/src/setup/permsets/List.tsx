import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { type PermissionSet, permissionSets } from './wire.ts';

/** All permission sets. */
export function PermissionSetList() {
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [leaving, setLeaving] = useState<PermissionSet | null>(null);
  const page = useLoad(`sets#${revision}`, () => api.get('permsets', permissionSets));
  const show = (path: string) => open('PermSets', path);
  return (
    <Screen
      icon="standard:shift_type"
      title="Permission Sets"
      actions={<Button onClick={() => show('/0PS/new')}>New</Button>}
    >
      <Card>
        <p className="slds-m-bottom_small">
          On this page you can create, view, and manage permission sets. A permission set gives people access to
          objects, pages and settings beyond what their profile gives.
        </p>
        {page.is !== 'ready' && <Pending of={page} what="permission sets" />}
        {page.is === 'ready' && (
          <SetupTable
            label="Permission Sets"
            columns={['Permission Set Label', 'Description', 'License', 'Created By', 'Last Modified By']}
            empty="No permission sets."
            rows={page.value.sets.map((set) => ({
              key: set.id,
              actions: (
                <>
                  <Act label="Clone" name={`Clone ${set.label}`} onAct={() => show(`/${set.id}/clone`)} />
                  <Act label="Del" name={`Delete ${set.label}`} onAct={() => setLeaving(set)} />
                </>
              ),
              cells: [
                <Act key="label" label={set.label} onAct={() => show(`/${set.id}`)} />,
                set.description,
                set.license,
                set.createdBy,
                set.modifiedBy,
              ],
            }))}
          />
        )}
      </Card>
      {leaving && (
        <DeleteSet
          set={leaving}
          onClose={() => setLeaving(null)}
          onGone={() => {
            say('success', `Permission set "${leaving.label}" was deleted.`);
            setRevision((n) => n + 1);
          }}
        />
      )}
    </Screen>
  );
}

/** Asks before a set is deleted. */
export function DeleteSet({ set, onClose, onGone }: { set: PermissionSet; onClose(): void; onGone(): void }) {
  const { api } = useSetup();
  return (
    <ConfirmDialog
      title="Delete Permission Set"
      act="Delete"
      onClose={onClose}
      onAct={async () => {
        await api.remove(`permsets/${set.id}`);
        onGone();
      }}
    >
      <p>Are you sure you want to delete the permission set "{set.label}"? This can't be undone.</p>
    </ConfirmDialog>
  );
}
