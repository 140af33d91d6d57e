import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Await } from '../parts/Await.tsx';
import { Act, Button, Submit } from '../parts/Button.tsx';
import { Select, TextInput } from '../parts/inputs.tsx';
import { PeopleTable } from '../parts/PeopleTable.tsx';
import { Card, Screen } from '../parts/Screen.tsx';
import { Section } from '../parts/Sections.tsx';
import { Problem } from '../parts/SetupForm.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSetup } from '../setup-context.ts';
import { done } from '../wire.ts';
import * as wire from './center-wire.ts';

const role = { label: 'Role', cell: () => '' };

export function ManageUsers({ id }: { id: string }) {
  const { get, post } = useSetup().api;
  const { open } = useSetup();
  const [revision, setRevision] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useChange();
  const loaded = useLoad(`call-center-users/${id}#${revision}`, () => get(`call-centers/${id}/users`, wire.members));
  const remove = (ids: string[]) =>
    change.run(async () => {
      await post(`call-centers/${id}/removed-users`, done, { ids });
      setChosen(new Set());
      setRevision((n) => n + 1);
    });
  return (
    <Await of={loaded} what="call center users">
      {({ center, users }) => (
        <Screen
          icon="standard:call"
          crumb="Setup > Call Centers"
          title={`${center.name}: Manage Users`}
          actions={
            <>
              <Button onClick={() => open('CallCenters', `/${id}/add`)}>Add More Users</Button>
              <Button onClick={() => void remove([...chosen])} disabled={change.isBusy}>
                Remove Users
              </Button>
              <Button onClick={() => open('CallCenters', `/${id}`)}>Back to Call Center</Button>
            </>
          }
        >
          <Problem of={change} />
          <Card>
            <PeopleTable
              label="Call center users"
              people={users}
              more={[role]}
              chosen={chosen}
              onChange={setChosen}
              empty="Nobody is in this call center yet. Add the users who take calls."
              actions={(m) => <Act label="Remove" name={`Remove ${m.name}`} onAct={() => void remove([m.id])} />}
            />
          </Card>
        </Screen>
      )}
    </Await>
  );
}

const fields = [
  { value: '', label: '--None--' },
  { value: 'LastName', label: 'Last Name' },
  { value: 'FirstName', label: 'First Name' },
  { value: 'Alias', label: 'Alias' },
  { value: 'Username', label: 'Username' },
  { value: 'Email', label: 'Email' },
  { value: 'Profile.Name', label: 'Profile' },
];
const operators = ['equals', 'not equal to', 'starts with', 'contains', 'does not contain'].map((o) => ({
  value: o,
  label: o,
}));
const lines = [1, 2, 3, 4, 5];
const blank = { field: '', operator: 'equals', value: '' };

export function AddUsers({ id }: { id: string }) {
  const { get, post } = useSetup().api;
  const { open } = useSetup();
  const [filters, setFilters] = useState(lines.map((line) => ({ line, ...blank })));
  const [found, setFound] = useState<wire.Member[] | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = useChange();
  const center = useLoad(`call-center-add/${id}`, () => get(`call-centers/${id}`, wire.center));
  const edit = (line: number, part: Partial<typeof blank>) =>
    setFilters(filters.map((f) => (f.line === line ? { ...f, ...part } : f)));
  const back = () => open('CallCenters', `/${id}/users`);
  const find = () =>
    change.run(async () => {
      const asked = filters.map(({ field, operator, value }) => ({ field, operator, value }));
      const { users } = await post(`call-centers/${id}/found-users`, wire.members, { filters: asked });
      setFound(users);
      setChosen(new Set());
    });
  return (
    <Await of={center} what="call center">
      {({ center: { name } }) => (
        <Screen icon="standard:call" crumb="Setup > Call Centers" title={`${name}: Search for New Users`}>
          <Problem of={change} />
          <form
            onSubmit={(e) => {
              e.preventDefault();
              void find();
            }}
          >
            <Card>
              <Section title="Search for New Users">
                <p className="slds-m-bottom_small">
                  Set the search criteria below and then click Find to find users who can be added to the call center.
                </p>
                {filters.map((f) => (
                  <div key={f.line} className="pc-user-filter">
                    <Select
                      label={`Field ${f.line}`}
                      value={f.field}
                      options={fields}
                      onChange={(field) => edit(f.line, { field })}
                    />
                    <Select
                      label={`Operator ${f.line}`}
                      value={f.operator}
                      options={operators}
                      onChange={(operator) => edit(f.line, { operator })}
                    />
                    <TextInput
                      label={`Value ${f.line}`}
                      value={f.value}
                      onChange={(value) => edit(f.line, { value })}
                    />
                    <span className="slds-text-color_weak">{f.line < lines.length ? 'AND' : ''}</span>
                  </div>
                ))}
                <div className="pc-setup-buttons">
                  <Submit disabled={change.isBusy}>Find</Submit>
                  <Button onClick={back}>Cancel</Button>
                </div>
              </Section>
            </Card>
          </form>
          {found && (
            <Card>
              <Section
                title="Users found"
                actions={
                  <Button
                    variant="brand"
                    disabled={change.isBusy}
                    onClick={() =>
                      void change.run(async () => {
                        await post(`call-centers/${id}/users`, done, { ids: [...chosen] });
                        back();
                      })
                    }
                  >
                    Add to Call Center
                  </Button>
                }
              >
                <PeopleTable
                  label="Users found"
                  people={found}
                  more={[role, { label: 'Current Call Center', cell: (m) => m.center }]}
                  chosen={chosen}
                  onChange={setChosen}
                  empty="No active users outside of this call center match the criteria."
                />
              </Section>
            </Card>
          )}
        </Screen>
      )}
    </Await>
  );
}
