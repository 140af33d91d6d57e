import { useRef } from 'react';
import { useConsole } from '../console-context.ts';
import { raised, subtabs, type Tab, type Workspace } from '../workspace/tabs.ts';
import { ObjectIcon, tabIcon, UtilityIcon } from './Icon.tsx';

/** The tabs inside the workspace in front: the record it was opened for, then what was opened from there. */
export function SubtabBar({ workspace }: { workspace: Workspace }) {
  const { store } = useConsole();
  const bar = useRef<HTMLDivElement>(null);
  const front = raised(workspace);
  const below = subtabs(workspace, front);
  const own = workspace.tabs.find((t) => t.id === front);
  if (!own || below.length === 0) return null;
  const ids = [own.id, ...below.map((t) => t.id)];
  const focus = (id: string) => store.send({ type: 'workspace', event: { type: 'focused', id } });
  const close = (id: string) => store.send({ type: 'workspace', event: { type: 'closed', id } });
  const keys = (e: React.KeyboardEvent) => {
    const at = ids.indexOf(workspace.focused);
    const moves: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: ids.length - 1 };
    const to = moves[e.key];
    const id = to === undefined ? undefined : ids[(to + ids.length) % ids.length];
    if (e.key === 'Delete' && workspace.focused !== own.id) close(workspace.focused);
    else if (id !== undefined) focus(id);
    else return;
    e.preventDefault();
    requestAnimationFrame(() => bar.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };
  return (
    <div className="pc-subtabs" ref={bar}>
      <div
        role="tablist"
        aria-label="Subtabs"
        className="pc-tablist"
        aria-owns={[`subtab-${own.id}`, ...below.map((t) => `tab-${t.id}`)].join(' ')}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the tabs inside */}
      <div role="presentation" className="pc-subtabs-row" onKeyDown={keys}>
        <Item id={`subtab-${own.id}`} tab={own} selected={workspace.focused === own.id} onFocus={focus} />
        {below.map((tab) => (
          <Item
            key={tab.id}
            id={`tab-${tab.id}`}
            tab={tab}
            selected={workspace.focused === tab.id}
            onFocus={focus}
            onClose={close}
          />
        ))}
      </div>
    </div>
  );
}

interface ItemProps {
  id: string;
  tab: Tab;
  selected: boolean;
  onFocus(id: string): void;
  onClose?(id: string): void;
}

function Item({ id, tab, selected, onFocus, onClose }: ItemProps) {
  const { start } = useConsole();
  const label = tab.custom.label || tab.title || 'Loading...';
  return (
    <div className={`pc-subtab ${selected ? 'pc-subtab-active' : ''}`}>
      <button
        type="button"
        role="tab"
        id={id}
        aria-selected={selected}
        aria-controls={selected ? `panel-${tab.id}` : undefined}
        tabIndex={selected ? 0 : -1}
        title={label}
        className="slds-button pc-subtab-label"
        onClick={() => onFocus(tab.id)}
      >
        <span className="slds-m-right_x-small">
          <ObjectIcon icon={tab.custom.icon || tabIcon(tab.location, start.kinds)} size="x-small" />
        </span>
        <span className="slds-truncate">{label}</span>
      </button>
      {onClose && (
        <button
          type="button"
          tabIndex={-1}
          className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-x-small pc-tab-close"
          title={`Close ${label}`}
          onClick={() => onClose(tab.id)}
        >
          <UtilityIcon name="close" className="slds-button__icon" />
          <span className="slds-assistive-text">Close {label}</span>
        </button>
      )}
    </div>
  );
}
