/** Words for counts, sizes, times of a clock and the codes of the answers. */

const grouped = new Intl.NumberFormat('en-US');
export const amount = (n: number): string => grouped.format(n);

/** `1 call`, `2 calls`; a word with another plural brings it along. */
export const count = (n: number, one: string, many = `${one}s`): string => `${amount(n)} ${n === 1 ? one : many}`;

/** A length of time in milliseconds: `48 ms`, `1.2 s`, `3 min 4 s`, `2 h 5 min`. */
export function length(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return count(Math.floor(hours / 24), 'day');
}

/** Bytes: `0 B`, `70.0 kB`, `20.0 GB`; a kilobyte is 1,000 bytes. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${amount(bytes)} B`;
  const units = ['kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes / 1_000;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** A number in E.164 as people read it; anything else as it is. */
export function phone(number: string): string {
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `+1 (${area}) ${exchange}-${line}`;
}

export type Tone = 'good' | 'plain' | 'busy' | 'warn' | 'bad';

/** What became of a call's pop, in the order in which people look for it. */
export const outcomes: Record<string, { word: string; tone: Tone }> = {
  popped: { word: 'Popped', tone: 'good' },
  noMatch: { word: 'No match', tone: 'plain' },
  several: { word: 'Several matches', tone: 'warn' },
  notRun: { word: 'Not run', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
  away: { word: 'Page away', tone: 'warn' },
  refused: { word: 'Refused', tone: 'bad' },
  waiting: { word: 'Waiting', tone: 'busy' },
  givenUp: { word: 'Given up', tone: 'bad' },
  nothing: { word: 'Nothing to pop', tone: 'plain' },
};

const statuses: Record<string, { word: string; tone: Tone }> = {
  waiting: { word: 'Waiting', tone: 'busy' },
  completed: { word: 'Completed', tone: 'good' },
  partial: { word: 'Failed on the way', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
  givenUp: { word: 'Given up', tone: 'bad' },
  notRun: { word: 'Not run', tone: 'plain' },
};

const other = (word: string): { word: string; tone: Tone } => ({ word, tone: 'plain' });
export const outcome = (code: string) => outcomes[code] ?? other(code);
export const status = (code: string) => statuses[code] ?? other(code);

const kinds: Record<string, string> = {
  flow: 'Flow',
  decide: 'Choice of the flows to run',
  lapse: 'End of a contact that fell silent',
  task: 'Call log (Task)',
  channel: 'AC Contact Channel',
  refresh: 'Settings read again',
  present: 'Status that a presence rule wants',
  work: 'Work of Omni-Channel that was accepted',
};

/** What a run is, by its kind and the flow's name. */
export const runTitle = (run: { kind: string; flow: string }): string =>
  run.flow !== '' ? run.flow : (kinds[run.kind] ?? run.kind);

const types: Record<string, [inbound: string, outbound: string]> = {
  voice: ['Inbound call', 'Outbound call'],
  queue_callback: ['Callback', 'Callback'],
  chat: ['Chat', 'Chat'],
  task: ['Task', 'Task'],
};

export const callType = (call: { type: string; inbound: boolean }): string =>
  types[call.type]?.[call.inbound ? 0 : 1] ?? call.type;

/** Whose end the number is of, or that there is none. */
export function caller(call: { type: string; inbound: boolean; number: string }): string {
  if (call.number !== '') return phone(call.number);
  return call.type === 'voice' && call.inbound ? 'Number withheld' : 'No number';
}

const phases: Record<string, string> = { offered: 'Ringing', accepted: 'Being connected', connected: 'On now' };

/** How long it lasted, or how it stands. */
export function lasted(call: { phase: string; answered: boolean; duration: number }): string {
  const phase = phases[call.phase];
  if (phase !== undefined) return phase;
  if (call.duration > 0) return length(call.duration);
  return call.answered ? 'Answered' : 'Not answered';
}

export const agentName = (agent: { userId: string; name: string; username: string }): string =>
  agent.name || agent.username || agent.userId || 'Unknown agent';
