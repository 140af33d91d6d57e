import type { Settings } from './wire/read.ts';

/** Values of the adapter record's field Debug Level, each with all before it. */
const levels = ['Off', 'Error', 'Info', 'Debug'] as const;

export type DebugLevel = (typeof levels)[number];

export const debugLevelOf = (settings: Settings | null): DebugLevel =>
  levels.find((l) => l === settings?.debugLevel) ?? 'Off';

type Line = Pick<Console, 'error' | 'info' | 'debug'>;

/** What the page tells of itself in the browser's console, as far as the administrator asks for it. */
export class Trace {
  private level: DebugLevel = 'Off';

  constructor(private readonly line: Line) {}

  set(level: DebugLevel): void {
    this.level = level;
  }

  error(...what: unknown[]): void {
    if (this.tells('Error')) this.line.error('Patchcord:', ...what);
  }

  info(...what: unknown[]): void {
    if (this.tells('Info')) this.line.info('Patchcord:', ...what);
  }

  debug(...what: unknown[]): void {
    if (this.tells('Debug')) this.line.debug('Patchcord:', ...what);
  }

  private tells(level: DebugLevel): boolean {
    return levels.indexOf(this.level) >= levels.indexOf(level);
  }
}
