import type { Leave } from './microphone.ts';

/** Where an agent is told about the microphone, with a button for what can be done. */
export interface Board {
  offer(text: string, label: string, act: () => void): void;
  withdraw(): void;
}

const wanted = 'Calls need your microphone. Press Allow microphone, then allow it for this site when the browser asks.';

const refused =
  'Your microphone cannot be used. Connect one, allow it for this site in the browser’s address bar, then press Try again: a call that rings can still be taken.';

/** Tells that the microphone is missing, from before the first call on, for as long as calls are heard in this page. */
export class MicrophoneOffer {
  private leave: Leave | undefined;
  private isNeeded = false;
  private told: Leave | undefined;
  /** A call could not have it, which stands on the board. */
  private isMissed = false;
  /** Where a microphone was opened, which counts more than what the browser says of the next time. */
  private had: 'here' | 'elsewhere' | undefined;

  constructor(
    private readonly board: Board,
    private readonly ask: () => Promise<boolean>,
    /** The microphone may be there now: a call that waits for it begins its audio. */
    private readonly again: () => void,
  ) {}

  get isGranted(): boolean {
    return this.leave === 'granted' || (this.leave !== 'denied' && this.had === 'here');
  }

  /** A microphone was opened in this page, or in another of this browser's. */
  opened(where: 'here' | 'elsewhere'): void {
    if (this.had !== 'here') this.had = where;
    if (where === 'here' && this.isMissed) this.board.withdraw();
    if (where === 'here') this.isMissed = false;
    this.tell();
  }

  /** What the browser allows now; a person who changes it in the browser's own settings need not press anything here. */
  allows(leave: Leave): void {
    this.leave = leave;
    this.tell();
  }

  /** Whether calls are heard in this page. */
  need(isNeeded: boolean): void {
    this.isNeeded = isNeeded;
    this.tell();
  }

  /** A call could not have it. */
  failed(): void {
    this.had = undefined;
    this.isMissed = this.isNeeded;
    if (this.isNeeded) this.board.offer(refused, 'Try again', this.retry);
  }

  private readonly retry = () => {
    this.board.withdraw();
    this.again();
  };

  private tell(): void {
    const leave = this.leave === 'prompt' && this.had ? 'granted' : this.leave;
    const now = this.isNeeded ? leave : undefined;
    const before = this.told;
    if (now === before) return;
    this.told = now;
    if (now === 'denied') this.failed();
    else if (now === 'prompt')
      this.board.offer(wanted, 'Allow microphone', () => {
        void this.ask().then((allowed) => (allowed ? this.retry() : this.failed()));
      });
    else if (before !== undefined) this.retry();
  }
}
