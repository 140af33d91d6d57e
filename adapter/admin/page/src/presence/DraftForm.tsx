import { Choice, Entry, type Option } from '../shell/fields.tsx';
import type { PresenceRules } from './answers.ts';
import { type Criterion, type Draft, newCriterion, staticValue, type Term } from './draft.ts';
import { fireName } from './presence-words.ts';
import { StatusField } from './StatusField.tsx';

const most = 20; // criteria of a rule

/** A rule that is not saved yet, with the fields of its record. */
export function DraftForm({
  rules,
  draft,
  onChange,
}: {
  rules: PresenceRules;
  draft: Draft;
  onChange(draft: Draft): void;
}) {
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const next = Math.max(...draft.criteria.map((c) => c.key), 0) + 1;
  return (
    <fieldset className="pc-fields">
      <legend>A rule that is not saved yet</legend>
      <Entry label="Rule name" value={draft.name} most={80} onChange={(name) => set({ name })} />
      <Choice
        label="Source"
        value={draft.source}
        options={rules.words.sources.map((s) => [s, fireName(s)])}
        onChange={(source) => set({ source })}
      />
      <Entry label="Order" type="number" value={draft.order} onChange={(order) => set({ order })} />
      {draft.criteria.map((criterion, i) => (
        <CriterionFields
          key={criterion.key}
          rules={rules}
          name={draft.criteria.length === 1 ? 'Criterion' : `Criterion ${i + 1}`}
          criterion={criterion}
          onChange={(to) => set({ criteria: draft.criteria.map((c) => (c.key === to.key ? to : c)) })}
          onRemove={
            draft.criteria.length === 1
              ? undefined
              : () => set({ criteria: draft.criteria.filter((c) => c.key !== criterion.key) })
          }
        />
      ))}
      <div className="pc-fields-row">
        {draft.criteria.length > 1 && (
          <Choice
            label="Applies if"
            value={draft.any ? 'any' : 'all'}
            options={[
              ['all', 'all criteria hold'],
              ['any', 'any criterion holds'],
            ]}
            onChange={(logic) => set({ any: logic === 'any' })}
          />
        )}
        {draft.criteria.length < most && (
          <button
            type="button"
            className="slds-button pc-fields-button"
            onClick={() => set({ criteria: [...draft.criteria, newCriterion(draft.source, next)] })}
          >
            Add a criterion
          </button>
        )}
      </div>
      <Choice
        label="Destination"
        value={draft.destination}
        options={[
          ['org', 'Omni-Channel'],
          ['centre', 'Amazon Connect'],
        ]}
        onChange={(to) => set({ destination: to === 'org' ? 'org' : 'centre', value: '' })}
      />
      <StatusField
        key={draft.destination}
        label="Becomes"
        side={draft.destination}
        rules={rules}
        settable
        value={draft.value}
        onChange={(value) => set({ value })}
      />
    </fieldset>
  );
}

const plainly = (words: string[]): Option[] => words.map((word) => [word, word]);

function CriterionFields({
  rules,
  name,
  criterion,
  onChange,
  onRemove,
}: {
  rules: PresenceRules;
  name: string;
  criterion: Criterion;
  onChange(criterion: Criterion): void;
  onRemove: (() => void) | undefined;
}) {
  const set = (part: Partial<Criterion>) => onChange({ ...criterion, ...part });
  return (
    <fieldset className="pc-fields pc-criterion">
      <legend>{name}</legend>
      <TermFields label="Operand A" rules={rules} term={criterion.a} onChange={(a) => set({ a })} />
      <Choice
        label="Comparator"
        value={criterion.comparator}
        options={plainly(rules.words.comparators)}
        onChange={(comparator) => set({ comparator })}
      />
      <TermFields label="Operand B" rules={rules} term={criterion.b} onChange={(b) => set({ b })} />
      {onRemove && (
        <button type="button" className="slds-button pc-fields-button" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </button>
      )}
    </fieldset>
  );
}

function TermFields({
  label,
  rules,
  term,
  onChange,
}: {
  label: string;
  rules: PresenceRules;
  term: Term;
  onChange(term: Term): void;
}) {
  return (
    <>
      <Choice
        label={label}
        value={term.operand}
        options={plainly(rules.words.operands)}
        onChange={(operand) => onChange({ ...term, operand })}
      />
      {term.operand === staticValue && (
        <Entry label={`${label} value`} value={term.value} onChange={(value) => onChange({ ...term, value })} />
      )}
    </>
  );
}
