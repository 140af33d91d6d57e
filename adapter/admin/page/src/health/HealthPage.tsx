import { useDesk } from '../desk.ts';
import { At, Badge, Go, Notice, Said, Shown, Title } from '../shell/parts.tsx';
import { useFeed } from '../use-feed.ts';
import type { Health } from '../wire.ts';
import { amount, count, size } from '../words.ts';
import { Agents } from './Agents.tsx';
import { filled, spent } from './measures.ts';
import { Nodes } from './Nodes.tsx';

/** How the adapter does, what a person should do something about first. */
export function HealthPage() {
  const { api } = useDesk();
  const { feed, again } = useFeed<Health>('health', (signal) => api.health(signal));
  return (
    <>
      <Title>Health</Title>
      <Shown feed={feed} what="health">
        {(health) => (
          <>
            <Problems health={health} />
            <div className="pc-tiles">
              <Work health={health} />
              <Store store={health.store} />
              <Api api={health.api} />
            </div>
            <Nodes nodes={health.nodes} />
            <Records records={health.records} />
            <Agents agents={health.agents} onDone={again} />
          </>
        )}
      </Shown>
      {feed.value && (
        <p className="pc-soft">
          As of <At at={new Date(feed.at).toISOString()} />
        </p>
      )}
    </>
  );
}

function Problems({ health }: { health: Health }) {
  const nothing =
    health.problems.length === 0 &&
    health.damage.length === 0 &&
    health.store.problem === '' &&
    health.store.writable &&
    health.records.every((r) => r.problems.length === 0);
  if (nothing) return <Notice tone="good" title="Nothing needs you." />;
  return (
    <section aria-label="What needs you">
      {health.problems.map((p) => (
        <Notice key={`${p.code} ${p.sentence}`} tone="warn" title="">
          <Said sentence={p} />
        </Notice>
      ))}
      {health.damage.length > 0 && (
        <Notice tone="bad" title="The data folder is damaged.">
          <ul className="slds-list_dotted">
            {health.damage.map((d) => (
              <li key={d}>{d}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}

function Tile({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="pc-card" aria-label={title}>
      <h2 className="pc-heading">{title}</h2>
      {children}
    </section>
  );
}

function Work({ health }: { health: Health }) {
  return (
    <Tile title="Work">
      <ul className="pc-figures">
        <li>
          <span className="pc-number">{amount(health.open)}</span> under way
        </li>
        <li>
          <span className="pc-number">{amount(health.waiting)}</span>
          <Go to={{ at: 'waiting', status: 'waiting' }}>{health.waiting === 1 ? 'waits' : 'wait'} for a sign-in</Go>
        </li>
        <li>
          <span className="pc-number">{amount(health.givenUp)}</span>
          <Go to={{ at: 'waiting', status: 'givenUp' }}>given up</Go>
        </li>
        <li>
          <span className="pc-number">{amount(health.syncStopped)}</span>
          <Go to={{ at: 'presenceAgents', find: '' }}>
            {health.syncStopped === 1 ? 'presence sync stopped' : 'presence syncs stopped'}
          </Go>
        </li>
      </ul>
    </Tile>
  );
}

function Store({ store }: { store: Health['store'] }) {
  const share = filled(store);
  return (
    <Tile title="Store">
      <p>
        <span className="pc-number">{size(store.size)}</span>
        {store.free < 0 ? ' used' : ` used, ${size(store.free)} free on the disk`}
      </p>
      {share !== undefined && <meter aria-label="Share of the disk's room" min={0} max={1} high={0.9} value={share} />}
      <p>
        {store.writable ? (
          <Badge tone="good">What comes in is kept</Badge>
        ) : (
          <Badge tone="bad">Nothing can be kept</Badge>
        )}
      </p>
      {store.problem !== '' && <p className="pc-bad">{store.problem}</p>}
      <p className="pc-soft">
        <code>{store.file}</code>
      </p>
    </Tile>
  );
}

function Api({ api }: { api: Health['api'] }) {
  if (api.max === 0)
    return (
      <Tile title="API requests of 24 hours">
        <p className="pc-soft">The org has not said yet how many were used.</p>
      </Tile>
    );
  return (
    <Tile title="API requests of 24 hours">
      <p>
        <span className="pc-number">{amount(api.used)}</span> of {amount(api.max)} used in the org
      </p>
      <meter
        aria-label="Share of the allowance that is used"
        min={0}
        max={api.max}
        high={api.max * 0.9}
        value={api.used}
      />
      <p className="pc-soft">{spent(api)}</p>
    </Tile>
  );
}

function Records({ records }: { records: Health['records'] }) {
  return (
    <section className="pc-card" aria-label="Adapter records">
      <h2 className="pc-heading">Adapter records</h2>
      {records.length === 0 && <p className="pc-soft">No adapter record in use has problems.</p>}
      <ul>
        {records.map((r) => (
          <li key={`${r.callCenter} ${r.name}`} className="pc-record">
            <p className="pc-group-who">
              {/^https?:\/\//i.test(r.url) ? (
                <a href={r.url} target="_blank" rel="noreferrer">
                  {r.name || 'Record that cannot be read'}
                  <span className="slds-assistive-text"> (opens in a new tab)</span>
                </a>
              ) : (
                r.name || 'Record that cannot be read'
              )}{' '}
              <Badge tone={r.problems.length === 0 ? 'good' : 'warn'}>
                {r.problems.length === 0 ? 'Good' : count(r.problems.length, 'problem')}
              </Badge>
            </p>
            <p className="pc-soft">Call center {r.callCenter}</p>
            {r.problems.length > 0 && (
              <ul className="slds-list_dotted">
                {r.problems.map((p) => (
                  <li key={p}>{p}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
