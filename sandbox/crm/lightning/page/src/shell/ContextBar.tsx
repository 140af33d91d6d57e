import { useRef } from 'react';
import { AppLauncher } from '../apps/AppLauncher.tsx';
import { itemLocation } from '../apps/address.ts';
import { useConsole, useConsoleState } from '../console-context.ts';
import type { Location } from '../routes.ts';
import type { Kind, NavItem } from '../wire.ts';
import { raised, workspaces } from '../workspace/tabs.ts';
import { ObjectIcon, tabIcon, UtilityIcon } from './Icon.tsx';
import { Menu, type MenuItem } from './Menu.tsx';

/** The bar below the header: the App Launcher, the app, its items and the workspace tabs. */
export function ContextBar() {
  const { app } = useConsole().start;
  return (
    <nav className="slds-context-bar slds-context-bar_tabs pc-context-bar" aria-label={app.label}>
      <div className="slds-context-bar__primary">
        <AppLauncher />
        <span className="slds-context-bar__label-action slds-context-bar__app-name">
          <span className="slds-truncate">{app.label}</span>
        </span>
      </div>
      <Workspaces />
    </nav>
  );
}

/** The navigation item with its menu, and the workspace tabs. */
function Workspaces() {
  const { start, store } = useConsole();
  const workspace = useConsoleState((s) => s.workspace);
  const bar = useRef<HTMLDivElement>(null);
  const navigation = useConsoleState((s) => s.navigation);
  const base = baseOf(workspace.base, navigation, start.kinds);
  const shown = workspaces(workspace);
  const front = raised(workspace);
  const ids = ['base', ...shown.map((t) => t.id)];

  const focus = (id: string) => store.send({ type: 'workspace', event: { type: 'raised', id } });
  const keys = (e: React.KeyboardEvent) => {
    const at = ids.indexOf(front);
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 };
    const to = moves[e.key];
    const id = to === undefined ? undefined : ids[(to + ids.length) % ids.length];
    if (e.key === 'Delete' && front !== 'base') store.send({ type: 'workspace', event: { type: 'closed', id: front } });
    else if (id !== undefined) focus(id);
    else return;
    e.preventDefault();
    requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };

  return (
    <>
      <div
        role="tablist"
        aria-label="Workspaces"
        className="pc-tablist"
        aria-owns={ids.map((id) => `tab-${id}`).join(' ')}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the tabs inside */}
      <div ref={bar} className="slds-context-bar__secondary pc-tabs" onKeyDown={keys}>
        <TabItem id="base" icon={base.icon} label={base.label} selected={front === 'base'} onFocus={focus} />
        <NavigationMenu />
        {shown.map((tab) => (
          <TabItem
            key={tab.id}
            id={tab.id}
            icon={tab.custom.icon || tabIcon(tab.location, start.kinds)}
            label={tab.custom.label || tab.title || 'Loading...'}
            selected={front === tab.id}
            onFocus={focus}
            onClose={(id) => store.send({ type: 'workspace', event: { type: 'closed', id } })}
          />
        ))}
      </div>
    </>
  );
}

/** The object switcher beside the navigation item; its last entry changes what it offers. */
function NavigationMenu() {
  const { open, store } = useConsole();
  const navigation = useConsoleState((s) => s.navigation);
  const items: MenuItem[] = navigation.map((item) => ({
    label: item.label,
    icon: (
      <span className="slds-m-right_x-small">
        <ObjectIcon icon={item.icon} size="x-small" />
      </span>
    ),
    onChoose: () => open(itemLocation(item)),
  }));
  const edit: MenuItem = {
    label: 'Edit',
    divided: true,
    icon: (
      <span className="slds-m-right_x-small">
        <UtilityIcon name="edit" className="slds-icon slds-icon_x-small slds-icon-text-default" />
      </span>
    ),
    onChoose: () => store.send({ type: 'dialog', dialog: { show: 'navigation' } }),
  };
  items.push(edit);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the menu's keys from the tabs around it
    <div className="pc-navigation" onKeyDown={(e) => e.stopPropagation()}>
      <Menu
        name="Show Navigation Menu"
        side="left"
        className="slds-button slds-button_icon slds-button_icon-container pc-navigation-button"
        trigger={<UtilityIcon name="chevrondown" className="slds-button__icon" />}
        items={items}
      />
    </div>
  );
}

interface TabProps {
  id: string;
  icon: string;
  label: string;
  selected: boolean;
  onFocus(id: string): void;
  onClose?(id: string): void;
}

function TabItem({ id, icon, label, selected, onFocus, onClose }: TabProps) {
  return (
    <div className={`slds-context-bar__item slds-context-bar__item_tab ${selected ? 'slds-is-active' : ''} pc-tab`}>
      <button
        type="button"
        role="tab"
        id={`tab-${id}`}
        aria-selected={selected}
        aria-controls={selected ? `panel-${id}` : undefined}
        tabIndex={selected ? 0 : -1}
        title={label}
        className="slds-button slds-context-bar__label-action pc-tab-label"
        onClick={() => onFocus(id)}
      >
        <span className="slds-m-right_x-small">
          <ObjectIcon icon={icon} size="x-small" />
        </span>
        <span className="slds-truncate">{label}</span>
      </button>
      {onClose && (
        <button
          type="button"
          tabIndex={-1}
          className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-x-small pc-tab-close"
          title={`Close ${label}`}
          onClick={() => onClose(id)}
        >
          <UtilityIcon name="close" className="slds-button__icon" />
          <span className="slds-assistive-text">Close {label}</span>
        </button>
      )}
    </div>
  );
}

function baseOf(base: Location, navigation: NavItem[], kinds: Record<string, Kind>) {
  if (base.at === 'search') return { label: 'Search Results', icon: 'standard:search' };
  const object = base.at === 'list' ? base.object : 'Home';
  const item = navigation.find((i) => i.object === object);
  if (item) return item;
  if (object === 'Home') return { label: 'Home', icon: 'standard:home' };
  const kind = Object.values(kinds).find((k) => k.object === object);
  return { label: kind?.plural ?? object, icon: kind?.icon ?? 'standard:record' };
}
