import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Failed, Loading } from '../../shell/States.tsx';
import { classic } from '../location.ts';
import { moment } from '../parts/moment.ts';
import { PageHeader } from '../parts/PageHeader.tsx';
import { Ticked } from '../parts/Sections.tsx';
import { Act, SetupTable } from '../parts/SetupTable.tsx';
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
  const page = useLoad(`users/${view}`, () => api.call('GET', `/setup/users?view=${view}`, users));
  return (
    <>
      <PageHeader icon="standard:user" label="Users" />
      <div className="pc-setup-card">
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
        {page.is === 'failed' && <Failed error={page.error} />}
        {page.is === 'loading' && <Loading what="users" />}
        {page.is === 'ready' && (
          <SetupTable
            label={views.find((v) => v.value === view)?.label ?? 'Users'}
            columns={['Full Name', 'Alias', 'Username', 'Last Login', 'Active', 'Profile']}
            empty="No records to display."
            rows={page.value.users.map((u) => ({
              key: u.id,
              actions: (
                <>
                  <input
                    type="checkbox"
                    className="slds-m-right_x-small"
                    aria-label={`Select ${u.name}`}
                    disabled={!u.active}
                    checked={chosen.has(u.id)}
                    onChange={(e) => {
                      const next = new Set(chosen);
                      if (e.currentTarget.checked) next.add(u.id);
                      else next.delete(u.id);
                      setChosen(next);
                    }}
                  />
                  <Act label="Edit" name={`Edit ${u.name}`} onAct={() => open('ManageUsers', `/${u.id}/e`)} />
                </>
              ),
              cells: [
                <Act key="name" label={u.name} onAct={() => open('ManageUsers', `/${u.id}`)} />,
                u.alias,
                u.username,
                moment(u.lastLogin),
                <Ticked key="active" on={u.active} label="Active" />,
                u.profile,
              ],
            }))}
          >
            <button
              type="button"
              className="slds-button slds-button_neutral"
              onClick={() => open('ManageUsers', '/005/e')}
            >
              New User
            </button>
            <button
              type="button"
              className="slds-button slds-button_neutral"
              disabled={chosen.size === 0}
              onClick={() => setResetting(true)}
            >
              Reset Password(s)
            </button>
          </SetupTable>
        )}
        {page.is === 'ready' && page.value.more && <p role="note">Only the first 200 users are shown.</p>}
      </div>
      {isResetting && page.is === 'ready' && (
        <ResetPasswords
          people={page.value.users.filter((u) => chosen.has(u.id))}
          onClose={() => setResetting(false)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </>
  );
}
