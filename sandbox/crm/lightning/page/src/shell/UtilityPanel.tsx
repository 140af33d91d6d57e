import { useEffect, useRef } from 'react';
import type { Panel, UtilityChange } from '../utility/utilities.ts';
import { UtilityIcon } from './Icon.tsx';

interface ItemProps {
  panel: Panel;
  controls: string; // the panel's id
  highlighted?: boolean;
  onChange(change: UtilityChange): void;
}

/** An item in the strip: a click opens its panel, another one closes it. */
export function UtilityItem({ panel, controls, highlighted = false, onChange }: ItemProps) {
  const active = panel.visible ? 'slds-is-active' : '';
  return (
    <li className={`slds-utility-bar__item ${active} ${highlighted ? 'slds-has-notification' : ''}`}>
      <button
        type="button"
        className={`slds-button slds-utility-bar__action ${active}`}
        aria-expanded={panel.visible}
        aria-controls={controls}
        onClick={() => onChange({ visible: !panel.visible })}
      >
        <UtilityIcon name={panel.itemIcon} className="slds-button__icon slds-button__icon_left" />
        <span className="slds-utility-bar__text">{panel.itemLabel}</span>
      </button>
    </li>
  );
}

interface PanelProps {
  id: string;
  panel: Panel;
  onChange(change: UtilityChange): void;
  children: React.ReactNode;
}

/** The panel above an item. What is in it stays while the panel is closed. */
export function UtilityPanel({ id, panel, onChange, children }: PanelProps) {
  const { height, width } = panel;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.style.setProperty('--panel-height', `${height}px`);
    box.current?.style.setProperty('--panel-width', `${width}px`);
  }, [height, width]);
  return (
    <div
      ref={box}
      id={id}
      className={`slds-utility-panel slds-grid slds-grid_vertical pc-panel ${panel.visible ? 'slds-is-open' : 'pc-panel-closed'}`}
      aria-hidden={!panel.visible}
    >
      <div className="slds-utility-panel__header slds-grid slds-grid_align-spread slds-shrink-none">
        <div className="slds-media slds-media_center">
          <div className="slds-media__figure slds-m-right_x-small">
            <UtilityIcon name={panel.icon || panel.itemIcon} />
          </div>
          <div className="slds-media__body">
            <h2>{panel.label || panel.itemLabel}</h2>
          </div>
        </div>
        <button
          type="button"
          className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-small"
          onClick={() => onChange({ visible: false })}
        >
          <UtilityIcon name="minimize_window" className="slds-button__icon" />
          <span className="slds-assistive-text">Minimize</span>
        </button>
      </div>
      <div className="slds-utility-panel__body pc-panel-body">{children}</div>
    </div>
  );
}
