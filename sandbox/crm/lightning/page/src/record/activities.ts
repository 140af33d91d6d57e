import type { Row } from '../wire.ts';

export const isCall = (task: Row): boolean => typeof task.values.CallType === 'string' && task.values.CallType !== '';

const text = (task: Row, field: string): string => {
  const value = task.values[field];
  return typeof value === 'string' ? value : '';
};

const dayOf = (task: Row): string => text(task, 'ActivityDate') || text(task, 'CreatedDate').slice(0, 10);

export interface Timeline {
  ahead: Row[]; // open, the earliest due first; those without a date last
  past: { month: string; tasks: Row[] }[]; // done, newest first; a month is 2026-01
}

/** Activities as a timeline shows them: what is to be done, then what was, month by month. */
export function timeline(tasks: Row[]): Timeline {
  const due = (task: Row) => text(task, 'ActivityDate') || '9999';
  const ahead = tasks.filter((task) => task.values.IsClosed !== true).sort((a, b) => due(a).localeCompare(due(b)));
  const past: Timeline['past'] = [];
  const done = tasks.filter((task) => task.values.IsClosed === true);
  const newest = (a: Row, b: Row) =>
    dayOf(b).localeCompare(dayOf(a)) || text(b, 'CreatedDate').localeCompare(text(a, 'CreatedDate'));
  for (const task of done.sort(newest)) {
    const month = dayOf(task).slice(0, 7);
    const last = past.at(-1);
    if (last?.month === month) last.tasks.push(task);
    else past.push({ month, tasks: [task] });
  }
  return { ahead, past };
}

export const isOverdue = (task: Row, today: string): boolean => {
  const due = text(task, 'ActivityDate');
  return task.values.IsClosed !== true && due !== '' && due < today;
};

/** Today as a date field writes it, on the calendar of a time zone. */
export function today(now: Date, timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  } catch {
    return now.toISOString().slice(0, 10);
  }
}

/** A call's length as people say it: 1:05. */
export function lasted(task: Row): string {
  const seconds = task.values.CallDurationInSeconds;
  if (typeof seconds !== 'number' || seconds < 0) return '';
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}
