import { count } from '@patchcord/ui/count.ts';
import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Pending } from '../parts/Await.tsx';
import { Button } from '../parts/Button.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Ticked } from '../parts/inputs.tsx';
import { PeopleTable } from '../parts/PeopleTable.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import type { Person } from '../wire.ts';
import { assigned, assignments } from './wire.ts';

const active = [{ label: 'Active', cell: (p: Person) => <Ticked on={p.active} label="Active" /> }];

/** Who has the set: Manage Assignments. */
export function CurrentAssignments({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const [revision, setRevision] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  const path = `permsets/${encodeURIComponent(id)}`;
  const page = useLoad(`assignments/${id}#${revision}`, () => api.get(`${path}/assignments`, assignments));
  if (page.is !== 'ready') return <Pending of={page} what="assignments" />;
  const { set, people } = page.value;
  return (
    <Screen
      icon="standard:shift_type"
      title="Current Assignments"
      crumb={`Setup > Permission Sets > ${set.label}`}
      actions={
        <>
          <Button onClick={() => open('PermSets', `/${id}`)}>Back to: {set.label}</Button>
          <Button disabled={chosen.size === 0} onClick={() => setAsking(true)}>
            Remove Assignments
          </Button>
          <Button variant="brand" onClick={() => open('PermSets', `/${id}/assign`)}>
            Add Assignments
          </Button>
        </>
      }
    >
      <Card>
        <PeopleTable
          label={`Users assigned to ${set.label}`}
          people={people}
          more={active}
          chosen={chosen}
          onChange={setChosen}
          empty="No users are assigned to this permission set yet."
        />
      </Card>
      {isAsking && (
        <ConfirmDialog
          title="Remove Assignments"
          act="Remove"
          onClose={() => setAsking(false)}
          onAct={async () => {
            const { assigned: n } = await api.post(`${path}/unassign`, assigned, { users: [...chosen] });
            say('success', `${count(n, 'user')} removed from ${set.label}.`);
            setChosen(new Set());
            setRevision((r) => r + 1);
          }}
        >
          <p>
            Remove {count(chosen.size, 'user')} from {set.label}? They lose what only this permission set gives.
          </p>
        </ConfirmDialog>
      )}
    </Screen>
  );
}

/** Chooses users who do not have the set yet. */
export function AddAssignments({ id }: { id: string }) {
  const { api, open, say } = useSetup();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useChange();
  const path = `permsets/${encodeURIComponent(id)}`;
  const page = useLoad(`candidates/${id}#${query}`, () =>
    api.get(`${path}/candidates?${new URLSearchParams({ q: query })}`, assignments),
  );
  if (page.is !== 'ready') return <Pending of={page} what="users" />;
  const { set, people, more } = page.value;
  const assign = () =>
    change.run(async () => {
      const { assigned: n, already } = await api.post(`${path}/assign`, assigned, { users: [...chosen] });
      say(
        'success',
        `${count(n, 'user')} assigned to ${set.label}.${already > 0 ? ` ${count(already, 'user')} had it already.` : ''}`,
      );
      open('PermSets', `/${id}/assignments`);
    });
  return (
    <Screen
      icon="standard:user"
      title="Select Users to Assign"
      crumb={`Setup > Permission Sets > ${set.label}`}
      actions={
        <>
          <Button onClick={() => open('PermSets', `/${id}/assignments`)}>Cancel</Button>
          <Button variant="brand" disabled={change.isBusy || chosen.size === 0} onClick={() => void assign()}>
            Assign
          </Button>
        </>
      }
    >
      <Card>
        <Problem of={change} />
        <SearchBox label="Search users" onSearch={setQuery} />
        <PeopleTable
          label="Users to assign"
          people={people}
          more={active}
          chosen={chosen}
          onChange={setChosen}
          empty={query === '' ? 'All active users have this permission set.' : `No results for "${query}"`}
        />
        <p role="status" className="slds-p-top_x-small">
          {chosen.size > 0 && `${count(chosen.size, 'user')} selected. `}
          {more && 'Only the first 200 users are shown. Search to find others.'}
        </p>
      </Card>
    </Screen>
  );
}
