import type { Decoder } from './decode.ts';
import * as wire from './wire.ts';

/** A refusal of the server: sentences for people, and which fields they are about. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly problems: wire.Problem['errors'],
  ) {
    super(problems.map((p) => p.message).join(' ') || 'The server refused, and did not say why.');
  }
}

const root = '/lightning/api';
const patience = 20_000; // milliseconds until a request is given up

/** The console's own server. One is made in main.tsx and handed down. */
export class Api {
  private csrf = '';

  async bootstrap(): Promise<wire.Bootstrap> {
    const start = await this.call('GET', '/bootstrap', wire.bootstrap);
    this.csrf = start.csrf;
    return start;
  }

  object = (name: string) => this.call('GET', `/objects/${encodeURIComponent(name)}`, wire.objectInfo);

  list(name: string, view: string, sort: { field: string; descending: boolean } | null, limit: number, search = '') {
    const query = new URLSearchParams({ view, limit: String(limit), search });
    if (sort) query.set('sort', sort.field);
    if (sort?.descending) query.set('descending', 'true');
    return this.call('GET', `/lists/${encodeURIComponent(name)}?${query}`, wire.listPage);
  }

  /** Changes which records and columns a list view shows to this person. */
  changeView = (name: string, view: string, shape: wire.ViewShape) =>
    this.call('PUT', `/lists/${encodeURIComponent(name)}/${encodeURIComponent(view)}`, wire.savedView, shape);

  launcher = () => this.call('GET', '/launcher', wire.launcher);
  /** Makes an app the person's current one; it shows after the page has been loaded again. */
  openApp = (id: string) => this.call('PUT', '/app', wire.savedView, { id });

  navigation = () => this.call('GET', '/navigation', wire.navigation);
  /** No items: the app's own again. */
  saveNavigation = (items: string[]) => this.call('PUT', '/navigation', wire.navigation, { items });

  record = (name: string, id: string) => this.call('GET', this.path(name, id), wire.recordPage);
  related = (name: string, id: string) => this.call('GET', `${this.path(name, id)}/related`, wire.related);
  /** One related list, `Object.Field`, with all its rows. */
  relatedList = (name: string, id: string, list: string) =>
    this.call('GET', `${this.path(name, id)}/related?${new URLSearchParams({ list })}`, wire.related);
  create = (name: string, values: wire.Values) =>
    this.call('POST', `/records/${encodeURIComponent(name)}`, wire.saved, { values });
  update = (name: string, id: string, values: wire.Values, lastModified: string) =>
    this.call('PATCH', this.path(name, id), wire.saved, { values, lastModified });
  remove = (name: string, id: string) => this.call('DELETE', this.path(name, id), wire.saved);
  undelete = (name: string, id: string) => this.call('POST', `${this.path(name, id)}/undelete`, wire.saved);
  search = (query: string, limit: number) =>
    this.call('GET', `/search?${new URLSearchParams({ q: query, limit: String(limit) })}`, wire.groups);
  lookup = (name: string, query: string) =>
    this.call('GET', `/lookup?${new URLSearchParams({ object: name, q: query })}`, wire.groups);
  softphoneSearch = (query: string, callType: string) =>
    this.call('GET', `/softphone/search?${new URLSearchParams({ q: query, callType })}`, wire.matches);

  softphoneLayout = () => this.call('GET', '/softphone/layout', wire.softphoneLayout);

  private path(name: string, id: string) {
    return `/records/${encodeURIComponent(name)}/${encodeURIComponent(id)}`;
  }

  /** One request below /lightning/api, its answer checked by the decoder. */
  async call<T>(method: string, path: string, decode: Decoder<T>, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (method !== 'GET') headers['X-CSRF-Token'] = this.csrf;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, signal: AbortSignal.timeout(patience) };
    if (body !== undefined) init.body = JSON.stringify(body);
    const answer = await this.fetch(path, init);
    const parsed: unknown = await answer.json().catch(() => null);
    if (answer.status === 401) return signIn();
    if (!answer.ok) throw refusal(answer.status, parsed);
    return decode(parsed, path);
  }

  private async fetch(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(root + path, init);
    } catch {
      throw new Refusal(0, [{ code: 'OFFLINE', message: "We can't reach the server. Try again.", fields: [] }]);
    }
  }
}

function refusal(status: number, body: unknown): Refusal {
  try {
    return new Refusal(status, wire.problem(body).errors);
  } catch {
    return new Refusal(status, [{ code: 'UNKNOWN', message: 'Something went wrong. Try again.', fields: [] }]);
  }
}

/** The session has ended: the page goes to the sign-in form and comes back to where it was. */
function signIn(): Promise<never> {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/?startURL=${encodeURIComponent(back)}`);
  return new Promise(() => undefined);
}
