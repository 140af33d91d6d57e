import { useState } from 'react';
import { Choice, Entry, type Option } from '../shell/fields.tsx';
import type { PresenceRules } from './answers.ts';
import { statusName } from './presence-words.ts';

const another = '\u0000another';

const optionsOf = (rules: PresenceRules, side: 'centre' | 'org'): Option[] =>
  side === 'org'
    ? rules.statuses.org.map((s) => [s.name, statusName({ value: s.name, label: s.label })])
    : rules.statuses.centre.map((name) => [name, name]);

/** A status of a side: one that is known, or another that somebody types. */
export function StatusField({
  label,
  side,
  rules,
  value,
  none,
  settable,
  onChange,
}: {
  label: string;
  side: 'centre' | 'org';
  rules: PresenceRules;
  value: string;
  none?: string; // the word for no status, if there may be none
  settable?: boolean; // without those that nobody can choose
  onChange(value: string): void;
}) {
  const known = optionsOf(rules, side).filter(
    ([name]) => !settable || side === 'org' || !rules.words.system.includes(name),
  );
  const isKnown = value === '' || known.some(([name]) => name === value);
  const [typing, setTyping] = useState(!isKnown);
  const choose = (to: string) => {
    setTyping(to === another);
    onChange(to === another ? '' : to);
  };
  return (
    <>
      <Choice
        label={label}
        value={typing ? another : value}
        options={[['', none ?? 'Choose…'], ...known, [another, 'Another…']]}
        onChange={choose}
      />
      {typing && (
        <Entry
          label={side === 'org' ? `${label}: developer name` : `${label}: name`}
          value={value}
          onChange={onChange}
        />
      )}
    </>
  );
}
