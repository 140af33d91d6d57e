import { useState } from 'react';
import { useLoad } from '../../console-context.ts';
import { Checkbox, Select, TextInput } from '../screen/inputs.tsx';
import { Await, Button, Card, FormTrouble, Screen, Table } from '../screen/Screen.tsx';
import { decodeNothing, useChange, usePhoneSetup, useSetup } from '../screen/setup-context.ts';
import * as wire from './center-wire.ts';

const columns = [
  { label: 'Full Name', cell: (m: wire.Member) => m.name },
  { label: 'Alias', cell: (m: wire.Member) => m.alias },
  { label: 'Username', cell: (m: wire.Member) => m.username },
  { label: 'Role', cell: () => '' },
  { label: 'Profile', cell: (m: wire.Member) => m.profile },
];

/** Rows with a box each, and one for all. */
function Choice({
  name,
  rows,
  chosen,
  onChange,
  empty,
  more = [],
}: {
  name: string;
  rows: wire.Member[];
  chosen: string[];
  onChange(chosen: string[]): void;
  empty: string;
  more?: { label: string; cell(m: wire.Member): React.ReactNode }[];
}) {
  return (
    <>
      {rows.length > 1 && (
        <div className="slds-m-bottom_x-small">
          <Checkbox
            label="Select all"
            checked={chosen.length === rows.length}
            onChange={(on) => onChange(on ? rows.map((r) => r.id) : [])}
          />
        </div>
      )}
      <Table
        name={name}
        rows={rows}
        keyOf={(m) => m.id}
        empty={empty}
        columns={[
          {
            label: 'Select',
            cell: (m) => (
              <Checkbox
                hidden
                label={`Select ${m.name}`}
                checked={chosen.includes(m.id)}
                onChange={(on) => onChange(on ? [...chosen, m.id] : chosen.filter((c) => c !== m.id))}
              />
            ),
          },
          ...more,
          ...columns,
        ]}
      />
    </>
  );
}

export function ManageUsers({ id }: { id: string }) {
  const { get, post } = usePhoneSetup();
  const { go } = useSetup();
  const [revision, setRevision] = useState(0);
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, trouble, run } = useChange();
  const loaded = useLoad(`call-center-users/${id}#${revision}`, () => get(`call-centers/${id}/users`, wire.members));
  const remove = (ids: string[]) =>
    run(async () => {
      await post(`call-centers/${id}/removed-users`, decodeNothing, { ids });
      setChosen([]);
      setRevision((n) => n + 1);
    });
  return (
    <Await of={loaded} what="call center users">
      {({ center, users }) => (
        <Screen
          title={`${center.name}: Manage Users`}
          actions={
            <>
              <Button onClick={() => go('CallCenters', `/${id}/add`)}>Add More Users</Button>
              <Button onClick={() => void remove(chosen)} disabled={busy}>
                Remove Users
              </Button>
              <Button onClick={() => go('CallCenters', `/${id}`)}>Back to Call Center</Button>
            </>
          }
        >
          <FormTrouble trouble={trouble} />
          <Card>
            <Choice
              name="Call center users"
              rows={users}
              chosen={chosen}
              onChange={setChosen}
              empty="Nobody is in this call center yet. Add the users who take calls."
              more={[
                {
                  label: 'Action',
                  cell: (m) => (
                    <Button variant="link" label={`Remove ${m.name}`} onClick={() => void remove([m.id])}>
                      Remove
                    </Button>
                  ),
                },
              ]}
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
  const { get, post } = usePhoneSetup();
  const { go } = useSetup();
  const [filters, setFilters] = useState(lines.map((line) => ({ line, ...blank })));
  const [found, setFound] = useState<wire.Member[] | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, trouble, run } = useChange();
  const center = useLoad(`call-center-add/${id}`, () => get(`call-centers/${id}`, wire.center));
  const change = (line: number, part: Partial<typeof blank>) =>
    setFilters(filters.map((f) => (f.line === line ? { ...f, ...part } : f)));
  const back = () => go('CallCenters', `/${id}/users`);
  const find = () =>
    run(async () => {
      const asked = filters.map(({ field, operator, value }) => ({ field, operator, value }));
      const { users } = await post(`call-centers/${id}/found-users`, wire.members, { filters: asked });
      setFound(users);
      setChosen([]);
    });
  return (
    <Await of={center} what="call center">
      {({ center: { name } }) => (
        <Screen title={`${name}: Search for New Users`}>
          <FormTrouble trouble={trouble} />
          <form
            onSubmit={(e) => {
              e.preventDefault();
              void find();
            }}
          >
            <Card title="Search for New Users">
              <p className="slds-m-bottom_small">
                Set the search criteria below and then click Find to find users who can be added to the call center.
              </p>
              {filters.map((f) => (
                <div key={f.line} className="pc-filter">
                  <Select
                    label={`Field ${f.line}`}
                    value={f.field}
                    options={fields}
                    onChange={(field) => change(f.line, { field })}
                  />
                  <Select
                    label={`Operator ${f.line}`}
                    value={f.operator}
                    options={operators}
                    onChange={(operator) => change(f.line, { operator })}
                  />
                  <TextInput
                    label={`Value ${f.line}`}
                    value={f.value}
                    onChange={(value) => change(f.line, { value })}
                  />
                  <span className="slds-text-color_weak">{f.line < lines.length ? 'AND' : ''}</span>
                </div>
              ))}
              <div className="pc-actions">
                <button type="submit" className="slds-button slds-button_brand" disabled={busy}>
                  Find
                </button>
                <Button onClick={back}>Cancel</Button>
              </div>
            </Card>
          </form>
          {found && (
            <Card
              title="Users found"
              actions={
                <Button
                  variant="brand"
                  disabled={busy}
                  onClick={() =>
                    void run(async () => {
                      await post(`call-centers/${id}/users`, decodeNothing, { ids: chosen });
                      back();
                    })
                  }
                >
                  Add to Call Center
                </Button>
              }
            >
              <Choice
                name="Users found"
                rows={found}
                chosen={chosen}
                onChange={setChosen}
                empty="No active users outside of this call center match the criteria."
                more={[{ label: 'Current Call Center', cell: (m) => m.center }]}
              />
            </Card>
          )}
        </Screen>
      )}
    </Await>
  );
}
