import { SetupTable } from './SetupTable.tsx';

interface Listed {
  id: string;
  name: string;
  alias: string;
  username: string;
  profile: string;
}

interface Props<P extends Listed> {
  label: string;
  people: P[];
  more: { label: string; cell(person: P): React.ReactNode }[]; // columns before the profile
  chosen: ReadonlySet<string>;
  empty: string;
  onChange(chosen: ReadonlySet<string>): void;
  actions?(person: P): React.ReactNode;
}

/** A table of users with check boxes. */
export function PeopleTable<P extends Listed>(props: Props<P>) {
  const { label, people, more, chosen, empty, onChange, actions } = props;
  return (
    <SetupTable
      label={label}
      columns={['Full Name', 'Alias', 'Username', ...more.map((c) => c.label), 'Profile']}
      empty={empty}
      selection={{ chosen, onChange }}
      rows={people.map((p) => ({
        key: p.id,
        name: p.name,
        actions: actions?.(p),
        cells: [p.name, p.alias, p.username, ...more.map((c) => c.cell(p)), p.profile],
      }))}
    />
  );
}
