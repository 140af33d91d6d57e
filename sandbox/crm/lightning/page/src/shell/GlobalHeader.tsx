import { useConsole } from '../console-context.ts';
import { GlobalSearch } from '../search/GlobalSearch.tsx';
import { UtilityIcon } from './Icon.tsx';
import { Menu } from './Menu.tsx';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** The strip at the top: search in the middle, help and the person at the right. */
export function GlobalHeader() {
  const { start } = useConsole();
  const { user, organization } = start;
  return (
    <header className="slds-global-header_container pc-header">
      <div className="slds-global-header slds-grid slds-grid_align-spread">
        <div className="slds-global-header__item pc-brand">
          <span className="pc-brand-mark" aria-hidden="true" />
          <span className="slds-truncate">{organization.name}</span>
        </div>
        <div className="slds-global-header__item slds-global-header__item_search">
          <GlobalSearch />
        </div>
        <div className="slds-global-header__item">
          <ul className="slds-global-actions">
            {user.viewsSetup && (
              <li className="slds-global-actions__item">
                <Menu
                  name="Setup"
                  side="right"
                  className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-small slds-global-actions__item-action"
                  trigger={<UtilityIcon name="setup" className="slds-button__icon slds-global-header__icon" />}
                  items={[
                    {
                      label: 'Setup',
                      icon: (
                        <span className="slds-m-right_x-small">
                          <UtilityIcon name="setup" className="slds-icon slds-icon_x-small slds-icon-text-default" />
                        </span>
                      ),
                      onChoose: () => window.open('/lightning/setup/SetupOneHome/home', '_blank', 'noopener'),
                    },
                  ]}
                />
              </li>
            )}
            <li className="slds-global-actions__item">
              <Menu
                name="View profile"
                side="right"
                className="slds-button slds-global-actions__avatar slds-global-actions__item-action"
                trigger={
                  <span className="slds-avatar slds-avatar_circle slds-avatar_medium">
                    <abbr className="slds-avatar__initials slds-icon-standard-user">{initials(user.name)}</abbr>
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
  );
}
