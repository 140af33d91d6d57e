interface Row {
  key: string;
  actions?: React.ReactNode;
  cells: React.ReactNode[];
}

interface Props {
  label: string;
  columns: string[];
  rows: Row[];
  empty: string;
  children?: React.ReactNode; // buttons above
}

/** A table of Setup: actions first, then what the row is. */
export function SetupTable({ label, columns, rows, empty, children }: Props) {
  const hasActions = rows.some((row) => row.actions !== undefined);
  return (
    <div>
      {children && <div className="pc-setup-buttons slds-m-bottom_x-small">{children}</div>}
      <div className="pc-setup-scroll">
        <table
          className="slds-table slds-table_bordered slds-table_cell-buffer slds-no-row-hover-off pc-setup-table"
          aria-label={label}
        >
          <thead>
            <tr className="slds-line-height_reset">
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
                {hasActions && <td className="pc-setup-actions">{row.actions}</td>}
                {row.cells.map((cell, i) => (
                  <td key={columns[i]}>{cell}</td>
                ))}
              </tr>
            ))}
            {rows.length === 0 && (
              <tr>
                <td colSpan={columns.length}>{empty}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** A word of a table that does something: Edit, Del, a name that leads to its page. */
export function Act({ label, name, onAct }: { label: string; name?: string; onAct(): void }) {
  return (
    <button type="button" className="slds-button pc-link" aria-label={name} onClick={onAct}>
      {label}
    </button>
  );
}
