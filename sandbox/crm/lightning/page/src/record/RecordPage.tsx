import { startTransition, useEffect, useState } from 'react';
import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import type { Location } from '../routes.ts';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import { Menu, type MenuItem } from '../shell/Menu.tsx';
import { Failed, Loading } from '../shell/States.tsx';
import type { RecordPage as Page, Related } from '../wire.ts';
import { ActivityTab } from './ActivityTab.tsx';
import { DetailSections } from './DetailSections.tsx';
import { FieldValue } from './FieldValue.tsx';
import { RelatedTab } from './RelatedTab.tsx';
import { TabSet } from './TabSet.tsx';

/** A record's home: highlights above, details and related lists at the left, activity at the right. */
export function RecordPage({ object, id }: { object: string; id: string }) {
  const { api, store } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const page = useLoad(`${object}/${id}#${revision}`, () => api.record(object, id));
  const related = useLoad(`${object}/${id}/related#${revision}`, () => api.related(object, id));

  const title = page.is === 'ready' ? page.value.record.name : page.is === 'failed' ? 'Not available' : '';
  useEffect(() => {
    if (title === '') return;
    const location: Location = { at: 'record', object, id };
    store.send({ type: 'workspace', event: { type: 'titled', location, title } });
    performance.mark(`record-painted:${id}`);
  }, [title, object, id, store]);

  if (page.is === 'failed') return <Failed error={page.error} />;
  if (page.is === 'loading') return <Loading what="record" />;
  return <Ready page={page.value} related={related.is === 'ready' ? related.value : null} />;
}

/** False until the browser has drawn what is there: who a caller is shows before all that is known of him. */
function useDrawn(): boolean {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => startTransition(() => setDrawn(true)));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isDrawn;
}

function Ready({ page, related }: { page: Page; related: Related | null }) {
  const isDrawn = useDrawn();
  const tasks = related?.lists.filter((list) => list.object === 'Task') ?? [];
  const others = related?.lists.filter((list) => list.object !== 'Task') ?? [];
  const hasActivity = tasks.length > 0 || related === null;
  const details = (
    <div className="pc-card slds-p-around_small">
      <TabSet
        name="Record"
        tabs={[
          { id: 'details', label: 'Details', content: <DetailSections page={page} /> },
          { id: 'related', label: 'Related', content: <RelatedTab page={page} lists={related && others} /> },
        ]}
      />
    </div>
  );
  return (
    <div className="pc-record">
      <Header page={page} />
      {!isDrawn ? null : page.info.name === 'Task' || !hasActivity ? (
        details
      ) : (
        <div className="pc-record-columns">
          {details}
          <div className="pc-card slds-p-around_small">
            <TabSet
              name="Activity"
              tabs={[
                { id: 'activity', label: 'Activity', content: <ActivityTab page={page} list={tasks[0] ?? null} /> },
              ]}
            />
          </div>
        </div>
      )}
    </div>
  );
}

/** Objects whose records Sales Engagement has people call. */
const inCadences: ReadonlySet<string> = new Set(['Contact', 'Lead']);

function Header({ page }: { page: Page }) {
  const { store, startSalesCall } = useConsole();
  const canDial = useConsoleState((s) => s.clickToDial);
  const { info, record } = page;
  const show = (dialog: 'edit' | 'delete' | 'clone') =>
    store.send({
      type: 'dialog',
      dialog: { show: dialog, object: info.name, id: record.id, name: record.name },
    });
  const button = (label: string, isThere: boolean, onClick: () => void) =>
    isThere && (
      <button type="button" className="slds-button slds-button_neutral" onClick={onClick}>
        {label}
      </button>
    );
  const more: MenuItem[] = [];
  if (info.updateable && info.fields.OwnerId?.updateable)
    more.push({
      label: 'Change Owner',
      onChoose: () => store.send({ type: 'dialog', dialog: { show: 'owner', object: info.name, ids: [record.id] } }),
    });
  const number = record.values.Phone;
  if (canDial && inCadences.has(info.name) && typeof number === 'string' && number !== '')
    more.push({
      label: 'Start Sales Engagement Call',
      onChoose: () =>
        startSalesCall({ number, recordId: record.id, recordName: record.name, objectType: record.object }),
    });
  return (
    <div className="slds-page-header slds-page-header_record-home">
      <div className="slds-page-header__row">
        <div className="slds-page-header__col-title">
          <div className="slds-media">
            <div className="slds-media__figure">
              <ObjectIcon icon={info.icon} />
            </div>
            <div className="slds-media__body">
              <p className="slds-text-body_small">{info.label}</p>
              <h1 className="slds-page-header__title pc-title">{record.name}</h1>
            </div>
          </div>
        </div>
        <div className="slds-page-header__col-actions">
          <div className="slds-button-group pc-actions">
            {button('Edit', info.updateable, () => show('edit'))}
            {button('Clone', info.createable, () => show('clone'))}
            {button('Delete', info.deletable, () => show('delete'))}
            {more.length > 0 && (
              <Menu
                name="Show more actions"
                side="right"
                className="slds-button slds-button_icon slds-button_icon-border-filled pc-last"
                trigger={<UtilityIcon name="down" className="slds-button__icon" />}
                items={more}
              />
            )}
          </div>
        </div>
      </div>
      {info.highlights.length > 0 && (
        <div className="slds-page-header__row slds-page-header__row_gutters">
          <div className="slds-page-header__col-details">
            <dl className="slds-page-header__detail-row pc-highlights">
              {info.highlights.map((name) => (
                <div key={name} className="slds-page-header__detail-block">
                  <dt className="slds-text-title slds-truncate">{info.fields[name]?.label ?? name}</dt>
                  <dd className="slds-truncate">
                    <FieldValue record={record} name={name} type={info.fields[name]?.type ?? 'string'} />
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        </div>
      )}
    </div>
  );
}
