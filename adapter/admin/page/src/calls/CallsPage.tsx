import { useEffect, useRef } from 'react';
import { useDesk } from '../desk.ts';
import { More } from '../shell/More.tsx';
import { Empty, Shown, Title } from '../shell/parts.tsx';
import { zoneNote } from '../time.ts';
import { useFeed } from '../use-feed.ts';
import type { CallList, Filters } from '../wire.ts';
import { count } from '../words.ts';
import { CallRow } from './CallRow.tsx';
import { days, idOf, more, refreshed } from './call-list.ts';
import { FilterForm } from './FilterForm.tsx';
import { asked, everything, type Filter, format, question } from './filter.ts';
import { useListKeys } from './use-list-keys.ts';

const none: Filters = { agents: [], queues: [] };
const seldom = 60_000; // milliseconds: new queues and agents are rare
const limit = 50; // calls of a page

const query = (filter: Filter, cursor = ''): URLSearchParams => {
  const params = question(filter, new Date());
  params.set('limit', String(limit));
  if (cursor !== '') params.set('cursor', cursor);
  return params;
};

/** The calls, the latest first, each with the sentence that says why it popped or did not. */
export function CallsPage({ filter }: { filter: Filter }) {
  const { api, open, kept } = useDesk();
  const list = useRef<HTMLDivElement>(null);
  useListKeys(list);
  const { feed, again, change } = useFeed<CallList>(
    format(filter).toString(),
    (signal) => api.calls(query(filter), signal),
    { fold: refreshed, kept: kept.list },
  );
  useEffect(() => {
    kept.list = feed;
  }, [feed, kept]);
  useEffect(() => {
    const rows = list.current?.querySelectorAll<HTMLElement>('a[data-row]') ?? [];
    [...rows].find((row) => row.dataset.row === kept.opened)?.focus();
    kept.opened = '';
  }, [kept]);
  const narrow = useFeed<Filters>('filters', (signal) => api.filters(signal), { every: seldom });
  const setFilter = (to: Filter) => open({ at: 'calls', filter: to }, 'replace');
  return (
    <>
      <Title side={<p className="pc-aside">{zoneNote()}</p>}>Calls</Title>
      <FilterForm filter={filter} known={narrow.feed.value ?? none} onChange={setFilter} onSubmit={again} />
      <Shown feed={feed} what="calls">
        {(value) => (
          <div ref={list}>
            <p className="pc-count" role="status">
              {said(value, asked(filter) > 0)}
            </p>
            {value.calls.length === 0 && <Nothing filtered={asked(filter) > 0} onClear={() => setFilter(everything)} />}
            {days(value.calls, new Date()).map((day) => (
              <section key={day.name} aria-label={day.name}>
                <h2 className="pc-day">{day.name}</h2>
                <ul className="pc-list">
                  {day.calls.map((call) => (
                    <CallRow key={idOf(call)} call={call} />
                  ))}
                </ul>
              </section>
            ))}
            {value.next !== '' && (
              <More
                label="Show earlier calls"
                load={() => api.calls(query(filter, value.next))}
                onMore={(page) => change((v) => more(v, page))}
              />
            )}
          </div>
        )}
      </Shown>
    </>
  );
}

const said = (list: CallList, filtered: boolean): string => {
  if (list.calls.length === 0) return '';
  const shown = count(list.calls.length, 'call');
  if (list.next !== '') return `The latest ${shown}`;
  return filtered ? `${shown} ${list.calls.length === 1 ? 'fits' : 'fit'}` : shown;
};

function Nothing({ filtered, onClear }: { filtered: boolean; onClear(): void }) {
  if (!filtered)
    return (
      <Empty title="No calls yet">
        As soon as an agent's softphone tells of a call, it is here, with why it popped or did not.
      </Empty>
    );
  return (
    <Empty title="No call fits">
      <button type="button" className="slds-button slds-button_neutral" onClick={onClear}>
        Clear the filters
      </button>
    </Empty>
  );
}
