import { useDesk } from '../desk.ts';
import { Badge, Empty, Shown, Title } from '../shell/parts.tsx';
import { useFeed } from '../use-feed.ts';
import type { PresenceRule, PresenceRules } from './answers.ts';
import { Findings, OrgLink, Parts, RecordChoice } from './parts.tsx';
import { fireName, ruleState, sentence, sideName, statusName } from './presence-words.ts';

/** The rules between the two presences, in the order in which they are tried. */
export function RulesPage({ record }: { record: string }) {
  const { api } = useDesk();
  const { feed } = useFeed<PresenceRules>(`presence ${record}`, (signal) => api.presence(record, signal));
  return (
    <>
      <Title>Presence rules</Title>
      <Parts record={record} />
      <Shown feed={feed} what="the rules">
        {(rules) => (
          <>
            <RecordChoice rules={rules} part="rules" />
            <Findings loops={rules.loops} undone={rules.undone} />
            {rules.record !== null && <Rules rules={rules} />}
          </>
        )}
      </Shown>
    </>
  );
}

function Rules({ rules }: { rules: PresenceRules }) {
  const make = (
    <OrgLink url={rules.newUrl} look="slds-button slds-button_neutral">
      New rule
    </OrgLink>
  );
  if (rules.rules.length === 0)
    return (
      <Empty title="No rule yet">
        <p>A rule says: when one side becomes this, the other becomes that. Without rules each side stays as it is.</p>
        <p className="slds-m-top_small">{make}</p>
      </Empty>
    );
  return (
    <section className="pc-card" aria-label="Rules">
      <div className="pc-run-head">
        <h2 className="pc-heading">Rules, in the order in which they are tried</h2>
        <span className="pc-actions">{make}</span>
      </div>
      <p className="pc-soft">
        Of the rules that apply, the first counts for each side. Rules are records of the org: they are changed there,
        and are here within a minute.
      </p>
      <table className="pc-rules">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Rule</th>
            <th scope="col">Fires</th>
            <th scope="col">When</th>
            <th scope="col">Becomes</th>
          </tr>
        </thead>
        <tbody>
          {rules.rules.map((rule) => (
            <RuleRow key={rule.id} rule={rule} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RuleRow({ rule }: { rule: PresenceRule }) {
  const { word, tone } = ruleState(rule);
  return (
    <tr className={word === 'Active' ? undefined : 'pc-rule-idle'}>
      <td data-label="Order">{rule.order}</td>
      <th scope="row">
        <OrgLink url={rule.url}>{rule.name}</OrgLink>{' '}
        {word !== 'Active' && (
          <span>
            <Badge tone={tone}>{word}</Badge>
          </span>
        )}
        {rule.problems.map((problem) => (
          <span key={problem} className={rule.active ? 'pc-rule-problem pc-bad' : 'pc-rule-problem pc-soft'}>
            {sentence(problem)}
          </span>
        ))}
      </th>
      <td data-label="Fires">{fireName(rule.source)}</td>
      <td data-label="When">
        {rule.criteria > 1 && <span className="pc-soft">{rule.any ? 'Any of: ' : 'All of: '}</span>}
        {rule.when}
      </td>
      <td data-label="Becomes">
        <span className="pc-soft">{sideName(rule.destination)}</span> <strong>{statusName(rule)}</strong>
      </td>
    </tr>
  );
}
