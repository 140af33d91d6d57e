import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { Confirm } from '../shell/Confirm.tsx';
import { At, Said } from '../shell/parts.tsx';
import { agentName } from '../words.ts';
import type { PresenceAgent, PresenceStand } from './answers.ts';
import { statusName } from './presence-words.ts';

/** One of an agent's two statuses: since when, and who made it so. */
export function StandView({ side, stand }: { side: string; stand: PresenceStand }) {
  return (
    <div className="pc-stand">
      <p className="pc-soft">{side}</p>
      <p className="pc-group-who">
        {stand.value === '' ? <span className="pc-soft">Not known</span> : statusName(stand)}
      </p>
      <p className="pc-soft">
        {stand.since !== '' && (
          <>
            since <At at={stand.since} show="full" />.{' '}
          </>
        )}
        {stand.by && <Said sentence={stand.by} />}
      </p>
    </div>
  );
}

/** What somebody should know of an agent's presences, and the button that starts a stopped sync again. */
export function Troubles({ agent, onDone }: { agent: PresenceAgent; onDone(): void }) {
  const { api, me, say } = useDesk();
  const [asking, ask] = useState(false);
  const name = agentName(agent.agent);
  const start = () => {
    ask(false);
    api
      .startSync(agent.agent.userId)
      .then(
        () => say(`The presence sync of ${name} goes on.`),
        (error: unknown) => say(asRefusal(error).message),
      )
      .finally(onDone);
  };
  if (agent.troubles.length === 0) return null;
  return (
    <div className="pc-troubles">
      {agent.troubles.map((trouble) => (
        <p key={trouble.code + trouble.sentence} className="pc-sentence">
          <Said sentence={trouble} />
        </p>
      ))}
      {agent.stopped !== '' && me.sees === 'all' && (
        <button
          type="button"
          className="slds-button slds-button_neutral"
          aria-label={`Start the presence sync of ${name} again…`}
          onClick={() => ask(true)}
        >
          Start again…
        </button>
      )}
      {asking && (
        <Confirm
          title="Start this sync again?"
          verb="Start again"
          look="brand"
          onClose={() => ask(false)}
          onConfirm={start}
        >
          <p>
            The rules set the statuses of <strong>{name}</strong> again with the next change. If the rules still work
            against each other, it stops again.
          </p>
        </Confirm>
      )}
    </div>
  );
}
