import type { Person } from '../wire.ts';
import { Ticked } from './Sections.tsx';

interface Props {
  label: string;
  people: Person[];
  chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
  empty: string;
}

/** A table of users with check boxes. */
export function UserTable({ label, people, chosen, onChange, empty }: Props) {
  const all = people.length > 0 && people.every((p) => chosen.has(p.id));
  const toggle = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onChange(next);
  };
  return (
    <div className="pc-setup-scroll">
      <table className="slds-table slds-table_bordered slds-table_cell-buffer pc-setup-table" aria-label={label}>
        <thead>
          <tr className="slds-line-height_reset">
            <th scope="col" className="pc-setup-tick">
              <input
                type="checkbox"
                aria-label="Select All"
                checked={all}
                disabled={people.length === 0}
                onChange={(e) =>
                  toggle(
                    people.map((p) => p.id),
                    e.currentTarget.checked,
                  )
                }
              />
            </th>
            {['Full Name', 'Alias', 'Username', 'Active', 'Profile'].map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((p) => (
            <tr key={p.id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={`Select ${p.name}`}
                  checked={chosen.has(p.id)}
                  onChange={(e) => toggle([p.id], e.currentTarget.checked)}
                />
              </td>
              <td>{p.name}</td>
              <td>{p.alias}</td>
              <td>{p.username}</td>
              <td>
                <Ticked on={p.active} label="Active" />
              </td>
              <td>{p.profile}</td>
            </tr>
          ))}
          {people.length === 0 && (
            <tr>
              <td colSpan={6}>{empty}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
