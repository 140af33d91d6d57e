import type { Clock } from './clock.ts';
import type { Omni, OmniEvent } from './console.ts';
import { text } from './wire/read.ts';

/** Milliseconds. A tab that nobody sees is slowed down, one that is put to sleep stops; both hear late what happened meanwhile. */
const beatEvery = 1_000;
const lateAfter = 3_000;

/** Characters of an id that name its record. Source: Salesforce Help, 15-character and 18-character record ids. */
const idLength = 15;

/** Knows whether this tab may have slept, so that what it hears may be long over. */
export class Asleep {
  private beat: number;

  constructor(private readonly clock: Pick<Clock, 'wall'>) {
    this.beat = clock.wall();
  }

  /** Notes from now on that the tab is awake; returns how to stop. */
  watch(): () => void {
    const timer = setInterval(() => {
      this.beat = this.clock.wall();
    }, beatEvery);
    return () => clearInterval(timer);
  }

  /** Resolves with whether an event of Omni-Channel is still so: of a tab that was awake it is. What cannot be asked for is told. */
  async isSo({ name, params }: OmniEvent, omni: Pick<Omni, 'status'> | undefined): Promise<boolean> {
    if (!omni || Math.abs(this.clock.wall() - this.beat) < lateAfter) return true;
    if (name !== 'omniChannelStatusChanged' && name !== 'omniChannelLogout') return true;
    const said = name === 'omniChannelLogout' ? '' : text(params.statusId);
    try {
      const { statusId } = await omni.status();
      return statusId.slice(0, idLength) === said.slice(0, idLength);
    } catch {
      return true;
    }
  }
}
