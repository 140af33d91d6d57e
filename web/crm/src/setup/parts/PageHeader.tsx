import { ObjectIcon } from '../../shell/Icon.tsx';

interface Props {
  icon: string; // standard:user
  label: string;
  crumb?: string;
  children?: React.ReactNode; // buttons
}

/** The head of a Setup page: the small word SETUP above the node's name. */
export function PageHeader({ icon, label, crumb = 'Setup', children }: Props) {
  return (
    <div className="slds-page-header pc-setup-head">
      <div className="slds-page-header__row">
        <div className="slds-page-header__col-title">
          <div className="slds-media">
            <div className="slds-media__figure">
              <ObjectIcon icon={icon} />
            </div>
            <div className="slds-media__body">
              <p className="slds-text-title_caps pc-setup-crumb">{crumb}</p>
              <h1 className="slds-page-header__title slds-truncate" title={label}>
                {label}
              </h1>
            </div>
          </div>
        </div>
        {children && <div className="slds-page-header__col-actions slds-button-group-row">{children}</div>}
      </div>
    </div>
  );
}
