import type { Step } from '../wire.ts';

/** The steps of the run itself, which are the newest, then those that were asked for later, each once. */
export function shown(first: Step[], later: Step[]): Step[] {
  const byNumber = new Map(later.map((step) => [step.number, step]));
  for (const step of first) byNumber.set(step.number, step);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
