import { count } from '@patchcord/ui/count.ts';
import { useConsole } from '../console-context.ts';
import type { Scalar } from '../decode.ts';
import { FieldInput } from '../record/FieldInput.tsx';
import { FieldValue } from '../record/FieldValue.tsx';
import { RecordLink } from '../record/RecordLink.tsx';
import { Heading, type Sort } from '../record/RowsTable.tsx';
import { UtilityIcon } from '../shell/Icon.tsx';
import { Menu, type MenuItem } from '../shell/Menu.tsx';
import type { Column, Field, ObjectInfo, Row } from '../wire.ts';
import type { Cell, Edits } from './edits.ts';

interface Props {
  label: string;
  info: ObjectInfo | null;
  columns: Column[];
  rows: Row[];
  sort: Sort | null;
  chosen: string[];
  edits: Edits;
  cell: Cell | null;
  onSort(field: string): void;
  onChoose(ids: string[]): void;
  onCell(cell: Cell | null): void;
  onEdit(id: string, field: string, value: Scalar): void;
}

/** The rows of a list view: chosen by check boxes, edited in their cells, with a menu at the end of each. */
export function ListTable(props: Props) {
  const { label, columns, rows, sort, chosen, onSort, onChoose } = props;
  const all = rows.length > 0 && rows.every((row) => chosen.includes(row.id));
  return (
    <table
      className="slds-table slds-table_cell-buffer slds-table_bordered slds-table_resizable-cols pc-table"
      aria-label={label}
    >
      <thead>
        <tr className="slds-line-height_reset">
          <th scope="col" className="pc-narrow">
            <CheckBox
              id="choose-all"
              label={`Select ${count(rows.length, 'item')}`}
              checked={all}
              onChange={() => onChoose(all ? [] : rows.map((row) => row.id))}
            />
          </th>
          {columns.map((column) => (
            <Heading key={column.name} column={column} sort={sort} onSort={onSort} />
          ))}
          <th scope="col" className="pc-narrow">
            <span className="slds-assistive-text">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <RowOf key={row.id} {...props} row={row} number={at + 1} />
        ))}
      </tbody>
    </table>
  );
}

function RowOf({
  info,
  columns,
  row,
  number,
  chosen,
  edits,
  cell,
  onChoose,
  onCell,
  onEdit,
}: Props & { row: Row; number: number }) {
  const isChosen = chosen.includes(row.id);
  const error = edits[row.id]?.error ?? '';
  return (
    <tr className={`slds-hint-parent ${isChosen ? 'slds-is-selected' : ''}`} aria-selected={isChosen}>
      <td className="pc-narrow">
        <span className="slds-grid slds-grid_vertical-align-center">
          <CheckBox
            id={`choose-${row.id}`}
            label={`Select item ${number}: ${row.name}`}
            checked={isChosen}
            onChange={() => onChoose(isChosen ? chosen.filter((id) => id !== row.id) : [...chosen, row.id])}
          />
          {error && (
            <span className="pc-row-error" role="alert" title={error}>
              <UtilityIcon name="error" className="slds-icon slds-icon_x-small slds-icon-text-error" />
              <span className="slds-assistive-text">
                {row.name}: {error}
              </span>
            </span>
          )}
        </span>
      </td>
      {columns.map((column, at) => {
        const field = info?.fields[column.name];
        const isEdited = edits[row.id]?.values[column.name] !== undefined;
        const isActive = cell?.id === row.id && cell.field === column.name;
        const shown = isEdited ? edited(row, column.name, edits) : row;
        return (
          <td
            key={column.name}
            data-label={column.label}
            className={`pc-cell ${isEdited ? 'slds-is-edited' : ''} ${isActive ? 'pc-cell-active' : ''}`}
          >
            {isActive && field ? (
              <Editor field={field} row={row} edits={edits} onEdit={onEdit} onClose={() => onCell(null)} />
            ) : (
              <span className="pc-cell-content">
                <span className="slds-truncate">
                  {at === 0 ? (
                    <RecordLink record={row} />
                  ) : (
                    <FieldValue record={shown} name={column.name} type={column.type} />
                  )}
                </span>
                {field && isEditable(info, field) && (
                  <button
                    type="button"
                    className="slds-button slds-button_icon pc-pencil"
                    title={`Edit ${column.label}: ${row.name}`}
                    onClick={() => onCell({ id: row.id, field: column.name })}
                  >
                    <UtilityIcon name="edit" className="slds-button__icon slds-button__icon_hint" />
                    <span className="slds-assistive-text">
                      Edit {column.label}: {row.name}
                    </span>
                  </button>
                )}
              </span>
            )}
          </td>
        );
      })}
      <td className="pc-narrow">
        <RowMenu info={info} row={row} />
      </td>
    </tr>
  );
}

