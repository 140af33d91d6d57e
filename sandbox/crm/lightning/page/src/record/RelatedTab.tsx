import { useConsole } from '../console-context.ts';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Loading, Notice } from '../shell/States.tsx';
import type { RecordPage, Related } from '../wire.ts';
import { RowsTable } from './RowsTable.tsx';

export type List = Related['lists'][number];

/** The lists of records that point to this one. */
export function RelatedTab({ page, lists }: { page: RecordPage; lists: List[] | null }) {
  if (lists === null) return <Loading what="related lists" />;
  if (lists.length === 0)
    return (
      <Notice icon="related" title="Nothing is related to this record">
        This object's page layout has no related lists that you can see.
      </Notice>
    );
  return lists.map((list) => <RelatedList key={`${list.object}.${list.field}`} page={page} list={list} />);
}

export const countOf = (list: List): string => (list.more ? `${list.rows.length}+` : String(list.rows.length));

function RelatedList({ page, list }: { page: RecordPage; list: List }) {
  const { open } = useConsole();
  const { id, object } = page.record;
  return (
    <article className="slds-card slds-card_boundary slds-m-bottom_small" aria-label={list.label}>
      <div className="slds-card__header slds-grid">
        <div className="slds-media slds-media_center slds-has-flexi-truncate">
          <div className="slds-media__figure">
            <ObjectIcon icon={list.icon} size="small" />
          </div>
          <h2 className="slds-media__body slds-card__header-title slds-truncate">
            {list.label} ({countOf(list)})
          </h2>
          {list.createable && <NewButton page={page} list={list} />}
        </div>
      </div>
      {list.rows.length > 0 && (
        <div className="pc-scroll">
          <RowsTable label={list.label} columns={list.columns} rows={list.rows} />
        </div>
      )}
      {list.rows.length > 0 && (
        <footer className="slds-card__footer slds-m-top_none">
          <button
            type="button"
            className="slds-button slds-card__footer-action"
            onClick={() => open({ at: 'related', object, id, list: `${list.object}.${list.field}` }, list.label)}
          >
            View All<span className="slds-assistive-text"> {list.label}</span>
          </button>
        </footer>
      )}
    </article>
  );
}

/** A new record of a related list knows already whom it belongs to, and a person's case whose account that is. */
export function NewButton({ page, list }: { page: RecordPage; list: List }) {
  const { store, under } = useConsole();
  const account = list.object === 'Case' && list.field === 'ContactId' ? page.record.values.AccountId : null;
  const values = { [list.field]: page.record.id, ...(account ? { AccountId: account } : {}) };
  return (
    <button
      type="button"
      className="slds-button slds-button_neutral slds-no-flex"
      onClick={() => store.send({ type: 'dialog', dialog: { show: 'new', object: list.object, values, under } })}
    >
      New
    </button>
  );
}
