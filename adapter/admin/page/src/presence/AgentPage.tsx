import { useDesk } from '../desk.ts';
import { Icon } from '../shell/icons.tsx';
import { More } from '../shell/More.tsx';
import { At, Badge, Empty, Go, Said, Shown, Title } from '../shell/parts.tsx';
import { zoneNote } from '../time.ts';
import { useFeed } from '../use-feed.ts';
import { agentName } from '../words.ts';
import type { PresenceChange, PresenceHistory } from './answers.ts';
import { days, moreHistory, refreshedHistory } from './lists.ts';
import { causeTone, sideName, statusName } from './presence-words.ts';
import { StandView, Troubles } from './StandView.tsx';

const query = (cursor = ''): URLSearchParams => {
  const params = new URLSearchParams({ limit: '50' });
  if (cursor !== '') params.set('cursor', cursor);
  return params;
};

/** One agent: both statuses now, and each change of them with who made it. */
export function AgentPage({ id }: { id: string }) {
  const { api, me } = useDesk();
  const { feed, again, change } = useFeed<PresenceHistory>(id, (signal) => api.presenceHistory(id, query(), signal), {
    fold: refreshedHistory,
  });
  const agent = feed.value?.agent;
  return (
    <>
      {me.sees === 'all' && (
        <Go to={{ at: 'presenceAgents', find: '' }} className="pc-back">
          <Icon name="back" />
          All agents
        </Go>
      )}
      <Title side={<p className="pc-aside">{zoneNote()}</p>}>
        {agent ? `Presence of ${agentName(agent.agent)}` : 'Presence'}
      </Title>
      <Shown feed={feed} what="the agent">
        {(value) => (
          <>
            <section
              className={`pc-hero pc-edge-${value.agent.troubles.length > 0 ? 'bad' : 'plain'}`}
              aria-label="Now"
            >
              <div className="pc-run-head">
                <h2 className="pc-heading">Now</h2>
                {value.agent.stopped !== '' && <Badge tone="bad">Sync stopped</Badge>}
                {value.agent.pages === 0 && <Badge tone="plain">Not connected</Badge>}
              </div>
              <Troubles agent={value.agent} onDone={again} />
              <div className="pc-stands">
                <StandView side="Amazon Connect" stand={value.agent.centre} />
                <StandView side="Omni-Channel" stand={value.agent.org} />
              </div>
            </section>
            <Changes history={value} />
            {value.next !== '' && (
              <More
                label="Show earlier changes"
                load={() => api.presenceHistory(id, query(value.next))}
                onMore={(page) => change((v) => moreHistory(v, page))}
              />
            )}
          </>
        )}
      </Shown>
    </>
  );
}

function Changes({ history }: { history: PresenceHistory }) {
  if (history.changes.length === 0)
    return (
      <Empty title="No change is kept">
        Each change of a status at Amazon Connect or in Omni-Channel is listed here, with who made it.
      </Empty>
    );
  return days(history.changes, new Date()).map((day) => (
    <section key={day.name} aria-label={day.name}>
      <h2 className="pc-day">{day.name}</h2>
      <ul className="pc-list">
        {day.changes.map((change) => (
          <ChangeRow key={change.id} change={change} />
        ))}
      </ul>
    </section>
  ));
}

const words: Record<string, string> = { failed: 'Not changed', stopped: 'Sync stopped' };

function ChangeRow({ change }: { change: PresenceChange }) {
  const word = words[change.cause];
  const from = statusName({ value: change.from, label: change.fromLabel });
  const to = statusName({ value: change.to, label: change.toLabel });
  return (
    <li className={`pc-wait pc-change pc-edge-${causeTone(change.cause)}`}>
      <p className="pc-row-when">
        <At at={change.at} />
        <span className="pc-soft">{sideName(change.side)}</span>
      </p>
      <div>
        <p className="pc-group-who">
          {word === undefined ? (
            <>
              {change.from !== '' && (
                <>
                  {from} <span aria-hidden="true">→</span> <span className="slds-assistive-text">to</span>{' '}
                </>
              )}
              {to}
            </>
          ) : (
            <Badge tone="bad">{word}</Badge>
          )}
        </p>
        <p className="pc-soft">
          <Said sentence={change.by} />
        </p>
      </div>
    </li>
  );
}