const isEditable = (info: ObjectInfo | null, field: Field): boolean =>
  info?.updateable === true && field.updateable && field.referenceTo.length < 2;

/** A row as its edits would make it; the name of a record that a lookup points to now is not known to the row. */
function edited(row: Row, field: string, edits: Edits): Row {
  const value = edits[row.id]?.values[field] ?? null;
  const { [field]: _, ...references } = row.references;
  return { ...row, references, values: { ...row.values, [field]: value } };
}

interface EditorProps {
  field: Field;
  row: Row;
  edits: Edits;
  onEdit(id: string, field: string, value: Scalar): void;
  onClose(): void;
}

function Editor({ field, row, edits, onEdit, onClose }: EditorProps) {
  const typed = edits[row.id]?.values[field.name];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Escape end the editing of the cell
    <div
      className="pc-cell-editor"
      ref={(box) => {
        if (box?.contains(document.activeElement)) return;
        box?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
      }}
      onKeyDown={(e) => {
        if (e.key !== 'Escape' && e.key !== 'Enter') return;
        e.preventDefault();
        onClose();
      }}
      onBlur={(e) => {
        if (!e.currentTarget.contains(e.relatedTarget)) onClose();
      }}
    >
      <FieldInput
        bare
        field={field}
        value={typed === undefined ? (row.values[field.name] ?? null) : typed}
        shownReference={row.references[field.name]?.name ?? ''}
        error=""
        onChange={(value) => onEdit(row.id, field.name, value)}
      />
    </div>
  );
}

function RowMenu({ info, row }: { info: ObjectInfo | null; row: Row }) {
  const { store } = useConsole();
  const { object, id, name } = row;
  const items: MenuItem[] = [];
  const add = (label: string, onChoose: () => void) => items.push({ label, onChoose });
  if (info?.updateable) add('Edit', () => store.send({ type: 'dialog', dialog: { show: 'edit', object, id } }));
  if (info?.deletable)
    add('Delete', () => store.send({ type: 'dialog', dialog: { show: 'delete', object, id, name } }));
  if (info?.updateable && info.fields.OwnerId?.updateable)
    add('Change Owner', () => store.send({ type: 'dialog', dialog: { show: 'owner', object, ids: [id] } }));
  if (items.length === 0) return null;
  return (
    <Menu
      name={`Show actions of ${name}`}
      side="right"
      className="slds-button slds-button_icon slds-button_icon-border-filled slds-button_icon-x-small"
      trigger={<UtilityIcon name="down" className="slds-button__icon slds-button__icon_small" />}
      items={items}
    />
  );
}

function CheckBox({ id, label, checked, onChange }: { id: string; label: string; checked: boolean; onChange(): void }) {
  return (
    <span className="slds-checkbox">
      <input type="checkbox" id={id} checked={checked} onChange={onChange} />
      <label className="slds-checkbox__label" htmlFor={id}>
        <span className="slds-checkbox_faux" />
        <span className="slds-assistive-text">{label}</span>
      </label>
    </span>
  );
}
