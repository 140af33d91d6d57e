import { useId } from 'react';
import { Copy } from '../shell/Copy.tsx';
import { At, Badge, Said } from '../shell/parts.tsx';
import type { Call, Leg } from '../wire.ts';
import { agentName, caller, callType, lasted, outcome, phone } from '../words.ts';
import { RunView } from './RunView.tsx';
import { Timeline } from './Timeline.tsx';
import { recordName } from './timeline.ts';

/** A contact as one agent had it. */
export function LegView({ leg, onDone }: { leg: Leg; onDone(): void }) {
  const heading = useId();
  return (
    <article className="pc-leg" aria-labelledby={heading}>
      <Hero call={leg.call} heading={heading} />
      <div className="pc-columns">
        <div className="pc-card">
          <h3 className="pc-heading">What happened</h3>
          <Timeline leg={leg} />
        </div>
        <div className="pc-side">
          <div className="pc-card">
            <h3 className="pc-heading">What came of it</h3>
            <Effects leg={leg} />
          </div>
          <Attributes attributes={leg.attributes} />
        </div>
      </div>
      <div className="pc-card">
        <h3 className="pc-heading">What was done, step by step</h3>
        {leg.runs.length === 0 && <p className="pc-soft">Nothing was to be done for this call.</p>}
        <div className="pc-runs">
          {leg.runs.map((run) => (
            <RunView key={run.id} run={run} onDone={onDone} />
          ))}
        </div>
      </div>
    </article>
  );
}

function Hero({ call, heading }: { call: Call; heading: string }) {
  const { word, tone } = outcome(call.outcome);
  const facts: [string, React.ReactNode][] = [
    [callType(call), caller(call)],
    ['Agent', agentName(call.agent)],
    ['Queue', call.queue || 'None'],
    ['Came', <At key="at" at={call.at} show="full" />],
    ...(call.endedAt === ''
      ? []
      : [['Ended', <At key="ended" at={call.endedAt} show="full" />] as [string, React.ReactNode]]),
    [call.duration > 0 ? 'Talked' : 'Now', lasted(call)],
    ...(call.traceId === ''
      ? []
      : [['Trace', <Copy key="trace" what="trace id" text={call.traceId} />] as [string, React.ReactNode]]),
  ];
  return (
    <header className={`pc-hero pc-edge-${tone}`}>
      <Badge tone={tone}>{word}</Badge>
      <h2 id={heading} className="pc-hero-sentence">
        <Said sentence={call.why} />
      </h2>
      <Facts facts={facts} />
    </header>
  );
}

function Facts({ facts }: { facts: [string, React.ReactNode][] }) {
  return (
    <dl className="pc-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Only the platform's own pages are worth a link. */
const safe = (url: string): boolean => /^https?:\/\//i.test(url);

function Linked({ url, children }: { url: string; children: string }) {
  if (!safe(url)) return children;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
      <span className="slds-assistive-text"> (opens in a new tab)</span>
    </a>
  );
}

function Effects({ leg }: { leg: Leg }) {
  const record = (id: string) => (
    <Linked key={id} url={id === leg.call.record ? leg.recordUrl : ''}>
      {recordName(leg, id)}
    </Linked>
  );
  const facts: [string, React.ReactNode][] = leg.popped.map((p, i) => [
    i === 0 ? 'Popped' : `Popped, ${i + 1}.`,
    <span key={p.at}>
      {record(p.record)} at <At at={p.at} />
    </span>,
  ]);
  if (leg.chosen !== '') facts.push(['Chosen by the agent', record(leg.chosen)]);
  if (leg.dialled !== '') facts.push(['Dialled', phone(leg.dialled)]);
  if (leg.task !== '')
    facts.push([
      'Logged as Task',
      <Linked key="task" url={leg.taskUrl}>
        {leg.task}
      </Linked>,
    ]);
  if (facts.length === 0)
    return <p className="pc-soft">Nothing popped, nothing was chosen, and no Task was written.</p>;
  return <Facts facts={facts} />;
}

function Attributes({ attributes }: { attributes: Record<string, string> }) {
  const all = Object.entries(attributes);
  if (all.length === 0) return null;
  return (
    <div className="pc-card">
      <h3 className="pc-heading">Attributes</h3>
      <Facts facts={all} />
    </div>
  );
}
