import { isRecord } from '../decode.ts';
import { BadRequest } from './screen-pop.ts';

/** What a softphone hears when somebody begins a call that Sales Engagement gave them. */
export interface SalesWork {
  workId: string;
  completeWorkWhen: 'TaskSaved';
  attributes: { to: string };
}

interface Begun {
  number: string;
  recordName: string;
}

/**
 * The calls of a sales cadence that were begun in this console and are not completed. Of Sales Engagement no more is there than what a
 * softphone sees of it. Source: Open CTI developer guide, Sales Engagement methods for Lightning Experience.
 */
export class SalesWorks {
  private readonly begun = new Map<string, Begun>();

  constructor(private readonly newId: () => string) {}

  start(of: Begun): SalesWork {
    const workId = this.newId();
    this.begun.set(workId, of);
    return { workId, completeWorkWhen: 'TaskSaved', attributes: { to: of.number } };
  }

  /** What is said of a call that is completed with its task. */
  complete(args: Record<string, unknown>): string {
    const { workId, attributes } = args;
    const work = typeof workId === 'string' ? this.begun.get(workId) : undefined;
    if (typeof workId !== 'string' || !work)
      throw new BadRequest('INVALID_PARAM', 'workId must be that of work which was started and is not completed.');
    if (!isRecord(attributes) || typeof attributes.taskId !== 'string' || !attributes.taskId.startsWith('00T'))
      throw new BadRequest('INVALID_PARAM', 'attributes.taskId must be the id of the task that was saved.');
    this.begun.delete(workId);
    const { disposition } = attributes;
    const how = typeof disposition === 'string' && disposition !== '' ? `: ${disposition}` : '';
    return `The call to ${work.recordName} is completed${how}.`;
  }
}
