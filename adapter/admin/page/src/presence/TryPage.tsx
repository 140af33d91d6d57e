import { useState } from 'react';
import { asRefusal } from '../api.ts';
import { useDesk } from '../desk.ts';
import { Badge, Notice, Shown, Title } from '../shell/parts.tsx';
import { useFeed } from '../use-feed.ts';
import type { PresenceOutcome, PresenceRules, PresenceTried } from './answers.ts';
import { DraftForm } from './DraftForm.tsx';
import { type Draft, type Event, newDraft, newEvent, question, saveUrl } from './draft.ts';
import { EventForm } from './EventForm.tsx';
import { Findings, OrgLink, Parts, RecordChoice, Way } from './parts.tsx';
import { fireName, sentence, setWords, sideName, statusName } from './presence-words.ts';

/** What would come of a change, by the rules as they are and a further one; nothing is set. */
export function TryPage({ record }: { record: string }) {
  const { api } = useDesk();
  const { feed } = useFeed<PresenceRules>(`presence ${record}`, (signal) => api.presence(record, signal));
  return (
    <>
      <Title>Try the presence rules</Title>
      <Parts record={record} />
      <Shown feed={feed} what="the rules">
        {(rules) => (
          <>
            <RecordChoice rules={rules} part="try" />
            {rules.record !== null && <Try rules={rules} record={rules.record.id} />}
          </>
        )}
      </Shown>
    </>
  );
}

type Came =
  | { is: 'nothing' }
  | { is: 'busy' }
  | { is: 'refused'; why: string }
  | { is: 'tried'; tried: PresenceTried; draft: Draft | undefined };

function Try({ rules, record }: { rules: PresenceRules; record: string }) {
  const { api } = useDesk();
  const [event, setEvent] = useState<Event>(newEvent);
  const [draft, setDraft] = useState<Draft>();
  const [came, setCame] = useState<Came>({ is: 'nothing' });
  const ask = () => {
    setCame({ is: 'busy' });
    api.tryPresence(question(record, event, draft)).then(
      (tried) => setCame({ is: 'tried', tried, draft }),
      (error: unknown) => setCame({ is: 'refused', why: asRefusal(error).message }),
    );
  };
  return (
    <>
      <form
        className="pc-card pc-try"
        aria-label="Try"
        onSubmit={(e) => {
          e.preventDefault();
          ask();
        }}
      >
        <EventForm rules={rules} event={event} onChange={setEvent} />
        {draft === undefined ? (
          <button type="button" className="slds-button" onClick={() => setDraft(newDraft(event.source))}>
            Try a further rule with them
          </button>
        ) : (
          <>
            <DraftForm rules={rules} draft={draft} onChange={setDraft} />
            <button type="button" className="slds-button" onClick={() => setDraft(undefined)}>
              Try without it
            </button>
          </>
        )}
        <button type="submit" className="slds-button slds-button_brand" disabled={came.is === 'busy'}>
          {came.is === 'busy' ? 'Trying…' : 'Try it'}
        </button>
      </form>
      <div role="status">
        {came.is === 'refused' && <Notice tone="plain" title={came.why} />}
        {came.is === 'tried' && <Tried tried={came.tried} draft={came.draft} rules={rules} />}
      </div>
    </>
  );
}

function Tried({ tried, draft, rules }: { tried: PresenceTried; draft: Draft | undefined; rules: PresenceRules }) {
  return (
    <section className="pc-card" aria-label="What would come of it">
      <h2 className="pc-heading">What would come of it</h2>
      {setWords(tried).map((sentence) => (
        <p key={sentence} className="pc-sentence">
          {sentence}
        </p>
      ))}
      {rules.record?.on === false && (
        <p className="pc-soft">The sync is off: until it is on, nothing of this happens.</p>
      )}
      {tried.problems.length > 0 && (
        <Notice tone="bad" title="The rule that is not saved yet was left out:">
          <ul className="slds-list_dotted">
            {[...new Set(tried.problems)].map((problem) => (
              <li key={problem}>{sentence(problem)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {draft !== undefined && tried.problems.length === 0 && (
        <p>
          <OrgLink url={saveUrl(rules.newUrl, draft)}>Save the rule in Salesforce</OrgLink>
        </p>
      )}
      <h3 className="pc-day">Rules of this source, in their order</h3>
      {tried.rules.length === 0 && <p className="pc-soft">No active rule is for this.</p>}
      <ul className="pc-outcomes">
        {tried.rules.map((outcome) => (
          <Outcome key={outcome.rule.id || 'draft'} outcome={outcome} />
        ))}
      </ul>
      <h3 className="pc-day">The whole way, if each change was followed</h3>
      {tried.way.steps.length === 1 ? <p className="pc-soft">No rule follows.</p> : <Way way={tried.way} />}
      <p className="pc-soft">A change that a rule made fires no other rule: the way is followed one step far.</p>
      <Findings loops={tried.loops} undone={tried.undone} />
    </section>
  );
}

function Outcome({ outcome }: { outcome: PresenceOutcome }) {
  const { rule, applies, first, before } = outcome;
  return (
    <li>
      <p className="pc-group-who">
        <OrgLink url={rule.url}>{rule.name}</OrgLink> {rule.id === '' && <Badge tone="busy">Not saved</Badge>}{' '}
        <Badge tone={first ? 'good' : applies ? 'warn' : 'plain'}>
          {first ? 'Applies' : applies ? `Applies, but ${before} comes first` : 'Does not apply'}
        </Badge>
      </p>
      <p className="pc-soft">
        {fireName(rule.source)}, when {rule.when}: {sideName(rule.destination)} becomes {statusName(rule)}
      </p>
    </li>
  );
}
