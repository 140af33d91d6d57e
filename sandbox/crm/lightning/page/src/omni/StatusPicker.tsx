import { UtilityIcon } from '../shell/Icon.tsx';
import { Menu, type MenuItem } from '../shell/Menu.tsx';
import { standing } from './follow.ts';
import { isOnline, type OmniState, type PresenceStatus } from './wire.ts';

interface Props {
  state: OmniState;
  since: string;
  onStatus(statusId: string): void;
  onOffline(): void;
}

/** The person's status, and the menu of those that the person may take: online ones, busy ones, offline. */
export function StatusPicker({ state, since, onStatus, onOffline }: Props) {
  const now = state.statuses.find((s) => s.statusId === state.statusId);
  const group = (heading: string, statuses: PresenceStatus[], kind: 'online' | 'busy'): MenuItem[] =>
    statuses.map((s, at) => ({
      label: s.statusName,
      icon: <Dot kind={kind} />,
      checked: s.statusId === state.statusId,
      ...(at === 0 ? { heading } : {}),
      onChoose: () => onStatus(s.statusId),
    }));
  const items = [
    ...group('Online', state.statuses.filter(isOnline), 'online'),
    ...group(
      'Busy',
      state.statuses.filter((s) => !isOnline(s)),
      'busy',
    ),
    { label: 'Offline', icon: <Dot kind="offline" />, checked: !now, divided: true, onChoose: onOffline },
  ];
  const stands = standing(state);
  const name = now?.statusName ?? 'Offline';
  return (
    <div className="pc-omni-status">
      <Menu
        name={`Omni-Channel status: ${name}`}
        className="slds-button slds-button_neutral pc-omni-picker"
        side="left"
        trigger={
          <>
            <Dot kind={stands === 'Online' ? 'online' : stands === 'Busy' ? 'busy' : 'offline'} />
            <span className="slds-truncate pc-omni-name">{name}</span>
            <UtilityIcon name="down" className="slds-button__icon slds-button__icon_small slds-button__icon_right" />
          </>
        }
        items={items}
      />
      {now && <span className="slds-text-color_weak slds-text-body_small pc-omni-since">since {since}</span>}
    </div>
  );
}

/** Full: online; crossed: busy; empty: offline. Shape says it as well as colour. */
function Dot({ kind }: { kind: 'online' | 'busy' | 'offline' }) {
  return <span className={`pc-omni-dot pc-omni-dot_${kind}`} aria-hidden="true" />;
}
