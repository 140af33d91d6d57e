import { UtilityIcon } from '../../shell/Icon.tsx';
import { Menu } from '../../shell/Menu.tsx';
import { useSetup } from '../setup-context.ts';

/** The strip at the top and the bar below it. */
export function SetupHeader() {
  const { start, location, open } = useSetup();
  const { user, organization } = start;
  return (
    <>
      <header className="slds-global-header_container pc-header">
        <div className="slds-global-header slds-grid slds-grid_align-spread">
          <a className="slds-assistive-text slds-assistive-text_focus" href="#setup-main">
            Skip to Main Content
          </a>
          <div className="slds-global-header__item pc-brand">
            <span className="pc-brand-mark" aria-hidden="true" />
            <span className="slds-truncate">{organization.name}</span>
          </div>
          <div className="slds-global-header__item">
            <ul className="slds-global-actions">
              <li className="slds-global-actions__item">
                <Menu
                  name="View profile"
                  side="right"
                  className="slds-button slds-global-actions__avatar slds-global-actions__item-action"
                  trigger={
                    <span className="slds-avatar slds-avatar_circle slds-avatar_medium">
                      <abbr className="slds-avatar__initials slds-icon-standard-user">{user.name.charAt(0)}</abbr>
                    </span>
                  }
                  header={
                    <div className="slds-p-horizontal_small slds-p-vertical_x-small">
                      <p className="slds-text-heading_small">{user.name}</p>
                      <p className="slds-text-color_weak slds-truncate">{user.username}</p>
                    </div>
                  }
                  items={[{ label: 'Log Out', onChoose: () => window.location.assign('/secur/logout.jsp') }]}
                />
              </li>
            </ul>
          </div>
        </div>
      </header>
      <nav className="slds-context-bar pc-context-bar" aria-label="Setup">
        <div className="slds-context-bar__primary">
          <a
            className="slds-button slds-button_icon slds-button_icon-container pc-launcher"
            href="/lightning/page/home"
            title={start.app.label || 'App Launcher'}
          >
            <UtilityIcon name="apps" className="slds-button__icon" />
            <span className="slds-assistive-text">{start.app.label || 'App Launcher'}</span>
          </a>
          <span className="slds-context-bar__label-action slds-context-bar__app-name">
            <span className="slds-truncate">Setup</span>
          </span>
        </div>
        <ul className="slds-grid">
          <li className="slds-context-bar__item slds-is-active">
            <button
              type="button"
              className="slds-button slds-context-bar__label-action pc-setup-tab"
              aria-current={location.node === 'SetupOneHome' ? 'page' : undefined}
              onClick={() => open('SetupOneHome')}
            >
              <span className="slds-truncate">Home</span>
            </button>
          </li>
        </ul>
      </nav>
    </>
  );
}
