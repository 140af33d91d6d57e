import type { Omni } from './console.ts';
import type { Presence } from './wire/read.ts';

const nowhere: Presence = { there: false, statusId: '', statusName: '', statusApiName: '' };

/** Tells the adapter how the agent stands in Omni-Channel: after each welcome, and when what answers for it comes, goes or is new. */
export class PresenceReader {
  /** Nothing is said before it has answered for the first time: most pages load sooner than it does. */
  private hasAnswered = false;
  private reading = 0;

  /** `omni` is undefined while nothing answers. */
  constructor(
    private readonly omni: () => Omni | undefined,
    private readonly send: (p: Presence) => void,
  ) {}

  /** Resolves once it is told. What is read is told unless it is read anew meanwhile. */
  async tell(): Promise<void> {
    const omni = this.omni();
    this.hasAnswered ||= omni !== undefined;
    this.reading += 1;
    const { reading } = this;
    if (!omni) {
      if (this.hasAnswered) this.send(nowhere);
      return;
    }
    const status = await omni.status().catch(() => null); // then it is found out whether it still answers
    if (status && reading === this.reading) this.send({ there: true, ...status });
  }
}
