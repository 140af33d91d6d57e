import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { Confirm } from '../shell/Confirm.tsx';
import type { Run } from '../wire.ts';
import { agentName, runTitle } from '../words.ts';

/** What can be done about a run that waits or was given up. */
export function RunActions({ run, onDone }: { run: Run; onDone(): void }) {
  const { api, say } = useDesk();
  const [asking, ask] = useState(false);
  const [busy, setBusy] = useState(false);
  if (!run.canRetry && !run.canDrop) return null;
  const name = `${runTitle(run)}, run ${run.id}`;
  const act = (what: Promise<void>, said: string) => {
    setBusy(true);
    ask(false);
    what
      .then(
        () => say(said),
        (error: unknown) => say(asRefusal(error).message),
      )
      .finally(() => {
        setBusy(false);
        onDone();
      });
  };
  return (
    <span className="pc-actions">
      {run.canRetry && (
        <button
          type="button"
          className="slds-button slds-button_neutral"
          aria-label={`Try again now: ${name}`}
          disabled={busy}
          onClick={() => act(api.retry(run.id), `${runTitle(run)} is tried again.`)}
        >
          Try again now
        </button>
      )}
      {run.canDrop && (
        <button
          type="button"
          className="slds-button slds-button_text-destructive"
          aria-label={`Drop…: ${name}`}
          disabled={busy}
          onClick={() => ask(true)}
        >
          Drop…
        </button>
      )}
      {asking && (
        <Confirm
          title="Drop it for good?"
          verb="Drop for good"
          onClose={() => ask(false)}
          onConfirm={() => act(api.drop(run.id), `${runTitle(run)} was dropped: it is not tried again.`)}
        >
          <p>
            <strong>{runTitle(run)}</strong> of {agentName(run.agent)} will not be tried again, and what it was to do
            stays undone. This cannot be taken back.
          </p>
        </Confirm>
      )}
    </span>
  );
}
