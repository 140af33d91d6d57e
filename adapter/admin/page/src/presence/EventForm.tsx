import { Choice, Entry } from '../shell/fields.tsx';
import type { PresenceRules } from './answers.ts';
import type { Event } from './draft.ts';
import { fireName } from './presence-words.ts';
import { StatusField } from './StatusField.tsx';

/** What happens to an agent: which side changes, from what to what, and how the other side is then. */
export function EventForm({
  rules,
  event,
  onChange,
}: {
  rules: PresenceRules;
  event: Event;
  onChange(event: Event): void;
}) {
  const set = (part: Partial<Event>) => onChange({ ...event, ...part });
  const centreChanges = event.source === 'Connect Agent State Change';
  const centre = (label: string) => (
    <StatusField label={label} side="centre" rules={rules} value={event.centre} onChange={(c) => set({ centre: c })} />
  );
  const org = (label: string) => (
    <StatusField label={label} side="org" rules={rules} value={event.org} onChange={(o) => set({ org: o })} />
  );
  const was = (label: string) => (
    <StatusField
      label={label}
      side="centre"
      rules={rules}
      value={event.centreWas}
      none="Not known"
      onChange={(c) => set({ centreWas: c })}
    />
  );
  return (
    <fieldset className="pc-fields">
      <legend>What happens to an agent</legend>
      <Choice
        label="What happens"
        value={event.source}
        options={rules.words.sources.map((s) => [s, fireName(s)])}
        onChange={(source) => set({ source })}
      />
      {centreChanges ? (
        <>
          {was('Amazon Connect, from')}
          {centre('Amazon Connect, to')}
          {org('Omni-Channel is then')}
        </>
      ) : (
        <>
          {event.source === 'Salesforce Agent State Change' && org('Omni-Channel, to')}
          {event.source === 'Salesforce Work Accepted' && (
            <Entry
              label="Service channel: developer name"
              value={event.channel}
              onChange={(channel) => set({ channel })}
            />
          )}
          {event.source === 'Salesforce Workload Changed' && (
            <>
              <Entry label="Capacity" type="number" value={event.capacity} onChange={(c) => set({ capacity: c })} />
              <Entry label="Workload, from" type="number" value={event.was} onChange={(w) => set({ was: w })} />
              <Entry label="Workload, to" type="number" value={event.now} onChange={(n) => set({ now: n })} />
            </>
          )}
          {event.source.startsWith('Salesforce Work') && org('Omni-Channel is then')}
          {centre('Amazon Connect is then')}
          {was('Amazon Connect was before')}
        </>
      )}
    </fieldset>
  );
}
