import type { Ask, Road } from './road.ts';

/** Answers of a component, by call; what it does not know it says nothing to. */
export type Answers = Record<string, (args: Record<string, unknown> | undefined) => unknown>;

/** A road whose far end is the test. */
export class FakeRoad implements Road {
  readonly asked: Ask[] = [];
  /** What stands at its end; null while nothing does. */
  answers: Answers | null = null;
  /** The platform does not take messages for it. */
  isClosed = false;
  private hear: ((message: unknown) => void) | null = null;

  constructor(readonly name: string) {}

  get isHeard(): boolean {
    return this.hear !== null;
  }

  send = async (ask: Ask): Promise<void> => {
    this.asked.push(ask);
    if (this.isClosed) throw new Error('closed');
    const answer = this.answers?.[ask.call];
    if (!answer) return;
    try {
      this.says({ to: ask.from, id: ask.id, ok: true, value: answer(ask.args) });
    } catch (e) {
      this.says({ to: ask.from, id: ask.id, ok: false, error: e instanceof Error ? e.message : String(e) });
    }
  };

  listen = (hear: (message: unknown) => void): (() => void) => {
    this.hear = hear;
    return () => {
      this.hear = null;
    };
  };

  says(message: unknown): void {
    this.hear?.(message);
  }

  tells(event: string, detail: Record<string, unknown> = {}): void {
    this.says({ to: 'pages', event, detail });
  }
}

export const hello = { hello: () => ({ version: 1 }) };
