import { useEffect, useState } from 'react';
import { useConsole } from '../console-context.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Menu, type MenuItem } from '../shell/Menu.tsx';
import type { Kind, ListPage, ObjectInfo } from '../wire.ts';
import { since, summary } from './view-form.ts';

interface Props {
  kind: Kind | null;
  object: string;
  view: string;
  info: ObjectInfo | null;
  page: ListPage | null;
  loadedFor: string; // changes when the list is asked for again
  words: string;
  chosen: string[];
  isFiltering: boolean;
  onWords(words: string): void;
  onFilters(): void;
}

/** The head of a list: which view, how many, what can be done with it and with the chosen records. */
export function ListHeader(props: Props) {
  const { kind, object, view, info, page, chosen } = props;
  const { store } = useConsole();
  const label = page?.definition.label ?? (view === 'Recent' ? 'Recently Viewed' : '');
  return (
    <div className="slds-page-header slds-page-header_joined pc-list-header">
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
                <ViewMenu object={object} view={view} page={page} />
              </div>
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
            {info?.updateable && info.fields.OwnerId?.updateable && (
              <button
                type="button"
                className="slds-button slds-button_neutral"
                disabled={chosen.length === 0}
                onClick={() => store.send({ type: 'dialog', dialog: { show: 'owner', object, ids: chosen } })}
              >
                Change Owner
              </button>
            )}
            {info?.deletable && (
              <button
                type="button"
                className="slds-button slds-button_neutral"
                disabled={chosen.length === 0}
                onClick={() => store.send({ type: 'dialog', dialog: { show: 'deleteMany', object, ids: chosen } })}
              >
                Delete
              </button>
            )}
          </div>
        </div>
      </div>
      <div className="slds-page-header__row slds-grid_vertical-align-center pc-list-tools">
        <Meta {...props} />
        <Tools {...props} />
      </div>
    </div>
  );
}

function ViewMenu({ object, view, page }: { object: string; view: string; page: ListPage | null }) {
  const { open } = useConsole();
  return (
    <Menu
      name="Select a List View"
      side="left"
      className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-small slds-m-left_xx-small"
      trigger={<UtilityIcon name="down" className="slds-button__icon" />}
      header={<p className="slds-text-title_caps slds-p-horizontal_small slds-p-vertical_x-small">List views</p>}
      items={(page?.views ?? []).map((v) => ({
        label: v.label,
        checked: v.name === view,
        onChoose: () => open({ at: 'list', object, view: v.name }),
      }))}
    />
  );
}

function Meta({ page, chosen, loadedFor }: Props) {
  const [age, setAge] = useState({ page, at: Date.now(), now: Date.now() });
  useEffect(() => setAge({ page, at: Date.now(), now: Date.now() }), [page, loadedFor]);
  useEffect(() => {
    const timer = setInterval(() => setAge((before) => ({ ...before, now: Date.now() })), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!page) return <p className="slds-page-header__meta-text slds-col"> </p>;
  const sorted = page.columns.find((c) => c.name === page.sort.field)?.label ?? '';
  const parts = [summary(page.rows.length, page.more, page.definition, sorted), since(age.now - age.at)];
  if (chosen.length > 0) parts.unshift(`${chosen.length} selected`);
  return (
    <p className="slds-page-header__meta-text slds-col slds-truncate" aria-live="polite">
      {parts.join(' • ')}
    </p>
  );
}

function Tools({ object, view, info, page, words, isFiltering, onWords, onFilters }: Props) {
  const { store } = useConsole();
  const isRecent = view === 'Recent';
  const choose = () => {
    if (page) store.send({ type: 'dialog', dialog: { show: 'columns', object, view, definition: page.definition } });
  };
  const controls: MenuItem[] = [
    { label: 'Edit List Filters', disabled: isRecent, onChoose: () => !isFiltering && onFilters() },
    { label: 'Select Fields to Display', disabled: isRecent, onChoose: choose },
  ];
  return (
    <div className="slds-grid slds-grid_vertical-align-center pc-tools">
      <div className="slds-input-has-icon slds-input-has-icon_left">
        <UtilityIcon
          name="search"
          className="slds-icon slds-input__icon slds-input__icon_left slds-icon-text-default"
        />
        <input
          type="search"
          className="slds-input"
          aria-label="Search this list"
          placeholder="Search this list..."
          autoComplete="off"
          maxLength={200}
          value={words}
          onChange={(e) => onWords(e.currentTarget.value)}
        />
      </div>
      {info && (
        <Menu
          name="List View Controls"
          side="right"
          className="slds-button slds-button_icon slds-button_icon-more"
          trigger={
            <>
              <UtilityIcon name="settings" className="slds-button__icon" />
              <UtilityIcon name="down" className="slds-button__icon slds-button__icon_x-small" />
            </>
          }
          header={
            <p className="slds-text-title_caps slds-p-horizontal_small slds-p-vertical_x-small">List View Controls</p>
          }
          items={controls}
        />
      )}
      <button
        type="button"
        className="slds-button slds-button_icon slds-button_icon-border-filled"
        title="Refresh"
        onClick={() => store.send({ type: 'changed' })}
      >
        <UtilityIcon name="refresh" className="slds-button__icon" />
        <span className="slds-assistive-text">Refresh</span>
      </button>
      <button
        type="button"
        className="slds-button slds-button_icon slds-button_icon-border-filled"
        title={isFiltering ? 'Hide filters' : 'Show filters'}
        aria-pressed={isFiltering}
        disabled={isRecent}
        onClick={onFilters}
      >
        <UtilityIcon name="filterList" className="slds-button__icon" />
        <span className="slds-assistive-text">{isFiltering ? 'Hide filters' : 'Show filters'}</span>
      </button>
    </div>
  );
}
