import { useDesk } from '../desk.ts';
import { Choice } from '../shell/fields.tsx';
import { Go, Notice } from '../shell/parts.tsx';
import type { PresenceRules, PresenceStep, PresenceWay } from './answers.ts';
import { sideName, statusName } from './presence-words.ts';

/** The three parts of what there is about presences. */
export function Parts({ record }: { record: string }) {
  const { location } = useDesk();
  const here = location.at === 'presence' ? location.part : 'agents';
  return (
    <nav className="pc-tabs" aria-label="Parts of presence">
      <Go to={{ at: 'presence', part: 'rules', record }} current={here === 'rules'}>
        Rules
      </Go>
      <Go to={{ at: 'presence', part: 'try', record }} current={here === 'try'}>
        Try
      </Go>
      <Go to={{ at: 'presenceAgents', find: '' }} current={here === 'agents'}>
        Agents
      </Go>
    </nav>
  );
}

/** A link to the org, which opens in a tab of its own. */
export function OrgLink({ url, look, children }: { url: string; look?: string; children: React.ReactNode }) {
  if (!/^https?:\/\//i.test(url)) return children;
  return (
    <a href={url} target="_blank" rel="noreferrer" className={look}>
      {children}
      <span className="slds-assistive-text"> (opens in a new tab)</span>
    </a>
  );
}

/** Of several adapter records in use, which one; and whether its sync is on. */
export function RecordChoice({ rules, part }: { rules: PresenceRules; part: 'rules' | 'try' }) {
  const { open } = useDesk();
  const { record, records } = rules;
  if (record === null)
    return (
      <Notice tone="plain" title="No adapter record is in use yet.">
        Rules belong to an AC CTI Adapter record. As soon as an agent of its call center opens the softphone, its rules
        are read and shown here.
      </Notice>
    );
  return (
    <>
      {records.length > 1 && (
        <div className="pc-filter">
          <Choice
            label="Adapter record"
            value={record.id}
            options={records.map((r) => [r.id, `${r.name} (${r.callCenter})`])}
            onChange={(id) => open({ at: 'presence', part, record: id }, 'replace')}
          />
        </div>
      )}
      {record.on ? (
        <Notice tone="good" title={`The presence sync of ${record.name} is on.`}>
          <OrgLink url={record.url}>Adapter record</OrgLink>
        </Notice>
      ) : (
        <Notice tone="plain" title={`The presence sync of ${record.name} is off: no rule is carried out.`}>
          To switch it on, tick Presence Sync Enabled on the <OrgLink url={record.url}>adapter record</OrgLink>.
        </Notice>
      )}
      {rules.noOmni && (
        <Notice tone="warn" title="Omni-Channel is not enabled in this org.">
          Rules that set a status in Omni-Channel do nothing. Enable it in Setup, Omni-Channel Settings.
        </Notice>
      )}
    </>
  );
}

function Step({ step, first }: { step: PresenceStep; first: boolean }) {
  return (
    <li className="pc-way-step">
      {!first && <span className="pc-soft pc-way-rule">{step.rule}</span>}
      <span className="pc-way-status">
        <span className="pc-soft">{sideName(step.side)}</span>
        <strong>{statusName(step)}</strong>
      </span>
    </li>
  );
}

/** A way that rules take; one that turns in circles says where it comes back to. */
export function Way({ way }: { way: PresenceWay }) {
  const back = way.steps[way.back];
  return (
    <>
      <ol className="pc-way">
        {way.steps.map((step, i) => (
          <Step key={`${i} ${step.side} ${step.value}`} step={step} first={i === 0} />
        ))}
      </ol>
      {back !== undefined && (
        <p>
          And from {sideName(back.side)} {statusName(back)} on again, without an end.
        </p>
      )}
    </>
  );
}

/** Rules that work against each other, each with its way. */
export function Findings({ loops, undone }: { loops: PresenceWay[]; undone: PresenceWay[] }) {
  return (
    <>
      {loops.length > 0 && (
        <Notice tone="warn" title="These rules lead in a circle.">
          <p>
            Nothing runs in it: a change that a rule made fires no other rule. But nobody can have meant it: change or
            switch off one of the rules.
          </p>
          {loops.map((way) => (
            <Way key={JSON.stringify(way.steps)} way={way} />
          ))}
        </Notice>
      )}
      {undone.length > 0 && (
        <Notice tone="warn" title="These rules would take back what somebody chose.">
          <p>
            If each change was followed, the status that somebody chose would end as another. A change that a rule made
            fires no other rule, so it does not come to that; but look whether the rules say what you mean.
          </p>
          {undone.map((way) => (
            <Way key={JSON.stringify(way.steps)} way={way} />
          ))}
        </Notice>
      )}
    </>
  );
}
