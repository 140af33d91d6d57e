import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Loading, Notice } from '../shell/States.tsx';
import type { RecordPage, Related, Row } from '../wire.ts';
import { display } from './format.ts';
import { RecordLink, RowsTable } from './RowsTable.tsx';

type List = Related['lists'][number];

/** The lists of records that point to this one. */
export function RelatedTab({ page, lists }: { page: RecordPage; lists: List[] | null }) {
  if (lists === null) return <Loading what="related lists" />;
  if (lists.length === 0) return <Notice icon="related" title="Nothing is related to this record" />;
  return lists.map((list) => <RelatedList key={`${list.object}.${list.field}`} page={page} list={list} />);
}

function RelatedList({ page, list }: { page: RecordPage; list: List }) {
  const count = list.more ? `${list.rows.length}+` : String(list.rows.length);
  return (
    <article className="slds-card slds-card_boundary slds-m-bottom_small">
      <div className="slds-card__header slds-grid">
        <div className="slds-media slds-media_center slds-has-flexi-truncate">
          <div className="slds-media__figure">
            <ObjectIcon icon={list.icon} size="small" />
          </div>
          <h2 className="slds-media__body slds-card__header-title slds-truncate">
            {list.label} ({count})
          </h2>
          {list.createable && <NewButton page={page} list={list} label="New" />}
        </div>
      </div>
      {list.rows.length > 0 && <RowsTable label={list.label} columns={list.columns} rows={list.rows} />}
    </article>
  );
}

function NewButton({ page, list, label }: { page: RecordPage; list: List; label: string }) {
  const { store } = useConsole();
  const values = { [list.field]: page.record.id };
  return (
    <button
      type="button"
      className="slds-button slds-button_neutral slds-no-flex"
      onClick={() => store.send({ type: 'dialog', dialog: { show: 'new', object: list.object, values } })}
    >
      {label}
    </button>
  );
}

/** Calls and tasks, newest first. */
export function ActivityTab({ page, list }: { page: RecordPage; list: List | null }) {
  if (list === null) return <Loading what="activity" />;
  return (
    <>
      <div className="slds-grid slds-grid_align-end slds-m-bottom_small">
        {list.createable && <NewButton page={page} list={list} label="New Task" />}
      </div>
      {list.rows.length === 0 ? (
        <Notice icon="event" title="No activities to show">
          Calls and tasks for this record appear here.
        </Notice>
      ) : (
        <ul>
          {list.rows.map((task) => (
            <Activity key={task.id} task={task} />
          ))}
        </ul>
      )}
    </>
  );
}

function Activity({ task }: { task: Row }) {
  const isCall = typeof task.values.CallType === 'string' && task.values.CallType !== '';
  const due = display(task.values.ActivityDate ?? null, 'date') || display(task.values.CreatedDate ?? null, 'datetime');
  return (
    <li className="slds-media slds-p-vertical_x-small slds-border_bottom">
      <div className="slds-media__figure">
        <ObjectIcon icon={isCall ? 'standard:log_a_call' : 'standard:task'} size="small" />
      </div>
      <div className="slds-media__body">
        <div className="slds-grid slds-grid_align-spread">
          <RecordLink record={task} />
          <span className="slds-text-color_weak">{due}</span>
        </div>
        <p className="slds-text-color_weak">
          {isCall && (
            <UtilityIcon
              name="call"
              className="slds-icon slds-icon-text-default slds-icon_xx-small slds-m-right_xx-small"
            />
          )}
          {display(task.values.Status ?? null, 'string')}
        </p>
      </div>
    </li>
  );
}
