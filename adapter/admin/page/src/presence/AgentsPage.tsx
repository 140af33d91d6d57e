import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../desk.ts';
import { Entry } from '../shell/fields.tsx';
import { More } from '../shell/More.tsx';
import { Badge, Empty, Go, Shown, Title } from '../shell/parts.tsx';
import { zoneNote } from '../time.ts';
import { useFeed } from '../use-feed.ts';
import { agentName, amount, count } from '../words.ts';
import type { PresenceAgent, PresenceAgents } from './answers.ts';
import { moreAgents, refreshedAgents } from './lists.ts';
import { Parts } from './parts.tsx';
import { StandView, Troubles } from './StandView.tsx';

const pause = 300; // milliseconds after the last letter until it is asked for
const limit = 50; // agents of a page

const query = (find: string, cursor = ''): URLSearchParams => {
  const params = new URLSearchParams({ limit: String(limit) });
  if (find !== '') params.set('find', find);
  if (cursor !== '') params.set('cursor', cursor);
  return params;
};

/** How the agents' two presences stand, those who need somebody first. */
export function AgentsPage({ find }: { find: string }) {
  const { api } = useDesk();
  const { feed, again, change } = useFeed<PresenceAgents>(
    `agents ${find}`,
    (signal) => api.presenceAgents(query(find), signal),
    { fold: refreshedAgents },
  );
  return (
    <>
      <Title side={<p className="pc-aside">{zoneNote()}</p>}>Presence of agents</Title>
      <Parts record="" />
      <Find find={find} />
      <Shown feed={feed} what="agents">
        {(value) => (
          <>
            <p className="pc-count" role="status">
              {said(value)}
            </p>
            {value.agents.length === 0 && <Nobody find={find} />}
            {value.agents.length > 0 && (
              <ul className="pc-list">
                {value.agents.map((agent) => (
                  <AgentRow key={agent.agent.userId} agent={agent} onDone={again} />
                ))}
              </ul>
            )}
            {value.next !== '' && (
              <More
                label="Show more agents"
                load={() => api.presenceAgents(query(find, value.next))}
                onMore={(page) => change((v) => moreAgents(v, page))}
              />
            )}
          </>
        )}
      </Shown>
    </>
  );
}

const said = ({ agents, total, needing }: PresenceAgents): string => {
  if (total === 0) return '';
  const all = agents.length < total ? `${amount(agents.length)} of ${count(total, 'agent')}` : count(total, 'agent');
  return needing === 0
    ? `${all}; nobody needs you.`
    : `${all}; ${amount(needing)} ${needing === 1 ? 'needs' : 'need'} you, and come first.`;
};

function Nobody({ find }: { find: string }) {
  const { open } = useDesk();
  if (find === '')
    return (
      <Empty title="No agent yet">
        As soon as an agent's softphone tells of a status, the agent is here with both.
      </Empty>
    );
  return (
    <Empty title="No agent fits">
      <button
        type="button"
        className="slds-button slds-button_neutral"
        onClick={() => open({ at: 'presenceAgents', find: '' }, 'replace')}
      >
        Show all agents
      </button>
    </Empty>
  );
}

/** Typing asks after a pause; the address follows. */
function Find({ find }: { find: string }) {
  const { open } = useDesk();
  const [typed, setTyped] = useState(find);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => setTyped((t) => (t.trim() === find ? t : find)), [find]);
  const send = (to: string) => {
    clearTimeout(timer.current);
    open({ at: 'presenceAgents', find: to.trim() }, 'replace');
  };
  return (
    <search>
      <form
        className="pc-filter pc-find"
        aria-label="Find an agent"
        onSubmit={(e) => {
          e.preventDefault();
          send(typed);
        }}
      >
        <Entry
          label="Name or user name"
          type="search"
          value={typed}
          onChange={(to) => {
            setTyped(to);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => send(to), pause);
          }}
        />
      </form>
    </search>
  );
}

function AgentRow({ agent, onDone }: { agent: PresenceAgent; onDone(): void }) {
  const needs = agent.troubles.length > 0;
  return (
    <li className={`pc-wait pc-edge-${needs ? 'bad' : 'plain'}`}>
      <div className="pc-run-head">
        <h2 className="pc-run-title">
          <Go to={{ at: 'presenceAgent', id: agent.agent.userId }}>{agentName(agent.agent)}</Go>
        </h2>
        {agent.stopped !== '' && <Badge tone="bad">Sync stopped</Badge>}
        {agent.pages === 0 && <Badge tone="plain">Not connected</Badge>}
      </div>
      <Troubles agent={agent} onDone={onDone} />
      <div className="pc-stands">
        <StandView side="Amazon Connect" stand={agent.centre} />
        <StandView side="Omni-Channel" stand={agent.org} />
      </div>
    </li>
  );
}
