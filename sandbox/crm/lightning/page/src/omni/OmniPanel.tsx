import { useMemo, useRef, useSyncExternalStore } from 'react';
import { useConsole } from '../console-context.ts';
import { clockTimes, instant } from '../record/format.ts';
import { TabSet } from '../record/TabSet.tsx';
import { ObjectIcon, UtilityIcon } from '../shell/Icon.tsx';
import type { OmniClient } from './client.ts';
import { StatusPicker } from './StatusPicker.tsx';
import type { OmniState, Work } from './wire.ts';
import { nameOf } from './work-name.ts';

/** The utility Omni-Channel: the person's status, how much the person has, new work, and work that was accepted. */
export function OmniPanel({ omni }: { omni: OmniClient }) {
  const { store, start, open } = useConsole();
  const state = useSyncExternalStore(omni.subscribe, omni.view);
  const panel = useRef<HTMLElement>(null);
  const times = useMemo(() => clockTimes(start.user.locale, start.user.timeZone), [start]);
  const at = (moment: string) => (moment === '' ? '' : times.format(instant(moment)));
  const trying = (done: Promise<unknown>) => {
    done.catch((error: unknown) => {
      const message = error instanceof Error ? error.message : 'Omni-Channel did not answer. Try again.';
      store.send({ type: 'toasted', tone: 'error', message });
    });
  };
  /** Work that was answered leaves the list, and with it the button that has the focus: it goes to the list's tab. */
  const answering = (done: Promise<void>) =>
    trying(done.then(() => panel.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus()));
  const fresh = state.works.filter((w) => !w.isEngaged);
  const mine = state.works.filter((w) => w.isEngaged);
  return (
    <section ref={panel} className="pc-omni" aria-label="Omni-Channel">
      <StatusPicker
        state={state}
        since={at(state.since)}
        onStatus={(id) => trying(omni.setStatus(id, 'OmniManualStatusChange'))}
        onOffline={() => trying(omni.logout())}
      />
      <Capacity state={state} />
      <TabSet
        name="Work"
        tabs={[
          {
            id: 'new',
            label: `New (${fresh.length})`,
            content: (
              <Works works={fresh} empty={whyNone(state)}>
                {(work) => (
                  <Offer
                    work={work}
                    since={`Assigned at ${at(work.since)}`}
                    mayDecline={state.mayDecline}
                    onAccept={() => answering(omni.accept(work.workId))}
                    onDecline={() => answering(omni.decline(work.workId))}
                  />
                )}
              </Works>
            ),
          },
          {
            id: 'mine',
            label: `My Work (${mine.length})`,
            content: (
              <Works works={mine} empty="Work that you accept is listed here until you close its tab.">
                {(work) => (
                  <Described work={work} since={`Accepted at ${at(work.since)}`}>
                    <button
                      type="button"
                      className="slds-button pc-link"
                      onClick={() => open({ at: 'record', object: '', id: work.recordId })}
                    >
                      {nameOf(work, start.kinds)}
                    </button>
                  </Described>
                )}
              </Works>
            ),
          },
        ]}
      />
    </section>
  );
}

/** Why a person has no new work. */
function whyNone(state: OmniState): string {
  if (state.statuses.length === 0)
    return "You can't use Omni-Channel yet because no presence status is available to you. Ask your administrator for access.";
  const status = state.statuses.find((s) => s.statusId === state.statusId);
  if (!status) return 'You are offline. Choose an online status to get work.';
  if (status.channels.length === 0) return 'You are busy. Choose an online status to get work.';
  return 'You have no new work. It appears here as soon as it is assigned to you.';
}

function Capacity({ state }: { state: OmniState }) {
  const { configuredCapacity: most, currentWorkload: now } = state;
  const share = most > 0 ? Math.min(100, Math.round((now / most) * 100)) : 0;
  return (
    <div className="pc-omni-capacity">
      <div className="slds-grid slds-grid_align-spread slds-p-bottom_xx-small slds-text-body_small">
        <span>Capacity</span>
        <span>
          <strong>{now}</strong> of {most} used
        </span>
      </div>
      <div className="pc-omni-meter">
        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect width={share} height="1" />
        </svg>
      </div>
    </div>
  );
}

function Works({ works, empty, children }: { works: Work[]; empty: string; children(work: Work): React.ReactNode }) {
  if (works.length === 0)
    return (
      <div className="pc-omni-empty">
        <span className="pc-notice-icon">
          <UtilityIcon name="omni_channel" className="slds-icon slds-icon_small pc-notice-sign" />
        </span>
        <p className="slds-text-color_weak">{empty}</p>
      </div>
    );
  return (
    <ul>
      {works.map((work) => (
        <li key={work.workId} className="pc-omni-work">
          {children(work)}
        </li>
      ))}
    </ul>
  );
}

interface OfferProps {
  work: Work;
  since: string;
  mayDecline: boolean;
  onAccept(): void;
  onDecline(): void;
}

/** Work that waits for the person's answer. */
function Offer({ work, since, mayDecline, onAccept, onDecline }: OfferProps) {
  const { start } = useConsole();
  const name = nameOf(work, start.kinds);
  return (
    <>
      <Described work={work} since={since}>
        <strong>{name}</strong>
      </Described>
      <div className="pc-omni-answers">
        {mayDecline && (
          <button
            type="button"
            className="slds-button slds-button_neutral"
            aria-label={`Decline ${name}`}
            onClick={onDecline}
          >
            Decline
          </button>
        )}
        <button
          type="button"
          className="slds-button slds-button_brand"
          aria-label={`Accept ${name}`}
          onClick={onAccept}
        >
          Accept
        </button>
      </div>
    </>
  );
}

function Described({ work, since, children }: { work: Work; since: string; children: React.ReactNode }) {
  const { start } = useConsole();
  return (
    <div className="pc-omni-described">
      <ObjectIcon icon={start.kinds[work.recordId.slice(0, 3)]?.icon ?? 'standard:record'} size="small" />
      <div className="pc-omni-text">
        <p>{children}</p>
        {work.subject !== '' && (
          <p className="slds-truncate" title={work.subject}>
            {work.subject}
          </p>
        )}
        <p className="slds-text-color_weak slds-text-body_small">{since}</p>
      </div>
    </div>
  );
}
