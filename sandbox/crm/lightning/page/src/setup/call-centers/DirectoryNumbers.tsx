import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Modal } from '../../shell/Modal.tsx';
import { Await } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Select, TextInput } from '../parts/inputs.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useChange } from '../parts/use-change.ts';
import { usePhoneSetup } from '../phone-setup.ts';
import * as wire from './center-wire.ts';

const blank: wire.DirectoryNumber = { id: '', name: '', phone: '', description: '', center: '', centerName: '' };

/** Setup → Directory Numbers: numbers in every call center's directory, or in one. */
export function DirectoryNumbers() {
  const { get, post, remove } = usePhoneSetup();
  const [revision, setRevision] = useState(0);
  const [editing, setEditing] = useState<wire.DirectoryNumber | null>(null);
  const [dropping, setDropping] = useState<wire.DirectoryNumber | null>(null);
  const change = useChange();
  const loaded = useLoad(`directory-numbers#${revision}`, () => get('directory-numbers', wire.numbers));
  const close = () => {
    change.clear();
    setEditing(null);
  };
  return (
    <Screen
      icon="standard:call"
      title="Directory Numbers"
      actions={<Button onClick={() => setEditing(blank)}>New</Button>}
    >
      <Await of={loaded} what="directory numbers">
        {({ numbers, centers }) => (
          <>
            <Card>
              <SetupTable
                label="Directory Numbers"
                columns={['Name', 'Phone', 'Call Center', 'Description']}
                empty="There are no additional directory numbers."
                rows={numbers.map((n) => ({
                  key: n.id,
                  actions: (
                    <>
                      <Act label="Edit" name={`Edit ${n.name}`} onAct={() => setEditing(n)} />
                      <Act label="Del" name={`Del ${n.name}`} onAct={() => setDropping(n)} />
                    </>
                  ),
                  cells: [n.name, n.phone, n.centerName || 'All', n.description],
                }))}
              />
            </Card>
            {editing && (
              <Modal
                title={editing.id === '' ? 'New Directory Number' : `Edit ${editing.name}`}
                size="small"
                onClose={close}
                footer={
                  <>
                    <Button onClick={close}>Cancel</Button>
                    <Button
                      variant="brand"
                      disabled={change.isBusy}
                      onClick={() =>
                        void change.run(async () => {
                          const { centerName: _, ...sent } = editing;
                          await post('directory-numbers', wire.saved, sent);
                          close();
                          setRevision((n) => n + 1);
                        })
                      }
                    >
                      Save
                    </Button>
                  </>
                }
              >
                <Problem of={change} />
                <TextInput
                  label="Name"
                  required
                  value={editing.name}
                  error={change.fields.Name}
                  onChange={(name) => setEditing({ ...editing, name })}
                />
                <TextInput
                  label="Phone"
                  required
                  type="tel"
                  value={editing.phone}
                  error={change.fields.Phone}
                  onChange={(phone) => setEditing({ ...editing, phone })}
                />
                <Select
                  label="Call Center"
                  value={editing.center}
                  options={[
                    { value: '', label: 'All call centers' },
                    ...centers.map((c) => ({ value: c.id, label: c.name })),
                  ]}
                  onChange={(center) => setEditing({ ...editing, center })}
                />
                <TextInput
                  label="Description"
                  value={editing.description}
                  onChange={(description) => setEditing({ ...editing, description })}
                />
              </Modal>
            )}
            {dropping && (
              <ConfirmDialog
                title="Delete Directory Number"
                act="Delete"
                onClose={() => setDropping(null)}
                onAct={async () => {
                  await remove(`directory-numbers/${dropping.id}`);
                  setRevision((n) => n + 1);
                }}
              >
                <p>Delete {dropping.name}?</p>
              </ConfirmDialog>
            )}
          </>
        )}
      </Await>
    </Screen>
  );
}
