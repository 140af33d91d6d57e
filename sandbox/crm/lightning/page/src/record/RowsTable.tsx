import { UtilityIcon } from '../shell/Icon.tsx';
import type { Column, Row } from '../wire.ts';
import { FieldValue } from './FieldValue.tsx';
import { RecordLink } from './RecordLink.tsx';

export interface Sort {
  field: string;
  descending: boolean;
}

interface Props {
  label: string;
  columns: Column[];
  rows: Row[];
  sort?: Sort | null;
  onSort?(field: string): void;
}

/** A table of records; the first column opens the record. */
export function RowsTable({ label, columns, rows, sort, onSort }: Props) {
  return (
    <table className="slds-table slds-table_cell-buffer slds-table_bordered" aria-label={label}>
      <thead>
        <tr className="slds-line-height_reset">
          {columns.map((column) => (
            <Heading key={column.name} column={column} sort={sort ?? null} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((record) => (
          <tr key={record.id} className="slds-hint-parent">
            {columns.map((column, at) => (
              <td key={column.name} data-label={column.label}>
                <div className="slds-truncate">
                  {at === 0 ? (
                    <RecordLink record={record} />
                  ) : (
                    <FieldValue record={record} name={column.name} type={column.type} />
                  )}
                </div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface HeadingProps {
  column: Column;
  sort: Sort | null;
  onSort: ((field: string) => void) | undefined;
}

/** A column's heading, a button when the table can be sorted. */
export function Heading({ column, sort, onSort }: HeadingProps) {
  const sorted = sort?.field === column.name;
  const direction = sorted ? (sort.descending ? 'descending' : 'ascending') : 'none';
  if (!onSort)
    return (
      <th scope="col">
        <div className="slds-truncate">{column.label}</div>
      </th>
    );
  return (
    <th scope="col" aria-sort={direction}>
      <button
        type="button"
        className="slds-button slds-button_reset slds-text-link_reset"
        onClick={() => onSort(column.name)}
      >
        <span className="slds-assistive-text">Sort by: </span>
        <span className="slds-truncate">{column.label}</span>
        {sorted && (
          <UtilityIcon
            name={sort.descending ? 'arrowdown' : 'arrowup'}
            className="slds-icon slds-icon-text-default slds-icon_xx-small slds-m-left_xx-small"
          />
        )}
      </button>
    </th>
  );
}
