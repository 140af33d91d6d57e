import { useState } from 'react';
import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import { RowsTable, type Sort } from '../record/RowsTable.tsx';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Menu } from '../shell/Menu.tsx';
import { Failed, Loading, Notice } from '../shell/States.tsx';
import type { Kind, ListPage as Page } from '../wire.ts';

const pageSize = 50;

/** An object's home: one of its list views as a table. */
export function ListPage({ object, view }: { object: string; view: string }) {
  const { api, start } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const [sort, setSort] = useState<Sort | null>(null);
  const [limit, setLimit] = useState(pageSize);
  const key = `${object}/${view}#${sort?.field}/${sort?.descending}/${limit}/${revision}`;
  const page = useLoad(key, () => api.list(object, view, sort, limit));
  const kind = Object.values(start.kinds).find((k) => k.object === object) ?? null;

  if (page.is === 'failed') return <Failed error={page.error} />;
  const onSort = (field: string) => setSort({ field, descending: sort?.field === field && !sort.descending });
  return (
    <div className="pc-fill">
      <Header kind={kind} object={object} view={view} page={page.is === 'ready' ? page.value : null} />
      <div className="pc-list">
        {page.is === 'loading' && <Loading what="list" />}
        {page.is === 'ready' && page.value.rows.length === 0 && (
          <Notice icon="search" title="Nothing to see here">
            {view === 'Recent' ? 'Records that you look at appear in this list.' : 'There are no records in this list.'}
          </Notice>
        )}
        {page.is === 'ready' && page.value.rows.length > 0 && (
          <RowsTable
            label={kind?.plural ?? object}
            columns={page.value.columns}
            rows={page.value.rows}
            sort={sort}
            onSort={onSort}
          />
        )}
        {page.is === 'ready' && page.value.more && (
          <div className="slds-p-around_small slds-text-align_center">
            <button
              type="button"
              className="slds-button slds-button_neutral"
              onClick={() => setLimit(limit + pageSize)}
            >
              Show More
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

interface HeaderProps {
  kind: Kind | null;
  object: string;
  view: string;
  page: Page | null;
}

function Header({ kind, object, view, page }: HeaderProps) {
  const { store, open } = useConsole();
  const views = page?.views ?? [];
  const label = views.find((v) => v.name === view)?.label ?? (view === 'Recent' ? 'Recently Viewed' : view);
  const info = useObject(object);
  const count = page ? `${page.rows.length}${page.more ? '+' : ''} ${page.rows.length === 1 ? 'item' : 'items'}` : ' ';
  return (
    <div className="slds-page-header slds-page-header_joined">
      <div className="slds-page-header__row">
        <div className="slds-page-header__col-title">
          <div className="slds-media">
            <div className="slds-media__figure">
              <ObjectIcon icon={kind?.icon ?? 'standard:record'} />
            </div>
            <div className="slds-media__body">
              <p className="slds-text-body_small">{kind?.plural ?? object}</p>
              <div className="slds-grid slds-grid_vertical-align-center">
                <h1 className="slds-page-header__title slds-truncate">{label}</h1>
                <Menu
                  name="Select a List View"
                  side="left"
                  className="slds-button slds-button_icon slds-button_icon-small slds-m-left_x-small"
                  trigger={<UtilityIcon name="down" className="slds-button__icon" />}
                  header={<p className="slds-text-title_caps slds-p-horizontal_small slds-p-top_x-small">List views</p>}
                  items={views.map((v) => ({
                    label: v.label,
                    checked: v.name === view,
                    onChoose: () => open({ at: 'list', object, view: v.name }),
                  }))}
                />
              </div>
              <p className="slds-page-header__meta-text">{count}</p>
            </div>
          </div>
        </div>
        <div className="slds-page-header__col-actions">
          <div className="slds-button-group">
            {info?.createable && (
              <button
                type="button"
                className="slds-button slds-button_neutral"
                onClick={() => store.send({ type: 'dialog', dialog: { show: 'new', object, values: {} } })}
              >
                New
              </button>
            )}
          </div>
          <button
            type="button"
            className="slds-button slds-button_icon slds-button_icon-border-filled slds-m-left_x-small"
            title="Refresh"
            onClick={() => store.send({ type: 'changed' })}
          >
            <UtilityIcon name="refresh" className="slds-button__icon" />
            <span className="slds-assistive-text">Refresh</span>
          </button>
        </div>
      </div>
    </div>
  );
}

function useObject(object: string) {
  const { api } = useConsole();
  const info = useLoad(object, () => api.object(object));
  return info.is === 'ready' ? info.value : null;
}
