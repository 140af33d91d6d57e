import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../desk.ts';
import { Choice, Field, type Option } from '../shell/fields.tsx';
import type { Filters } from '../wire.ts';
import { agentName, outcomes } from '../words.ts';
import { asked, everything, type Filter, format, fromField, spans, toField } from './filter.ts';

const pause = 300; // milliseconds after the last letter until it is asked for

const spanNames: Record<Filter['time'], string> = {
  '': 'Any time',
  hour: 'Last hour',
  today: 'Today',
  day: 'Last 24 hours',
  week: 'Last 7 days',
  between: 'Between…',
};

/** The options, and the one that is set, should nobody know it any more. */
const withSet = (set: string, options: Option[]): Option[] =>
  set === '' || options.some(([value]) => value === set) ? options : [...options, [set, set]];

/** What of the calls is asked for. Typing asks after a pause, everything else at once; the address follows. */
export function FilterForm({
  filter,
  known,
  onChange,
  onSubmit,
}: {
  filter: Filter;
  known: Filters;
  onChange(filter: Filter): void;
  onSubmit(): void;
}) {
  const { me } = useDesk();
  const [draft, setDraft] = useState(filter);
  const [wide, setWide] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const given = format(filter).toString();
  const sent = useRef(given);
  useEffect(() => {
    if (given === sent.current) return; // it came from here
    sent.current = given;
    setDraft(filter);
  }, [given, filter]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (to: Filter) => {
    clearTimeout(timer.current);
    sent.current = format(to).toString();
    onChange(to);
  };
  const set = (part: Partial<Filter>, wait = 0) => {
    const to = { ...draft, ...part };
    setDraft(to);
    clearTimeout(timer.current);
    if (wait === 0) send(to);
    else timer.current = setTimeout(() => send(to), wait);
  };
  const fieldsAsked = asked(draft) - (draft.number.trim() === '' ? 0 : 1);
  return (
    <search>
      <form
        className={`pc-filter ${wide ? 'pc-filter-wide' : ''}`}
        aria-label="Filter the calls"
        onSubmit={(e) => {
          e.preventDefault();
          send(draft);
          onSubmit();
        }}
      >
        <Field label="Number">
          {(id) => (
            <input
              id={id}
              data-filter
              type="search"
              className="slds-input"
              placeholder="+1 206 555 0142"
              value={draft.number}
              onChange={(e) => set({ number: e.currentTarget.value }, pause)}
            />
          )}
        </Field>
        <button
          type="button"
          className="slds-button slds-button_neutral pc-filter-more"
          aria-expanded={wide}
          onClick={() => setWide(!wide)}
        >
          {fieldsAsked === 0 ? 'More filters' : `More filters (${fieldsAsked} set)`}
        </button>
        {me.sees === 'all' && (
          <Choice
            extra
            label="Agent"
            value={draft.agent}
            options={[
              ['', 'Any agent'],
              ...withSet(
                draft.agent,
                known.agents.map((a) => [a.userId, agentName(a)]),
              ),
            ]}
            onChange={(agent) => set({ agent })}
          />
        )}
        <Choice
          extra
          label="Queue"
          value={draft.queue}
          options={[
            ['', 'Any queue'],
            ...withSet(
              draft.queue,
              known.queues.map((q) => [q, q]),
            ),
          ]}
          onChange={(queue) => set({ queue })}
        />
        <Choice
          extra
          label="Outcome"
          value={draft.outcome}
          options={[
            ['', 'Any outcome'],
            ...Object.entries(outcomes).map(([code, o]): [string, string] => [code, o.word]),
          ]}
          onChange={(outcome) => set({ outcome })}
        />
        <Choice
          extra
          label="Time"
          value={draft.time}
          options={spans.map((s) => [s, spanNames[s]])}
          onChange={(value) => {
            const time = spans.find((s) => s === value) ?? '';
            set(time === 'between' ? { time } : { time, from: '', to: '' });
          }}
        />
        {draft.time === 'between' && (
          <>
            <Instant label="From" value={draft.from} onChange={(from) => set({ from })} />
            <Instant label="To" value={draft.to} onChange={(to) => set({ to })} />
          </>
        )}
        {asked(draft) > 0 && (
          <button
            type="button"
            className="slds-button pc-filter-clear"
            onClick={() => {
              setDraft(everything);
              send(everything);
            }}
          >
            Clear
          </button>
        )}
      </form>
    </search>
  );
}

function Instant({ label, value, onChange }: { label: string; value: string; onChange(iso: string): void }) {
  return (
    <Field label={label} extra>
      {(id) => (
        <input
          id={id}
          type="datetime-local"
          className="slds-input"
          value={toField(value)}
          onChange={(e) => onChange(fromField(e.currentTarget.value))}
        />
      )}
    </Field>
  );
}
