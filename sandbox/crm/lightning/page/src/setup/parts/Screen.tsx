import { ObjectIcon } from '../../shell/Icon.tsx';

interface Props {
  title: string;
  icon?: string; // standard:user
  crumb?: string; // where the screen is below Setup
  actions?: React.ReactNode; // buttons
  children?: React.ReactNode;
}

/** A screen of Setup: its head with the buttons that are about all of it, and what it shows. */
export function Screen({ title, icon = 'standard:settings', crumb = 'Setup', actions, children }: Props) {
  return (
    <>
      <div className="slds-page-header pc-setup-head">
        <div className="slds-page-header__row">
          <div className="slds-page-header__col-title">
            <div className="slds-media">
              <div className="slds-media__figure">
                <ObjectIcon icon={icon} />
              </div>
              <div className="slds-media__body">
                <p className="slds-text-title_caps pc-setup-crumb">{crumb}</p>
                <h1 className="slds-page-header__title slds-truncate" title={title}>
                  {title}
                </h1>
              </div>
            </div>
          </div>
          {actions && <div className="slds-page-header__col-actions pc-setup-tools">{actions}</div>}
        </div>
      </div>
      {children}
    </>
  );
}

/** A white box below the head. */
export function Card({ children }: { children: React.ReactNode }) {
  return <div className="pc-setup-card">{children}</div>;
}
