import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import { RowsTable } from '../record/RowsTable.tsx';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Failed, Loading, Notice } from '../shell/States.tsx';

/** Top results of a search, object by object. */
export function SearchPage({ query }: { query: string }) {
  const { api } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const found = useLoad(`search/${encodeURIComponent(query)}#${revision}`, () => api.search(query, 20));
  if (found.is === 'failed') return <Failed error={found.error} />;
  if (found.is === 'loading') return <Loading what="search results" />;
  const groups = found.value.groups.filter((group) => group.rows.length > 0);
  return (
    <div className="pc-record">
      <div className="slds-page-header">
        <div className="slds-media">
          <div className="slds-media__figure">
            <ObjectIcon icon="standard:search" />
          </div>
          <div className="slds-media__body">
            <h1 className="slds-page-header__title">Top Results</h1>
            <p className="slds-page-header__meta-text">Results for "{query}"</p>
          </div>
        </div>
      </div>
      {groups.length === 0 && (
        <div className="pc-card">
          <Notice icon="search" title={`No results for "${query}"`}>
            Check the spelling, or search for a part of a name or for a whole telephone number.
          </Notice>
        </div>
      )}
      {groups.map((group) => (
        <article key={group.object} className="slds-card slds-card_boundary">
          <div className="slds-card__header slds-media slds-media_center">
            <div className="slds-media__figure">
              <ObjectIcon icon={group.icon} size="small" />
            </div>
            <h2 className="slds-media__body slds-card__header-title">{group.label}</h2>
          </div>
          <RowsTable label={group.label} columns={group.columns} rows={group.rows} />
        </article>
      ))}
    </div>
  );
}
