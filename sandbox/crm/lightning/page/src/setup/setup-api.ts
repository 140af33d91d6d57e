import type { Api } from '../api.ts';
import type { Decoder } from '../decode.ts';
import { done } from './wire.ts';

/** What the pages of Setup ask of the server; paths are below /lightning/api/setup/. */
export function setupApi(api: Api) {
  const call =
    (method: string) =>
    <T>(path: string, decode: Decoder<T>, body?: unknown) =>
      api.call(method, `/setup/${path}`, decode, body);
  const remove = (path: string, body?: unknown) => call('DELETE')(path, done, body);
  return { get: call('GET'), post: call('POST'), put: call('PUT'), patch: call('PATCH'), remove };
}

export type SetupApi = ReturnType<typeof setupApi>;
