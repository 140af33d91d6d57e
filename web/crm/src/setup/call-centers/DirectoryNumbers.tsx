import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Modal } from '../../shell/Modal.tsx';
import { Select, TextInput } from '../screen/inputs.tsx';
import { Await, Button, Confirm, FormTrouble, Screen, Table } from '../screen/Screen.tsx';
import { useChange, usePhoneSetup } from '../screen/setup-context.ts';
import * as wire from './center-wire.ts';

const blank: wire.DirectoryNumber = { id: '', name: '', phone: '', description: '', center: '', centerName: '' };

/** Setup → Directory Numbers: numbers in every call center's directory, or in one. */
export function DirectoryNumbers() {
  const { get, post, remove } = usePhoneSetup();
  const [revision, setRevision] = useState(0);
  const [editing, setEditing] = useState<wire.DirectoryNumber | null>(null);
  const [dropping, setDropping] = useState<wire.DirectoryNumber | null>(null);
  const { busy, trouble, run, clear } = useChange();
  const loaded = useLoad(`directory-numbers#${revision}`, () => get('directory-numbers', wire.numbers));
  const close = () => {
    clear();
    setEditing(null);
    setDropping(null);
  };
  const changed = () => {
    close();
    setRevision((n) => n + 1);
  };
  return (
    <Screen title="Directory Numbers" actions={<Button onClick={() => setEditing(blank)}>New</Button>}>
      <Await of={loaded} what="directory numbers">
        {({ numbers, centers }) => (
          <>
            <div className="slds-box slds-theme_default slds-p-around_none">
              <Table
                name="Directory Numbers"
                rows={numbers}
                keyOf={(n) => n.id}
                empty="There are no additional directory numbers."
                columns={[
                  {
                    label: 'Action',
                    cell: (n) => (
                      <>
                        <Button variant="link" label={`Edit ${n.name}`} onClick={() => setEditing(n)}>
                          Edit
                        </Button>
                        {' | '}
                        <Button variant="link" label={`Del ${n.name}`} onClick={() => setDropping(n)}>
                          Del
                        </Button>
                      </>
                    ),
                  },
                  { label: 'Name', cell: (n) => n.name },
                  { label: 'Phone', cell: (n) => n.phone },
                  { label: 'Call Center', cell: (n) => n.centerName || 'All' },
                  { label: 'Description', cell: (n) => n.description },
                ]}
              />
            </div>
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
                      disabled={busy}
                      onClick={() =>
                        void run(async () => {
                          const { centerName: _, ...sent } = editing;
                          await post('directory-numbers', wire.saved, sent);
                          changed();
                        })
                      }
                    >
                      Save
                    </Button>
                  </>
                }
              >
                <FormTrouble trouble={trouble} />
                <TextInput
                  label="Name"
                  required
                  value={editing.name}
                  error={trouble?.fields.Name}
                  onChange={(name) => setEditing({ ...editing, name })}
                />
                <TextInput
                  label="Phone"
                  required
                  type="tel"
                  value={editing.phone}
                  error={trouble?.fields.Phone}
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
              <Confirm
                title="Delete Directory Number"
                action="Delete"
                busy={busy}
                trouble={trouble}
                onClose={close}
                onConfirm={() =>
                  void run(async () => {
                    await remove(`directory-numbers/${dropping.id}`);
                    changed();
                  })
                }
              >
                <p>Delete {dropping.name}?</p>
              </Confirm>
            )}
          </>
        )}
      </Await>
    </Screen>
  );
}
