import type { Tone } from '../words.ts';
import type { PresenceRule, PresenceTried } from './answers.ts';

const sides: Record<string, string> = { centre: 'Amazon Connect', org: 'Omni-Channel' };
export const sideName = (side: string): string => sides[side] ?? 'No side';

/** A status as people read it: the label, and beside it the developer name where that is another. */
export function statusName(status: { value: string; label: string }): string {
  if (status.value === '') return 'Not known';
  if (status.label === '' || status.label === status.value) return status.value;
  return `${status.label} (${status.value})`;
}

const fires: Record<string, string> = {
  'Connect Agent State Change': 'The status at Amazon Connect changes',
  'Salesforce Agent State Change': 'The status in Omni-Channel changes',
  'Salesforce Agent Logout': 'The agent logs out of Omni-Channel',
  'Salesforce Work Accepted': 'The agent accepts work of Omni-Channel',
  'Salesforce Workload Changed': 'The workload in Omni-Channel changes',
};

/** What a rule's Source stands for. */
export const fireName = (source: string): string => fires[source] ?? source;

/** How a rule stands: it works, is switched off, or is broken. */
export function ruleState(rule: PresenceRule): { word: string; tone: Tone } {
  if (!rule.active) return { word: 'Inactive', tone: 'plain' };
  return rule.problems.length > 0 ? { word: 'Does nothing', tone: 'bad' } : { word: 'Active', tone: 'good' };
}

/** What would be set, in a sentence each. */
export function setWords(tried: PresenceTried): string[] {
  if (tried.sets.length === 0) return ['Nothing would be set.'];
  return tried.sets.map((set) =>
    set.already
      ? `${sideName(set.side)} is ${statusName(set)} already, as the rule ${set.rule} wants: nothing would be set.`
      : `${sideName(set.side)} would become ${statusName(set)}, by the rule ${set.rule}.`,
  );
}

const tones: Record<string, Tone> = { rule: 'busy', flow: 'busy', failed: 'bad', stopped: 'bad' };
export const causeTone = (cause: string): Tone => tones[cause] ?? 'plain';

/** What is wrong with a rule, as a sentence of its own: the adapter puts the rule's name before it elsewhere. */
export const sentence = (problem: string): string => problem.charAt(0).toUpperCase() + problem.slice(1);
