import { UtilityIcon } from './Icon.tsx';

/** Shown while something loads. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="pc-spinner" role="status">
      <div className="slds-spinner slds-spinner_medium slds-spinner_brand">
        <span className="slds-assistive-text">Loading {what}</span>
        <div className="slds-spinner__dot-a" />
        <div className="slds-spinner__dot-b" />
      </div>
    </div>
  );
}

/** Shown when there is nothing, or when it could not be had. */
export function Notice({ icon, title, children }: { icon: string; title: string; children?: React.ReactNode }) {
  return (
    <div className="slds-illustration slds-illustration_small slds-p-around_x-large pc-notice">
      <UtilityIcon name={icon} className="slds-icon slds-icon_large slds-icon-text-default" />
      <div className="slds-text-longform slds-m-top_small">
        <h2 className="slds-text-heading_medium">{title}</h2>
        {children && <p className="slds-text-body_regular">{children}</p>}
      </div>
    </div>
  );
}

export function Failed({ error }: { error: Error }) {
  return (
    <div role="alert">
      <Notice icon="warning" title="This page can't be shown">
        {error.message}
      </Notice>
    </div>
  );
}
