import { useDesk } from '../desk.ts';
import { More } from '../shell/More.tsx';
import { At, Badge, Empty, Go, Said, Shown, Title } from '../shell/parts.tsx';
import { useFeed } from '../use-feed.ts';
import type { Run, WaitingGroup, WaitingList } from '../wire.ts';
import { agentName, amount, count, runTitle, status as statusOf } from '../words.ts';
import { RunActions } from './RunActions.tsx';
import { more, refreshed } from './waiting-list.ts';

type Status = '' | 'waiting' | 'givenUp';
const tabs: [Status, string][] = [
  ['', 'All'],
  ['waiting', 'Waiting'],
  ['givenUp', 'Given up'],
];

const query = (status: Status, cursor = ''): URLSearchParams => {
  const params = new URLSearchParams();
  if (status !== '') params.set('status', status);
  if (cursor !== '') params.set('cursor', cursor);
  return params;
};

/** What waits and what was given up: how much for which reason of whom, then each of it. */
export function WaitingPage({ status }: { status: Status }) {
  const { api } = useDesk();
  const { feed, again, change } = useFeed<WaitingList>(
    `waiting ${status}`,
    (signal) => api.waiting(query(status), signal),
    { fold: refreshed },
  );
  return (
    <>
      <Title>Waiting and given up</Title>
      <nav className="pc-tabs" aria-label="What to show">
        {tabs.map(([value, word]) => (
          <Go key={value} to={{ at: 'waiting', status: value }} current={value === status}>
            {word}
          </Go>
        ))}
      </nav>
      <Shown feed={feed} what="what waits">
        {(value) =>
          value.runs.length === 0 && value.groups.length === 0 ? (
            <Nothing status={status} />
          ) : (
            <>
              <Groups groups={value.groups} />
              <h2 className="pc-day">One by one, the oldest first</h2>
              <ul className="pc-list">
                {value.runs.map((run) => (
                  <Waits key={run.id} run={run} onDone={again} />
                ))}
              </ul>
              {value.next !== '' && (
                <More
                  label="Show later ones"
                  load={() => api.waiting(query(status, value.next))}
                  onMore={(page) => change((v) => more(v, page))}
                />
              )}
            </>
          )
        }
      </Shown>
    </>
  );
}

function Nothing({ status }: { status: Status }) {
  if (status === 'givenUp') return <Empty title="Nothing was given up">Everything came to its end.</Empty>;
  return (
    <Empty title={status === 'waiting' ? 'Nothing waits' : 'Nothing waits, and nothing was given up'}>
      What cannot be done at once, because an agent is signed out or the org is away, waits here.
    </Empty>
  );
}

function Groups({ groups }: { groups: WaitingGroup[] }) {
  return (
    <section className="pc-groups" aria-label="By agent and reason">
      {groups.map((g) => (
        <div key={`${g.agent.userId} ${g.status} ${g.why.sentence}`} className="pc-card pc-group">
          <p className="pc-number">{amount(g.count)}</p>
          <div>
            <p className="pc-group-who">
              {agentName(g.agent)} <Badge tone={statusOf(g.status).tone}>{statusOf(g.status).word}</Badge>
            </p>
            <p>
              <Said sentence={g.why} />
            </p>
            <p className="pc-soft">
              {g.count === 1 ? 'since' : 'the oldest since'} <At at={g.oldest} show="full" />
            </p>
          </div>
        </div>
      ))}
    </section>
  );
}

function Waits({ run, onDone }: { run: Run; onDone(): void }) {
  const { word, tone } = statusOf(run.status);
  return (
    <li className={`pc-wait pc-edge-${tone}`}>
      <div className="pc-run-head">
        <h3 className="pc-run-title">
          {run.contactId === '' ? runTitle(run) : <Go to={{ at: 'call', id: run.contactId }}>{runTitle(run)}</Go>}
        </h3>
        <Badge tone={tone}>{word}</Badge>
        <RunActions run={run} onDone={onDone} />
      </div>
      {run.why && (
        <p className="pc-sentence">
          <Said sentence={run.why} />
        </p>
      )}
      <p className="pc-soft pc-meta">
        <span>{agentName(run.agent)}</span>
        <span>
          since <At at={run.created} show="full" />
        </span>
        {run.tries > 0 && <span>{count(run.tries, 'try', 'tries')} came to nothing</span>}
        {run.wake !== '' && (
          <span>
            next try <At at={run.wake} show="full" />
          </span>
        )}
      </p>
    </li>
  );
}
