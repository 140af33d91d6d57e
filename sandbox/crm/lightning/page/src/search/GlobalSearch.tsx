import { useEffect, useRef, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import type { Group, Row } from '../wire.ts';

const pause = 200; // milliseconds of quiet before a search
const shortest = 2;

/** The search box of the header: suggestions while typing, all results on Enter. */
export function GlobalSearch() {
  const { api, open } = useConsole();
  const [query, setQuery] = useState('');
  const [groups, setGroups] = useState<Group[] | null>(null);
  const root = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (query.trim().length < shortest) return setGroups(null);
    let wanted = true;
    const timer = setTimeout(() => {
      api.search(query, 5).then(
        (found) => wanted && setGroups(found.groups),
        () => wanted && setGroups(null),
      );
    }, pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, query]);

  const close = () => setGroups(null);
  const choose = (row: Row) => {
    close();
    setQuery('');
    open({ at: 'record', object: row.object, id: row.id }, row.name);
  };
  return (
    <search>
      <form
        ref={root}
        className="slds-form-element pc-lookup"
        onSubmit={(e) => {
          e.preventDefault();
          close();
          if (query.trim().length >= shortest) open({ at: 'search', query: query.trim() });
        }}
        onBlur={(e) => {
          if (!root.current?.contains(e.relatedTarget)) close();
        }}
        onKeyDown={(e) => e.key === 'Escape' && close()}
      >
        <label className="slds-assistive-text" htmlFor="global-search">
          Search
        </label>
        <div className="slds-form-element__control slds-input-has-icon slds-input-has-icon_left">
          <UtilityIcon
            name="search"
            className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
          />
          <input
            id="global-search"
            type="search"
            className="slds-input"
            placeholder="Search..."
            autoComplete="off"
            value={query}
            onChange={(e) => setQuery(e.currentTarget.value)}
          />
        </div>
        {groups && <Suggestions groups={groups} query={query} onChoose={choose} />}
      </form>
    </search>
  );
}

function Suggestions({ groups, query, onChoose }: { groups: Group[]; query: string; onChoose(row: Row): void }) {
  return (
    <div className="slds-dropdown slds-dropdown_fluid slds-scrollable_y pc-search-results">
      <button type="submit" className="slds-button pc-menu-item">
        <UtilityIcon
          name="search"
          className="slds-icon slds-icon_x-small slds-icon-text-default slds-m-right_x-small"
        />
        <span className="slds-truncate">Show all results for "{query}"</span>
      </button>
      {groups.flatMap((group) =>
        group.rows.map((row) => (
          <button key={row.id} type="button" className="slds-button pc-menu-item" onClick={() => onChoose(row)}>
            <span className="slds-m-right_x-small">
              <ObjectIcon icon={group.icon} size="small" />
            </span>
            <span className="slds-truncate">
              {row.name} <span className="slds-text-color_weak">{group.label}</span>
            </span>
          </button>
        )),
      )}
    </div>
  );
}
