import { useId } from 'react';
import type { Loaded } from '../../console-context.ts';
import { Modal } from '../../shell/Modal.tsx';
import { Failed, Loading } from '../../shell/States.tsx';
import { MessageBox } from '../parts/MessageBox.tsx';
import { PageHeader } from '../parts/PageHeader.tsx';
import type { Trouble } from './setup-context.ts';

/** A screen: its name with its buttons, and what it shows. */
export function Screen({
  title,
  icon = 'standard:settings',
  actions,
  children,
}: {
  title: string;
  icon?: string;
  actions?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section aria-label={title}>
      <PageHeader icon={icon} label={title}>
        {actions && <div className="pc-actions">{actions}</div>}
      </PageHeader>
      {children}
    </section>
  );
}

/** A white box below the header. */
export function Card({
  title,
  actions,
  children,
}: {
  title?: string;
  actions?: React.ReactNode;
  children: React.ReactNode;
}) {
  const id = useId();
  return (
    <section className="slds-card slds-m-bottom_small" aria-labelledby={title ? id : undefined}>
      {(title || actions) && (
        <div className="slds-card__header slds-grid slds-grid_vertical-align-center">
          <h2 id={id} className="slds-card__header-title slds-col slds-has-flexi-truncate">
            {title}
          </h2>
          {actions && <div className="slds-no-flex slds-grid pc-actions">{actions}</div>}
        </div>
      )}
      <div className="slds-card__body slds-card__body_inner">{children}</div>
    </section>
  );
}

export function Button({
  children,
  onClick,
  variant = 'neutral',
  disabled = false,
  label,
}: {
  children: React.ReactNode;
  onClick(): void;
  variant?: 'neutral' | 'brand' | 'destructive' | 'link';
  disabled?: boolean;
  label?: string;
}) {
  const look = variant === 'link' ? '' : `slds-button_${variant}`;
  return (
    <button type="button" className={`slds-button ${look}`} onClick={onClick} disabled={disabled} aria-label={label}>
      {children}
    </button>
  );
}

export function Submit({ children, busy }: { children: React.ReactNode; busy: boolean }) {
  return (
    <button type="submit" className="slds-button slds-button_brand" disabled={busy}>
      {children}
    </button>
  );
}

/** What the server had against a form, above it. */
export function FormTrouble({ trouble }: { trouble: Trouble | null }) {
  return trouble && <MessageBox tone="error">{trouble.message}</MessageBox>;
}

export function Await<T>({
  of,
  what,
  children,
}: {
  of: Loaded<T>;
  what: string;
  children: (value: T) => React.ReactNode;
}) {
  if (of.is === 'loading') return <Loading what={what} />;
  if (of.is === 'failed') return <Failed error={of.error} />;
  return children(of.value);
}

export interface Column<T> {
  label: string;
  cell(row: T): React.ReactNode;
}

/** Rows of a list, with an action column first where there are actions. */
export function Table<T>({
  name,
  columns,
  rows,
  keyOf,
  empty,
}: {
  name: string;
  columns: Column<T>[];
  rows: T[];
  keyOf(row: T): string;
  empty: string;
}) {
  return (
    <div className="pc-screen-table">
      <table className="slds-table slds-table_cell-buffer slds-table_bordered" aria-label={name}>
        <thead>
          <tr className="slds-line-height_reset">
            {columns.map((c) => (
              <th key={c.label} scope="col">
                <div className="slds-truncate" title={c.label}>
                  {c.label}
                </div>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="slds-hint-parent">
              {columns.map((c) => (
                <td key={c.label}>
                  <div className="slds-truncate">{c.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="slds-p-around_medium slds-text-align_center slds-text-color_weak">{empty}</p>}
    </div>
  );
}

/** Asks before something is lost. */
export function Confirm({
  title,
  action,
  busy,
  trouble,
  children,
  onConfirm,
  onClose,
}: {
  title: string;
  action: string;
  busy: boolean;
  trouble: Trouble | null;
  children: React.ReactNode;
  onConfirm(): void;
  onClose(): void;
}) {
  return (
    <Modal
      title={title}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="destructive" onClick={onConfirm} disabled={busy}>
            {action}
          </Button>
        </>
      }
    >
      <FormTrouble trouble={trouble} />
      {children}
    </Modal>
  );
}

/** A page that greets somebody who comes for the first time. */
export function Splash({
  title,
  children,
  onContinue,
  busy,
}: {
  title: string;
  children: React.ReactNode;
  onContinue(again: boolean): void;
  busy: boolean;
}) {
  const box = useId();
  return (
    <div className="slds-box slds-theme_default pc-splash">
      <h2 className="slds-text-heading_large slds-m-bottom_medium">{title}</h2>
      <div className="slds-text-longform slds-m-bottom_large">{children}</div>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          onContinue(new FormData(e.currentTarget).get('hide') === null);
        }}
      >
        <div className="slds-form-element slds-m-bottom_medium">
          <div className="slds-checkbox">
            <input type="checkbox" id={box} name="hide" defaultChecked />
            <label className="slds-checkbox__label" htmlFor={box}>
              <span className="slds-checkbox_faux" />
              <span className="slds-form-element__label">Don't show me this page again</span>
            </label>
          </div>
        </div>
        <Submit busy={busy}>Continue</Submit>
      </form>
    </div>
  );
}
