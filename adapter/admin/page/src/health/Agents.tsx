import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { Confirm } from '../shell/Confirm.tsx';
import { At, Badge } from '../shell/parts.tsx';
import type { AgentHealth } from '../wire.ts';
import { agentName, count } from '../words.ts';

/** The agents who are connected or bound to a user of the contact centre; a binding can be released. */
export function Agents({ agents, onDone }: { agents: AgentHealth[]; onDone(): void }) {
  const connected = agents.filter((a) => a.pages > 0).length;
  return (
    <section className="pc-card" aria-label="Agents">
      <h2 className="pc-heading">
        Agents{' '}
        {agents.length > 0 && (
          <span className="pc-soft">
            {count(connected, 'agent')} connected, {agents.length} in all
          </span>
        )}
      </h2>
      {agents.length === 0 && <p className="pc-soft">No agent is connected or bound.</p>}
      <ul className="pc-agents">
        {agents.map((a) => (
          <li key={a.agent.userId || a.agent.username}>
            <AgentRow health={a} onDone={onDone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AgentRow({ health, onDone }: { health: AgentHealth; onDone(): void }) {
  const { agent, pages, bound, state } = health;
  const { api, say } = useDesk();
  const [asking, ask] = useState(false);
  const release = () => {
    ask(false);
    api
      .release(agent.userId || agent.username)
      .then(
        () => say(`The binding of ${agentName(agent)} was released.`),
        (error: unknown) => say(asRefusal(error).message),
      )
      .finally(onDone);
  };
  return (
    <div className="pc-agent">
      <div>
        <p className="pc-group-who">{agentName(agent)}</p>
        <p className="pc-soft pc-meta">
          {agent.username !== '' && <span>{agent.username}</span>}
          {bound === '' ? (
            <span>not bound</span>
          ) : (
            <span>
              bound since <At at={bound} show="full" />
            </span>
          )}
        </p>
      </div>
      <Badge tone={pages > 0 ? 'good' : 'plain'}>{pages > 0 ? count(pages, 'page') : 'Not connected'}</Badge>
      <span className="pc-agent-state">{state || <span className="pc-soft">State not known</span>}</span>
      {bound !== '' && (
        <button
          type="button"
          className="slds-button slds-button_neutral"
          aria-label={`Release the binding of ${agentName(agent)}…`}
          onClick={() => ask(true)}
        >
          Release…
        </button>
      )}
      {asking && (
        <Confirm title="Release this binding?" verb="Release" onClose={() => ask(false)} onConfirm={release}>
          <p>
            <strong>{agentName(agent)}</strong> will be bound again to whoever signs in to the contact centre next in
            that person's softphone. Release it if the wrong user was bound.
          </p>
        </Confirm>
      )}
    </div>
  );
}
