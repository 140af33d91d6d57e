import { useConsole, useConsoleState, useLoad } from '../console-context.ts';
import { RecordLink } from '../record/RecordLink.tsx';
import { ObjectIcon } from '../shell/Icon.tsx';
import { Loading, Notice } from '../shell/States.tsx';

/** The first page: what the person worked on last. */
export function HomePage() {
  const { start } = useConsole();
  const shown = start.app.navigation.filter((item) => ['Contact', 'Case', 'Account', 'Task'].includes(item.object));
  return (
    <div className="pc-record">
      <div className="slds-page-header">
        <div className="slds-media">
          <div className="slds-media__figure">
            <ObjectIcon icon="standard:home" />
          </div>
          <div className="slds-media__body">
            <p className="slds-text-body_small">Home</p>
            <h1 className="slds-page-header__title">Welcome, {start.user.name.split(' ')[0]}</h1>
          </div>
        </div>
      </div>
      <div className="pc-home">
        {shown.map((item) => (
          <Records
            key={item.object}
            {...item}
            {...(item.object === 'Task'
              ? { title: 'My Open Tasks', view: 'OpenTasks', nothing: 'Nothing is due. Enjoy it while it lasts.' }
              : { title: `Recent ${item.label}`, view: 'Recent', nothing: `${item.label} that you open appear here.` })}
          />
        ))}
      </div>
    </div>
  );
}

interface RecordsProps {
  object: string;
  label: string;
  icon: string;
  title: string;
  view: string;
  nothing: string;
}

function Records({ object, label, icon, title, view, nothing }: RecordsProps) {
  const { api, open } = useConsole();
  const revision = useConsoleState((s) => s.revision);
  const list = useLoad(`${object}/${view}#${revision}`, () => api.list(object, view, null, 5));
  return (
    <article className="slds-card slds-card_boundary slds-m-around_none" aria-label={title}>
      <div className="slds-card__header slds-media slds-media_center">
        <div className="slds-media__figure">
          <ObjectIcon icon={icon} size="small" />
        </div>
        <h2 className="slds-media__body slds-card__header-title">{title}</h2>
      </div>
      <div className="slds-card__body slds-card__body_inner pc-home-body">
        {list.is === 'loading' && <Loading what={label} />}
        {list.is === 'failed' && <Notice icon="warning" title="Not available" />}
        {list.is === 'ready' && list.value.rows.length === 0 && (
          <p className="slds-text-color_weak slds-p-vertical_x-small">{nothing}</p>
        )}
        {list.is === 'ready' && (
          <ul className="slds-has-dividers_bottom-space">
            {list.value.rows.map((row) => (
              <li key={row.id} className="slds-item">
                <RecordLink record={row} />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="slds-card__footer">
        <button
          type="button"
          className="slds-button slds-card__footer-action"
          onClick={() => open({ at: 'list', object, view: 'All' })}
        >
          View All {label}
        </button>
      </div>
    </article>
  );
}
