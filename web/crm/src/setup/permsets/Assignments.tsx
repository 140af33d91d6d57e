import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Failed, Loading } from '../../shell/States.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { PageHeader } from '../parts/PageHeader.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { UserTable } from '../parts/UserTable.tsx';
import { useSetup } from '../setup-context.ts';
import { assigned, assignments } from './wire.ts';

const count = (n: number): string => (n === 1 ? '1 user' : `${n} users`);

/** Who has the set: Manage Assignments. */
export function CurrentAssignments({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const path = `/setup/permsets/${encodeURIComponent(id)}`;
  const page = useLoad(`assignments/${id}#${revision}`, () => api.call('GET', `${path}/assignments`, assignments));
  if (page.is === 'failed') return <Failed error={page.error} />;
  if (page.is === 'loading') return <Loading what="assignments" />;
  const { set, people } = page.value;
  return (
    <>
      <PageHeader
        icon="standard:shift_type"
        label="Current Assignments"
        crumb={`Setup > Permission Sets > ${set.label}`}
      >
        <button type="button" className="slds-button slds-button_neutral" onClick={() => open('PermSets', `/${id}`)}>
          Back to: {set.label}
        </button>
        <button
          type="button"
          className="slds-button slds-button_neutral"
          disabled={chosen.size === 0}
          onClick={() => setAsking(true)}
        >
          Remove Assignments
        </button>
        <button
          type="button"
          className="slds-button slds-button_brand"
          onClick={() => open('PermSets', `/${id}/assign`)}
        >
          Add Assignments
        </button>
      </PageHeader>
      <div className="pc-setup-card">
        <UserTable
          label={`Users assigned to ${set.label}`}
          people={people}
          chosen={chosen}
          onChange={setChosen}
          empty="No users are assigned to this permission set yet."
        />
      </div>
      {isAsking && (
        <ConfirmDialog
          title="Remove Assignments"
          act="Remove"
          onClose={() => setAsking(false)}
          onAct={async () => {
            const { assigned: n } = await api.call('POST', `${path}/unassign`, assigned, { users: [...chosen] });
            say('success', `${count(n)} removed from ${set.label}.`);
            setChosen(new Set());
            setRevision((r) => r + 1);
          }}
        >
          <p>
            Remove {count(chosen.size)} from {set.label}? They lose what only this permission set gives.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** Chooses users who do not have the set yet. */
export function AddAssignments({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const path = `/setup/permsets/${encodeURIComponent(id)}`;
  const page = useLoad(`candidates/${id}#${query}`, () =>
    api.call('GET', `${path}/candidates?${new URLSearchParams({ q: query })}`, assignments),
  );
  if (page.is === 'failed') return <Failed error={page.error} />;
  if (page.is === 'loading') return <Loading what="users" />;
  const { set, people, more } = page.value;
  const assign = async () => {
    setBusy(true);
    setProblem('');
    try {
      const { assigned: n, already } = await api.call('POST', `${path}/assign`, assigned, { users: [...chosen] });
      say('success', `${count(n)} assigned to ${set.label}.${already > 0 ? ` ${count(already)} had it already.` : ''}`);
      open('PermSets', `/${id}/assignments`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The users were not assigned.');
      setBusy(false);
    }
  };
  return (
    <>
      <PageHeader icon="standard:user" label="Select Users to Assign" crumb={`Setup > Permission Sets > ${set.label}`}>
        <button
          type="button"
          className="slds-button slds-button_neutral"
          onClick={() => open('PermSets', `/${id}/assignments`)}
        >
          Cancel
        </button>
        <button
          type="button"
          className="slds-button slds-button_brand"
          disabled={isBusy || chosen.size === 0}
          onClick={assign}
        >
          Assign
        </button>
      </PageHeader>
      <div className="pc-setup-card">
        {problem && <MessageBox tone="error">{problem}</MessageBox>}
        <SearchBox label="Search users" onSearch={setQuery} />
        <UserTable
          label="Users to assign"
          people={people}
          chosen={chosen}
          onChange={setChosen}
          empty={query === '' ? 'All active users have this permission set.' : `No results for "${query}"`}
        />
        <p role="status" className="slds-p-top_x-small">
          {chosen.size > 0 && `${count(chosen.size)} selected. `}
          {more && 'Only the first 200 users are shown. Search to find others.'}
        </p>
      </div>
    </>
  );
}
