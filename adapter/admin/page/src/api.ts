import type { Decoder } from './decode.ts';
import { presenceAgents, presenceHistory, presenceRules, presenceTried } from './presence/answers.ts';
import { callDetail, callList, done, filters, health, me, problem, stepList, waitingList } from './wire.ts';

/** Why something was not to be had. `away` is that the adapter did not answer, or cannot just now. */
export type Trouble = 'unsigned' | 'denied' | 'missing' | 'invalid' | 'conflict' | 'away' | 'internal';

export class Refusal extends Error {
  constructor(
    readonly trouble: Trouble,
    sentence: string,
  ) {
    super(sentence);
  }
}

const patience = 20_000; // milliseconds until a request is given up
const unanswered = 'The adapter does not answer.';
const unreadable = 'The adapter answered something that this page does not understand. Load the page again.';

type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** The adapter's answers. One is made in main.tsx and handed down. */
export class Api {
  /** Sent with whatever changes something; known once somebody is. */
  csrf = '';

  constructor(private readonly ask: Ask = (path, init) => fetch(path, init)) {}

  async me(signal?: AbortSignal) {
    const who = await this.get('me', me, signal);
    this.csrf = who.csrf;
    return who;
  }

  filters = (signal?: AbortSignal) => this.get('filters', filters, signal);
  calls = (query: URLSearchParams, signal?: AbortSignal) => this.get(`calls?${query}`, callList, signal);
  call = (id: string, signal?: AbortSignal) => this.get(`calls/${encodeURIComponent(id)}`, callDetail, signal);
  steps = (run: number, from: number) => this.get(`runs/${run}/steps?from=${from}`, stepList);
  waiting = (query: URLSearchParams, signal?: AbortSignal) => this.get(`waiting?${query}`, waitingList, signal);
  health = (signal?: AbortSignal) => this.get('health', health, signal);
  retry = (run: number) => this.post(`runs/${run}/retry`);
  drop = (run: number) => this.post(`runs/${run}/drop`);
  release = (user: string) => this.post(`bindings/${encodeURIComponent(user)}/release`);
  signOut = () => this.post('sign-out');
  presence = (record: string, signal?: AbortSignal) =>
    this.get(`presence${record === '' ? '' : `?record=${encodeURIComponent(record)}`}`, presenceRules, signal);
  presenceAgents = (query: URLSearchParams, signal?: AbortSignal) =>
    this.get(`presence/agents?${query}`, presenceAgents, signal);
  presenceHistory = (user: string, query: URLSearchParams, signal?: AbortSignal) =>
    this.get(`presence/agents/${encodeURIComponent(user)}?${query}`, presenceHistory, signal);
  startSync = (user: string) => this.post(`presence/agents/${encodeURIComponent(user)}/start`);
  tryPresence = (question: unknown) => this.send('presence/try', this.posted(question), presenceTried);

  private get<T>(path: string, decode: Decoder<T>, signal?: AbortSignal): Promise<T> {
    return this.send(path, { method: 'GET', headers: { Accept: 'application/json' } }, decode, signal);
  }

  private async post(path: string): Promise<void> {
    await this.send(path, this.posted(), done);
  }

  private posted(body?: unknown): RequestInit {
    const headers = { Accept: 'application/json', 'Patchcord-CSRF': this.csrf };
    return { method: 'POST', headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  }

  private async send<T>(path: string, init: RequestInit, decode: Decoder<T>, signal?: AbortSignal): Promise<T> {
    const limit = AbortSignal.timeout(patience);
    const all = { ...init, redirect: 'error' as const, signal: signal ? AbortSignal.any([signal, limit]) : limit };
    const answer = await this.ask(`/admin/api/${path}`, all).catch(() => {
      throw new Refusal('away', unanswered);
    });
    const body: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) throw refusal(answer.status, body);
    try {
      return decode(body, path);
    } catch {
      throw new Refusal('internal', unreadable);
    }
  }
}

const byStatus: Record<number, Trouble> = {
  400: 'invalid',
  401: 'unsigned',
  403: 'denied',
  404: 'missing',
  409: 'conflict',
  502: 'away',
  503: 'away',
  504: 'away',
};

function refusal(status: number, body: unknown): Refusal {
  const trouble = byStatus[status] ?? 'internal';
  try {
    return new Refusal(trouble, problem(body).sentence);
  } catch {
    return new Refusal(trouble, trouble === 'away' ? unanswered : `Something went wrong (${status}).`);
  }
}

export const asRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('internal', 'Something went wrong in this page. Load it again.');
