import { Checkbox } from './inputs.tsx';

interface Row {
  key: string;
  name?: string; // as its check box calls it
  isLocked?: boolean; // its check box cannot be ticked
  actions?: React.ReactNode;
  cells: React.ReactNode[];
}

interface Selection {
  chosen: ReadonlySet<string>; // keys of rows
  onChange(chosen: ReadonlySet<string>): void;
}

interface Props {
  label: string;
  columns: string[];
  rows: Row[];
  empty: string;
  selection?: Selection;
  children?: React.ReactNode; // buttons above
}

/** A table of Setup: check boxes and actions first, then what the row is. */
export function SetupTable({ label, columns, rows, empty, selection, children }: Props) {
  const hasActions = rows.some((row) => row.actions !== undefined);
  const width = columns.length + (hasActions ? 1 : 0) + (selection ? 1 : 0);
  return (
    <>
      {children && <div className="pc-setup-buttons slds-m-bottom_small">{children}</div>}
      <div className="pc-setup-scroll">
        <table
          className="slds-table slds-table_bordered slds-table_cell-buffer slds-no-row-hover-off pc-setup-table"
          aria-label={label}
        >
          <thead>
            <tr className="slds-line-height_reset">
              {selection && (
                <th scope="col" className="pc-setup-tick">
                  <SelectAll rows={rows} {...selection} />
                </th>
              )}
              {hasActions && <th scope="col">Action</th>}
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} className="slds-hint-parent">
                {selection && (
                  <td>
                    <Checkbox
                      hidden
                      label={`Select ${row.name ?? row.key}`}
                      disabled={row.isLocked === true}
                      checked={selection.chosen.has(row.key)}
                      onChange={(on) => selection.onChange(toggled(selection.chosen, [row.key], on))}
                    />
                  </td>
                )}
                {hasActions && <td className="pc-setup-actions">{row.actions}</td>}
                {row.cells.map((cell, i) => (
                  <td key={columns[i]}>{cell}</td>
                ))}
              </tr>
            ))}
            {rows.length === 0 && (
              <tr>
                <td colSpan={width} className="slds-text-color_weak">
                  {empty}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

function SelectAll({ rows, chosen, onChange }: Selection & { rows: Row[] }) {
  const keys = rows.filter((row) => !row.isLocked).map((row) => row.key);
  return (
    <Checkbox
      hidden
      label="Select All"
      disabled={keys.length === 0}
      checked={keys.length > 0 && keys.every((key) => chosen.has(key))}
      onChange={(on) => onChange(toggled(chosen, keys, on))}
    />
  );
}

/** A set with these in it, or without them. */
export function toggled(chosen: ReadonlySet<string>, keys: readonly string[], on: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const key of keys) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}
