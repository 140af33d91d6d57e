import { count } from '@patchcord/ui/count.ts';
import { useEffect, useState } from 'react';
import { Refusal } from '../api.ts';
import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import { asKept } from '../record/phone.ts';
import type { Sort } from '../record/RowsTable.tsx';
import { Failed, Loading, Notice } from '../shell/States.tsx';
import { type Cell, type Edits, refused, typed } from './edits.ts';
import { FilterPanel } from './FilterPanel.tsx';
import { ListHeader } from './ListHeader.tsx';
import { ListTable } from './ListTable.tsx';

const pageSize = 50;
const mostRows = 2000;
const pause = 250; // milliseconds of quiet before the list is searched

/** An object's home: one of its list views as a table. What was chosen and typed belongs to one view of one object. */
export function ListPage({ object, view }: { object: string; view: string }) {
  return <List key={`${object}/${view}`} object={object} view={view} />;
}

function List({ object, view }: { object: string; view: string }) {
  const { api, start, store } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const [sort, setSort] = useState<Sort | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const [words, setWords] = useState('');
  const search = useQuiet(words, pause);
  const [chosen, setChosen] = useState<string[]>([]);
  const [edits, setEdits] = useState<Edits>({});
  const [cell, setCell] = useState<Cell | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isFiltering, setFiltering] = useState(false);
  const key = `${object}/${view}#${sort?.field}/${sort?.descending}/${limit}/${revision}/${search}`;
  const page = useLoad(key, () => api.list(object, view, sort, limit, search));
  const info = useLoad(object, () => api.object(object));
  const kind = Object.values(start.kinds).find((k) => k.object === object) ?? null;

  if (page.is === 'failed') return <Failed error={page.error} />;
  const list = page.is === 'ready' ? page.value : null;
  const rows = list?.rows ?? [];
  const there = chosen.filter((id) => rows.some((row) => row.id === id));
  const shownSort: Sort | null = list && list.sort.field !== '' ? list.sort : sort;
  const onSort = (field: string) => setSort({ field, descending: shownSort?.field === field && !shownSort.descending });
  const more = (e: React.UIEvent<HTMLElement>) => {
    const { scrollTop, scrollHeight, clientHeight } = e.currentTarget;
    if (list?.more && rows.length >= limit && limit < mostRows && scrollHeight - scrollTop - clientHeight < 300)
      setLimit(Math.min(limit + pageSize, mostRows));
  };
  const save = async () => {
    setSaving(true);
    setCell(null);
    const reasons: Record<string, string> = {};
    const fields = info.is === 'ready' ? info.value.fields : {};
    for (const [id, edit] of Object.entries(edits)) {
      const row = rows.find((r) => r.id === id);
      const since = typeof row?.values.LastModifiedDate === 'string' ? row.values.LastModifiedDate : '';
      try {
        await api.update(object, id, asKept(fields, edit.values, start.user.locale), since);
      } catch (error) {
        const problems = error instanceof Refusal ? error.problems.map((p) => p.message).join(' ') : '';
        reasons[id] = problems || 'The record could not be saved. Try again.';
      }
    }
    const failures = Object.keys(reasons).length;
    const saved = Object.keys(edits).length - failures;
    setEdits(refused(edits, reasons));
    setSaving(false);
    store.send({ type: 'changed' });
    if (saved > 0)
      store.send({
        type: 'toasted',
        tone: 'success',
        message: `${count(saved, 'record was', 'records were')} saved.`,
      });
    if (failures > 0)
      store.send({
        type: 'toasted',
        tone: 'error',
        message: `${count(failures, 'record was', 'records were')} not saved. ${[...new Set(Object.values(reasons))].join(' ')}`,
      });
  };

  return (
    <div className="pc-fill">
      <ListHeader
        kind={kind}
        object={object}
        view={view}
        info={info.is === 'ready' ? info.value : null}
        page={list}
        loadedFor={key}
        words={words}
        chosen={there}
        isFiltering={isFiltering}
        onWords={setWords}
        onFilters={() => setFiltering(!isFiltering)}
      />
      <div className="pc-list-body">
        <div className="pc-list" onScroll={more}>
          {page.is === 'loading' && <Loading what="list" />}
          {list && rows.length === 0 && <Nothing view={view} search={search} plural={kind?.plural ?? object} />}
          {list && rows.length > 0 && (
            <ListTable
              label={kind?.plural ?? object}
              info={info.is === 'ready' ? info.value : null}
              columns={list.columns}
              rows={rows}
              sort={shownSort}
              chosen={there}
              edits={edits}
              cell={cell}
              onSort={onSort}
              onChoose={setChosen}
              onCell={setCell}
              onEdit={(id, field, value) => {
                const row = rows.find((r) => r.id === id);
                if (row) setEdits((before) => typed(before, row, field, value));
              }}
            />
          )}
          {list?.more && limit < mostRows && (
            <p className="slds-p-around_small slds-text-align_center slds-text-color_weak" role="status">
              {rows.length < limit ? 'Loading more…' : 'Scroll for more'}
            </p>
          )}
        </div>
        {isFiltering && list && info.is === 'ready' && view !== 'Recent' && (
          <FilterPanel
            key={JSON.stringify(list.definition)}
            object={object}
            view={view}
            info={info.value}
            definition={list.definition}
            onClose={() => setFiltering(false)}
          />
        )}
      </div>
      {Object.keys(edits).length > 0 && (
        <section className="pc-save-bar" aria-label="Unsaved changes">
          <button
            type="button"
            className="slds-button slds-button_neutral"
            onClick={() => {
              setEdits({});
              setCell(null);
            }}
          >
            Cancel
          </button>
          <button
            type="button"
            className="slds-button slds-button_brand"
            disabled={isSaving}
            onClick={() => void save()}
          >
            Save
          </button>
        </section>
      )}
    </div>
  );
}

function Nothing({ view, search, plural }: { view: string; search: string; plural: string }) {
  if (search.trim() !== '')
    return (
      <Notice icon="search" title="No items to display">
        Nothing in this list matches "{search.trim()}".
      </Notice>
    );
  return view === 'Recent' ? (
    <Notice icon="clock" title={`You haven't viewed any ${plural} recently`}>
      Records that you open appear here. Try another list view.
    </Notice>
  ) : (
    <Notice icon="search" title="Nothing to see here">
      There are no records in this list.
    </Notice>
  );
}

/** A value once it has stayed the same for a while. */
function useQuiet(value: string, milliseconds: number): string {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return quiet;
}
