import { UtilityIcon } from '../../shell/Icon.tsx';

/** A message that stays on the page. */
export function MessageBox({
  tone,
  children,
}: {
  tone: 'error' | 'warning' | 'info' | 'success';
  children: React.ReactNode;
}) {
  return (
    <div
      className={`slds-scoped-notification slds-media slds-media_center slds-theme_${tone} slds-m-bottom_small`}
      role={tone === 'error' ? 'alert' : 'note'}
    >
      <div className="slds-media__figure">
        <UtilityIcon name={tone} className="slds-icon slds-icon_small" />
      </div>
      <div className="slds-media__body">{children}</div>
    </div>
  );
}
