import { useEffect, useRef } from 'react';
import { useConsole, useConsoleState } from '../console-context.ts';
import type { SoftphoneFrame } from '../open-cti/frame.ts';
import { UtilityIcon } from './Icon.tsx';

/** The strip at the bottom with the softphone's item, and the panel above it. */
export function UtilityBar({ softphone }: { softphone: SoftphoneFrame | null }) {
  const { store, start } = useConsole();
  const panel = useConsoleState((s) => s.panel);
  const hasSoftphone = start.app.utilities.some((u) => u.component === 'opencti:softPhone');
  const toggle = () => store.send({ type: 'panel', change: { visible: !panel.visible } });
  return (
    <footer className="slds-utility-bar_container">
      <h2 className="slds-assistive-text">Utility Bar</h2>
      <ul className="slds-utility-bar pc-utility-bar">
        {hasSoftphone && (
          <li className={`slds-utility-bar__item ${panel.visible ? 'slds-is-active' : ''}`}>
            <button
              type="button"
              className={`slds-button slds-utility-bar__action ${panel.visible ? 'slds-is-active' : ''}`}
              aria-expanded={panel.visible}
              aria-controls="softphone-panel"
              onClick={toggle}
            >
              <UtilityIcon name={panel.itemIcon} className="slds-button__icon slds-button__icon_left" />
              <span className="slds-utility-bar__text">{panel.itemLabel}</span>
            </button>
          </li>
        )}
      </ul>
      {hasSoftphone && <SoftphonePanel softphone={softphone} />}
    </footer>
  );
}

/** Loads when first opened, or at once when it starts automatically; from then on only its visibility changes. */
function SoftphonePanel({ softphone }: { softphone: SoftphoneFrame | null }) {
  const { store } = useConsole();
  const panel = useConsoleState((s) => s.panel);
  const { height, width } = panel;
  useEffect(() => {
    const page = document.documentElement;
    page.style.setProperty('--panel-height', `${height}px`);
    page.style.setProperty('--panel-width', `${width}px`);
  }, [height, width]);
  const icon = panel.icon || panel.itemIcon;
  return (
    <div
      id="softphone-panel"
      className={`slds-utility-panel slds-grid slds-grid_vertical pc-panel ${panel.visible ? 'slds-is-open' : 'pc-panel-closed'}`}
      aria-hidden={!panel.visible}
    >
      <div className="slds-utility-panel__header slds-grid slds-grid_align-spread slds-shrink-none">
        <div className="slds-media slds-media_center">
          <div className="slds-media__figure slds-m-right_x-small">
            <UtilityIcon name={icon} />
          </div>
          <div className="slds-media__body">
            <h2>{panel.label || panel.itemLabel}</h2>
          </div>
        </div>
        <button
          type="button"
          className="slds-button slds-button_icon slds-button_icon-container slds-button_icon-small"
          onClick={() => store.send({ type: 'panel', change: { visible: false } })}
        >
          <UtilityIcon name="minimize_window" className="slds-button__icon" />
          <span className="slds-assistive-text">Minimize</span>
        </button>
      </div>
      <div className="slds-utility-panel__body pc-panel-body">
        {!softphone && <NoCallCenter />}
        {softphone && panel.opened && <Frame softphone={softphone} />}
      </div>
    </div>
  );
}

function NoCallCenter() {
  return (
    <p className="slds-p-around_medium" role="note">
      You can't use the phone yet because you're not assigned to a call center. Ask your administrator to add you to
      one.
    </p>
  );
}

function Frame({ softphone }: { softphone: SoftphoneFrame }) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => (frame.current ? softphone.attach(frame.current) : undefined), [softphone]);
  return (
    <iframe
      ref={frame}
      className="pc-softphone"
      title="Softphone"
      src={softphone.src}
      allow="microphone; camera; autoplay; clipboard-write; speaker-selection"
    />
  );
}
