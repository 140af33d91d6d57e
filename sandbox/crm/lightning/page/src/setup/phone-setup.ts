import type { Decoder } from '../decode.ts';
import { useSetup } from './setup-context.ts';

export const decodeNothing: Decoder<null> = () => null;

/** Asks the part of the server that telephony, packages, apps and pages are set up with. */
export function usePhoneSetup() {
  const { api } = useSetup();
  const get = <T>(path: string, decode: Decoder<T>) => api.call('GET', `/phone-setup/${path}`, decode);
  const post = <T>(path: string, decode: Decoder<T>, body: unknown) =>
    api.call('POST', `/phone-setup/${path}`, decode, body);
  const remove = (path: string, body?: unknown) => api.call('DELETE', `/phone-setup/${path}`, decodeNothing, body);
  return { get, post, remove };
}
