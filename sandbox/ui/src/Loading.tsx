import './ui.css';

/** Shown while something loads. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="ui-spinner" role="status">
      <div className="slds-spinner slds-spinner_medium slds-spinner_brand">
        <span className="slds-assistive-text">Loading {what}</span>
        <div className="slds-spinner__dot-a" />
        <div className="slds-spinner__dot-b" />
      </div>
    </div>
  );
}
