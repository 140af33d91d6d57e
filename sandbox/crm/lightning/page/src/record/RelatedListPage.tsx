import { useEffect } from 'react';
import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import type { Location } from '../routes.ts';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Failed, Loading, Notice } from '../shell/States.tsx';
import { RecordLink } from './RecordLink.tsx';
import { countOf, NewButton } from './RelatedTab.tsx';
import { RowsTable } from './RowsTable.tsx';

/** All rows of one related list. */
export function RelatedListPage({ object, id, list }: { object: string; id: string; list: string }) {
  const { api, store } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const page = useLoad(`${object}/${id}#${revision}`, () => api.record(object, id));
  const found = useLoad(`${object}/${id}/${list}#${revision}`, () => api.relatedList(object, id, list));
  const shown = found.is === 'ready' ? found.value.lists[0] : undefined;
  const title = shown?.label ?? (found.is === 'loading' ? '' : 'Not available');
  useEffect(() => {
    if (title === '') return;
    const location: Location = { at: 'related', object, id, list };
    store.send({ type: 'workspace', event: { type: 'titled', location, title } });
  }, [title, object, id, list, store]);

  if (page.is === 'failed') return <Failed error={page.error} />;
  if (found.is === 'failed') return <Failed error={found.error} />;
  if (page.is === 'loading' || found.is === 'loading') return <Loading what="related list" />;
  if (!shown) return <Failed error={new Error("This related list isn't available.")} />;
  return (
    <div className="pc-fill">
      <div className="slds-page-header slds-page-header_joined">
        <div className="slds-page-header__row">
          <div className="slds-page-header__col-title">
            <div className="slds-media">
              <div className="slds-media__figure">
                <ObjectIcon icon={shown.icon} />
              </div>
              <div className="slds-media__body">
                <p className="slds-text-body_small">
                  <RecordLink record={page.value.record} />
                </p>
                <h1 className="slds-page-header__title slds-truncate">{shown.label}</h1>
                <p className="slds-page-header__meta-text">
                  {countOf(shown)} {shown.rows.length === 1 ? 'item' : 'items'}
                </p>
              </div>
            </div>
          </div>
          <div className="slds-page-header__col-actions">
            {shown.createable && <NewButton page={page.value} list={shown} />}
          </div>
        </div>
      </div>
      <div className="pc-list">
        {shown.rows.length === 0 ? (
          <Notice icon="related" title="Nothing to see here">
            There are no records in this list.
          </Notice>
        ) : (
          <RowsTable label={shown.label} columns={shown.columns} rows={shown.rows} />
        )}
      </div>
    </div>
  );
}
