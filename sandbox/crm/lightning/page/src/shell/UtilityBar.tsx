import { useEffect, useRef } from 'react';
import { AuraBackground, AuraUtility } from '../aura/AuraUtility.tsx';
import { useConsole, useConsoleState } from '../console-context.ts';
import { OmniPanel } from '../omni/OmniPanel.tsx';
import { omniWidget } from '../omni/omni.ts';
import type { SoftphoneFrame } from '../open-cti/frame.ts';
import { softphoneItem, type Utility, type UtilityChange } from '../utility/utilities.ts';
import { UtilityItem, UtilityPanel } from './UtilityPanel.tsx';

/** The strip at the bottom with the app's items in their order, and the panels above it. */
export function UtilityBar({ softphone }: { softphone: SoftphoneFrame | null }) {
  const { store, start, aura } = useConsole();
  const panel = useConsoleState((s) => s.panel);
  const utilities = useConsoleState((s) => s.utilities);
  const setPanel = (change: UtilityChange) => store.send({ type: 'panel', change });
  const set = (id: string) => (change: UtilityChange) => store.send({ type: 'utility', id, change });
  /** A click on an item opens its panel or closes it, and is told to who registered for that. */
  const clicked = (id: string, to: (change: UtilityChange) => void) => (change: UtilityChange) => {
    to(change);
    if (change.visible !== undefined) aura.clicks.tell(id, change.visible);
  };
  const hasSoftphone = start.app.utilities.some((u) => u.component === softphoneItem);
  return (
    <footer className="slds-utility-bar_container">
      <h2 className="slds-assistive-text">Utility Bar</h2>
      <ul className="slds-utility-bar pc-utility-bar">
        {start.app.utilities.map((item, at) => {
          const utility = utilities.find((u) => u.id === `u${at}`);
          if (item.component === softphoneItem)
            return (
              <UtilityItem
                key="softphone"
                panel={panel}
                controls="softphone-panel"
                onChange={clicked(`u${at}`, setPanel)}
              />
            );
          return (
            utility && (
              <UtilityItem
                key={utility.id}
                panel={utility}
                controls={`${utility.id}-panel`}
                highlighted={utility.highlighted}
                onChange={clicked(utility.id, set(utility.id))}
              />
            )
          );
        })}
      </ul>
      {hasSoftphone && (
        <UtilityPanel id="softphone-panel" panel={panel} onChange={setPanel}>
          {!softphone && <NoCallCenter />}
          {softphone && panel.opened && <Frame softphone={softphone} />}
        </UtilityPanel>
      )}
      {utilities.map((u) => (
        <UtilityPanel key={u.id} id={`${u.id}-panel`} panel={u} onChange={set(u.id)}>
          {u.opened && <Content utility={u} />}
        </UtilityPanel>
      ))}
      {start.app.utilities.map(
        ({ background, component }, at) =>
          background &&
          component.startsWith('c:') && (
            <AuraBackground key={`u${at}`} name={component.slice(2)} utilityId={`u${at}`} />
          ),
      )}
    </footer>
  );
}

/** What is in the panel of an item that is not the softphone. */
function Content({ utility }: { utility: Utility }) {
  const { omni } = useConsole();
  if (utility.component === omniWidget && omni) return <OmniPanel omni={omni} />;
  if (utility.component.startsWith('c:'))
    return <AuraUtility name={utility.component.slice(2)} utilityId={utility.id} />;
  return (
    <p className="slds-p-around_medium" role="note">
      This console doesn't show {utility.component}.
    </p>
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

/** Loads when the panel first opens, or at once when it starts automatically; from then on only its visibility changes. */
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
