import { choiceOf, type Match } from './choice.ts';
import type { Host } from './host.ts';
import { type Command, type CommandBody, isResult, type Result } from './wire/read.ts';

/** How many commands are remembered as done. */
const limit = 200;
const key = 'patchcord:done';

/** What commands act upon. */
export interface Hands {
  host: Host;
  dial(phoneNumber: string, queueARN: string): Promise<void>;
  /** A search has ended, with what there is to choose from; usually nothing. */
  choose(matches: Match[]): void;
}

/**
 * Carries commands out, each once: what has been done is remembered in storage that all tabs share, so that one that comes a
 * second time, here or elsewhere, is answered with its first result.
 */
export class Commands {
  private readonly running = new Map<string, Promise<Result>>();

  constructor(
    private readonly hands: Hands,
    private readonly storage: Storage,
  ) {}

  async carryOut(command: Command): Promise<Result> {
    const done = this.done().find((r) => r.id === command.id);
    if (done) return done;
    const running = this.running.get(command.id);
    if (running) return running;
    const run = this.run(command);
    this.running.set(command.id, run);
    try {
      const result = await run;
      this.remember(result);
      return result;
    } finally {
      this.running.delete(command.id);
    }
  }

  private async run(command: Command): Promise<Result> {
    if (!command.body) return { id: command.id, ok: false, error: 'This softphone does not know the command.' };
    try {
      const value = await perform(command.body, this.hands);
      return { id: command.id, ok: true, value: value ?? null };
    } catch (e) {
      return { id: command.id, ok: false, error: e instanceof Error ? e.message : 'The command did not succeed.' };
    }
  }

  private done(): Result[] {
    try {
      const kept: unknown = JSON.parse(this.storage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isResult) : [];
    } catch {
      return [];
    }
  }

  private remember(result: Result): void {
    const kept = [...this.done(), result].slice(-limit);
    for (let drop = 0; drop < kept.length; drop = drop === 0 ? 1 : drop * 2) {
      try {
        this.storage.setItem(key, JSON.stringify(kept.slice(drop)));
        return;
      } catch {
        // no room: forget the oldest
      }
    }
  }
}

async function perform(body: CommandBody, { host, dial, choose }: Hands): Promise<unknown> {
  switch (body.type) {
    case 'searchAndScreenPop':
      return host.searchAndPop(body.searchPop).then((answer) => {
        if (!body.searchPop.deferred) choose(choiceOf(answer));
        return answer;
      });
    case 'screenPop':
      return host.pop(body.screenPop.recordId);
    case 'dial':
      return dial(body.dial.phoneNumber, body.dial.queueARN);
    case 'log':
      return log(body.log);
    case 'clickToDial':
      return host.enableClickToDial();
    case 'refresh':
      return host.refresh();
    case 'showPanel':
      return host.showPanel();
    default:
      return body satisfies never;
  }
}

function log(line: { level: string; message: string }): void {
  const message = `Patchcord: ${line.message}`;
  if (line.level === 'error') console.error(message);
  else if (line.level === 'warn') console.warn(message);
  else if (line.level === 'debug') console.debug(message);
  else console.info(message);
}
