import { useCallback, useState } from 'react';
import { Refusal } from '../../api.ts';
import type { Decoder } from '../../decode.ts';
import { useSetup as useFrame } from '../setup-context.ts';

/** The server, and the way to other pages of Setup. */
export function useSetup() {
  const { api, open, say } = useFrame();
  return { api, go: open, say };
}

/** Every screen gets the page below its node's home that the address names; '' is the home itself. */
export interface ScreenProps {
  address: string;
}

export const decodeNothing: Decoder<null> = () => null;

/** Asks the server for a screen's part of it. */
export function usePhoneSetup() {
  const { api } = useSetup();
  const get = <T>(path: string, decode: Decoder<T>) => api.call('GET', `/phone-setup/${path}`, decode);
  const post = <T>(path: string, decode: Decoder<T>, body: unknown) =>
    api.call('POST', `/phone-setup/${path}`, decode, body);
  const remove = (path: string, body?: unknown) => api.call('DELETE', `/phone-setup/${path}`, decodeNothing, body);
  return { get, post, remove };
}

export interface Trouble {
  message: string;
  /** By field; '' are those of the whole form. */
  fields: Record<string, string>;
}

/** Runs a change once at a time and keeps what the server says against it; what was typed stays where it is. */
export function useChange() {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const run = useCallback(async (change: () => Promise<void>) => {
    setBusy(true);
    setTrouble(null);
    try {
      await change();
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, trouble, run, clear: () => setTrouble(null) };
}

export function troubleOf(error: unknown): Trouble {
  const fields: Record<string, string> = {};
  if (error instanceof Refusal)
    for (const p of error.problems) for (const name of p.fields) fields[name] = fields[name] ?? p.message;
  return { message: error instanceof Error ? error.message : 'Something went wrong. Try again.', fields };
}

/** Records of Setup are named by their ids: /04v…, /04v…/e. */
export function partsOf(address: string): { id: string; page: string } {
  const [path = ''] = address.split('?');
  const [id = '', page = ''] = path.split('/').filter((p) => p !== '');
  return { id, page };
}

/** A moment as people read it, in the browser's own zone. */
export const shownMoment = (at: string): string => {
  const date = new Date(at.replace('+0000', 'Z'));
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleString('en-US', { dateStyle: 'short', timeStyle: 'short' });
};
