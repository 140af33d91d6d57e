import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { classic } from '../location.ts';
import { Pending } from '../parts/Await.tsx';
import { Act, Button } from '../parts/Button.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { Moment } from '../parts/Moment.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SetupTable } from '../parts/SetupTable.tsx';
import { useSetup } from '../setup-context.ts';
import { ResetPasswords } from './ResetPasswords.tsx';
import { UserDetail } from './UserDetail.tsx';
import { EditUser, NewUser } from './UserForm.tsx';
import { users } from './wire.ts';

/** Users: the list, one user, and the forms. */
export function Users() {
  const { location } = useSetup();
  const [id, act] = classic(location.address).parts;
  if (!id) return <UserList />;
  if (id === '005') return <NewUser />;
  return act === 'e' ? <EditUser id={id} /> : <UserDetail id={id} />;
}

const views = [
  { value: 'all', label: 'All Users' },
  { value: 'active', label: 'Active Users' },
  { value: 'inactive', label: 'Inactive Users' },
];

function UserList() {
  const { api, open } = useSetup();
  const [view, setView] = useState('all');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isResetting, setResetting] = useState(false);
  const page = useLoad(`users/${view}`, () => api.get(`users?view=${view}`, users));
  return (
    <Screen
      icon="standard:user"
      title="Users"
      actions={
        <>
          <Button disabled={chosen.size === 0} onClick={() => setResetting(true)}>
            Reset Password(s)
          </Button>
          <Button onClick={() => open('ManageUsers', '/005/e')}>New User</Button>
        </>
      }
    >
      <Card>
        <p className="slds-m-bottom_small">On this page you can create, view, and manage users.</p>
        <label className="slds-m-bottom_small slds-show">
          View:{' '}
          <select
            className="slds-select pc-setup-view"
            value={view}
            onChange={(e) => {
              setView(e.currentTarget.value);
              setChosen(new Set());
            }}
          >
            {views.map((v) => (
              <option key={v.value} value={v.value}>
                {v.label}
              </option>
            ))}
          </select>
        </label>
        {page.is !== 'ready' && <Pending of={page} what="users" />}
        {page.is === 'ready' && (
          <SetupTable
            label={views.find((v) => v.value === view)?.label ?? 'Users'}
            columns={['Full Name', 'Alias', 'Username', 'Last Login', 'Active', 'Profile']}
            empty="No records to display."
            selection={{ chosen, onChange: setChosen }}
            rows={page.value.users.map((u) => ({
              key: u.id,
              name: u.name,
              isLocked: !u.active,
              actions: <Act label="Edit" name={`Edit ${u.name}`} onAct={() => open('ManageUsers', `/${u.id}/e`)} />,
              cells: [
                <Act key="name" label={u.name} onAct={() => open('ManageUsers', `/${u.id}`)} />,
                u.alias,
                u.username,
                <Moment key="login" at={u.lastLogin} />,
                <Ticked key="active" on={u.active} label="Active" />,
                u.profile,
              ],
            }))}
          />
        )}
        {page.is === 'ready' && page.value.more && <p role="note">Only the first 200 users are shown.</p>}
      </Card>
      {isResetting && page.is === 'ready' && (
        <ResetPasswords
          people={page.value.users.filter((u) => chosen.has(u.id))}
          onClose={() => setResetting(false)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </Screen>
  );
}
