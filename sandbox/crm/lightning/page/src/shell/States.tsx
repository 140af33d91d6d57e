import { Refusal } from '../api.ts';
import { UtilityIcon } from './Icon.tsx';

export { Loading } from '@patchcord/ui/Loading.tsx';

/** Shown when there is nothing, or when it could not be had. */
export function Notice({ icon, title, children }: { icon: string; title: string; children?: React.ReactNode }) {
  return (
    <div className="pc-notice">
      <span className="pc-notice-icon">
        <UtilityIcon name={icon} className="slds-icon slds-icon_medium pc-notice-sign" />
      </span>
      <h2 className="slds-text-heading_small">{title}</h2>
      {children && <p className="slds-text-color_weak">{children}</p>}
    </div>
  );
}

const titles: Record<string, string> = {
  NOT_FOUND: "This record isn't available",
  ENTITY_IS_DELETED: 'This record was deleted',
  INSUFFICIENT_ACCESS: 'Insufficient Privileges',
  INSUFFICIENT_ACCESS_OR_READONLY: 'Insufficient Privileges',
  INVALID_TYPE: 'Insufficient Privileges',
  OFFLINE: 'No connection',
};

/** Shown in place of a page that could not be had, with the platform's reason. */
export function Failed({ error }: { error: Error }) {
  const code = error instanceof Refusal ? (error.problems[0]?.code ?? '') : '';
  const title = titles[code] ?? "This page can't be shown";
  return (
    <div role="alert" className="pc-card">
      <Notice icon={title === 'Insufficient Privileges' ? 'lock' : 'warning'} title={title}>
        {error.message}
      </Notice>
      <p className="slds-text-align_center slds-p-bottom_medium">
        <a href="/lightning/page/home">Go to Home</a>
      </p>
    </div>
  );
}

/** Shown to a person whom neither profile nor permission sets let open any app. */
export function NoApp() {
  return (
    <div role="alert" className="pc-card slds-m-around_medium">
      <Notice icon="lock" title="Insufficient Privileges">
        You don't have access to any app. Ask your administrator for help. <a href="/secur/logout.jsp">Log Out</a>
      </Notice>
    </div>
  );
}
