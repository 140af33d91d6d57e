import { type Decoder, isRecord, list, object, text } from './decode.ts';
import { type Session, session as sessionDecoder } from './wire.ts';

/** A refusal of the service: a sentence, the member that it is about, and a flow's problems. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field = '',
    readonly problems: string[] = [],
  ) {
    super(message);
  }
}

const patience = 20_000; // milliseconds until a request is given up
const problems = list(object({ message: text }));

/** Who is signed in; without a session the browser goes to the sign-in form. */
export async function fetchSession(): Promise<Session> {
  return sessionDecoder(await call('GET', '/console/api/session', '', undefined), 'session');
}

/** The operations behind the console, asked for one instance. One is made in main.tsx and handed down. */
export class Api {
  constructor(
    readonly instance: string,
    private readonly csrf: string,
  ) {}

  /** `{I}` in a path is the instance. */
  async op<T>(method: string, path: string, decode: Decoder<T>, body?: unknown): Promise<T> {
    const at = path.replace('{I}', encodeURIComponent(this.instance));
    return decode(await call(method, `/console/api/op${at}`, this.csrf, body), path);
  }

  send = (method: string, path: string, body?: unknown): Promise<void> => this.op(method, path, () => undefined, body);

  /** All pages of a search. */
  async search<T>(path: string, member: string, item: Decoder<T>): Promise<T[]> {
    const all: T[] = [];
    let next = '';
    do {
      const body = { InstanceId: this.instance, ...(next === '' ? {} : { NextToken: next }) };
      const page = await this.op(
        'POST',
        path,
        (v, at) => object({ [member]: list(item), NextToken: text })(v, at),
        body,
      );
      const items: unknown = page[member];
      if (Array.isArray(items)) all.push(...items);
      next = typeof page.NextToken === 'string' ? page.NextToken : '';
    } while (next !== '');
    return all;
  }

  setPassword = async (user: string, password: string): Promise<void> => {
    await call('POST', `/console/api/users/${encodeURIComponent(user)}/password`, this.csrf, { Password: password });
  };
}

async function call(method: string, path: string, csrf: string, body: unknown): Promise<unknown> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(patience) };
  if (body !== undefined) init.body = JSON.stringify(body);
  const answer = await fetch(path, init).catch(() => {
    throw new Refusal(0, "We can't reach the contact centre. Try again.");
  });
  const parsed: unknown = await answer.json().catch(() => null);
  if (answer.status === 401) return signIn();
  if (!answer.ok) throw refusal(answer.status, parsed);
  return parsed;
}

function refusal(status: number, body: unknown): Refusal {
  const b = isRecord(body) ? body : {};
  const message = text(b.message) || 'Something went wrong. Try again.';
  return new Refusal(
    status,
    message,
    text(b.Field),
    problems(b.problems).map((p) => p.message),
  );
}

/** The session has ended: the page goes to the sign-in form and comes back to where it was. */
function signIn(): Promise<never> {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/login?destination=${encodeURIComponent(back)}`);
  return new Promise(() => undefined);
}
