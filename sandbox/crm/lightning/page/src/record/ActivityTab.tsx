import { useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Loading, Notice } from '../shell/States.tsx';
import type { RecordPage, Row, Values } from '../wire.ts';
import { isCall, isOverdue, lasted, timeline, today } from './activities.ts';
import { RecordLink } from './RecordLink.tsx';
import type { List } from './RelatedTab.tsx';

/** Calls and tasks: what is to be done, then what was. */
export function ActivityTab({ page, list }: { page: RecordPage; list: List | null }) {
  const { start } = useConsole();
  if (list === null) return <Loading what="activity" />;
  const now = today(new Date(), start.user.timeZone);
  const { ahead, past } = timeline(list.rows);
  return (
    <>
      {list.createable && <Composer page={page} list={list} today={now} />}
      {list.rows.length === 0 && (
        <Notice icon="event" title="No activities to show">
          Log a call or plan a task: calls and tasks of this record appear here.
        </Notice>
      )}
      {ahead.length > 0 && (
        <Section label="Upcoming &amp; Overdue">
          {ahead.map((task) => (
            <Activity key={task.id} task={task} today={now} />
          ))}
        </Section>
      )}
      {past.map(({ month, tasks }) => (
        <Section key={month} label={monthName(month, start.user.locale, now)}>
          {tasks.map((task) => (
            <Activity key={task.id} task={task} today={now} />
          ))}
        </Section>
      ))}
      {list.more && <p className="slds-text-color_weak slds-p-around_x-small">Older activities are not shown here.</p>}
    </>
  );
}

function monthName(month: string, locale: string, now: string): string {
  if (month === now.slice(0, 7)) return 'This Month';
  const at = new Date(`${month}-15T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return 'Past';
  try {
    return new Intl.DateTimeFormat(locale.replaceAll('_', '-'), {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(at);
  } catch {
    return month;
  }
}

function Composer({ page, list, today: day }: { page: RecordPage; list: List; today: string }) {
  const { store } = useConsole();
  const about = { [list.field]: page.record.id };
  const compose = (title: string, values: Values) =>
    store.send({ type: 'dialog', dialog: { show: 'new', object: 'Task', title, values: { ...values, ...about } } });
  return (
    <div className="pc-composer">
      <button
        type="button"
        className="slds-button slds-button_neutral"
        onClick={() =>
          compose('Log a Call', { Subject: 'Call', Status: 'Completed', TaskSubtype: 'Call', ActivityDate: day })
        }
      >
        <UtilityIcon name="log_a_call" className="slds-button__icon slds-button__icon_left" />
        Log a Call
      </button>
      <button type="button" className="slds-button slds-button_neutral" onClick={() => compose('New Task', {})}>
        <UtilityIcon name="task" className="slds-button__icon slds-button__icon_left" />
        New Task
      </button>
    </div>
  );
}

function Section({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section className="slds-m-bottom_small">
      <h2 className="pc-timeline-head">{label}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function Activity({ task, today: day }: { task: Row; today: string }) {
  const { show } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const call = isCall(task) || task.values.TaskSubtype === 'Call';
  const due = show(task.values.ActivityDate ?? null, 'date') || show(task.values.CreatedDate ?? null, 'datetime');
  const description = show(task.values.Description ?? null, 'string');
  const facts = [
    show(task.values.CallType ?? null, 'string'),
    lasted(task),
    show(task.values.Status ?? null, 'string'),
  ];
  return (
    <li className="pc-activity">
      <button
        type="button"
        className="slds-button slds-button_icon pc-activity-switch"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <UtilityIcon name={isOpen ? 'chevrondown' : 'chevronright'} className="slds-button__icon" />
        <span className="slds-assistive-text">Details of {task.name}</span>
      </button>
      <ObjectIcon icon={call ? 'standard:log_a_call' : 'standard:task'} size="small" />
      {!call && <Complete task={task} />}
      <div className="pc-activity-body">
        <div className="slds-grid slds-grid_align-spread">
          <span className={task.values.IsClosed === true && !call ? 'pc-done slds-truncate' : 'slds-truncate'}>
            <RecordLink record={task} />
          </span>
          <span
            className={
              isOverdue(task, day)
                ? 'slds-text-color_error slds-no-flex slds-m-left_x-small'
                : 'slds-text-color_weak slds-no-flex slds-m-left_x-small'
            }
          >
            {isOverdue(task, day) && 'Overdue · '}
            {due}
          </span>
        </div>
        <p className="slds-text-color_weak">{facts.filter(Boolean).join(' · ')}</p>
        {isOpen && (
          <p className="pc-multiline pc-activity-text">{description || 'There is no description for this activity.'}</p>
        )}
      </div>
    </li>
  );
}

/** The check box that completes a task; a second click opens it again. */
function Complete({ task }: { task: Row }) {
  const { api, store } = useConsole();
  const [isBusy, setBusy] = useState(false);
  const isDone = task.values.IsClosed === true;
  const [wanted, want] = useState(isDone); // shown at once, taken back when it is refused
  useEffect(() => want(isDone), [isDone]);
  const toggle = async () => {
    want(!isDone);
    setBusy(true);
    try {
      await api.update('Task', task.id, { Status: isDone ? 'Not Started' : 'Completed' }, '');
      store.send({
        type: 'toasted',
        tone: 'success',
        message: `Task "${task.name}" is ${isDone ? 'open again' : 'completed'}.`,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : 'The task was not changed.';
      store.send({ type: 'toasted', tone: 'error', message });
      want(isDone);
    }
    store.send({ type: 'changed' });
    setBusy(false);
  };
  return (
    <span className="slds-checkbox pc-complete">
      <input
        type="checkbox"
        id={`complete-${task.id}`}
        checked={wanted}
        disabled={isBusy}
        onChange={() => void toggle()}
      />
      <label className="slds-checkbox__label" htmlFor={`complete-${task.id}`}>
        <span className="slds-checkbox_faux" />
        <span className="slds-assistive-text">Complete {task.name}</span>
      </label>
    </span>
  );
}
