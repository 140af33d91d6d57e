import type { Api } from '../api.ts';
import { isRecord } from '../decode.ts';
import type { Scripts } from './component.ts';
import { type Definition, definition } from './definition.ts';
import type { Secured } from './secure-window.ts';

/** How a script's module makes it of what it may see; the order is the server's. */
type Make = (...seen: unknown[]) => unknown;

/** Reads a component, and makes its scripts within what is secured. */
export async function load(
  api: Api,
  name: string,
  { window: own, document }: Secured,
  $A: Record<string, unknown>,
): Promise<{ definition: Definition; scripts: Scripts }> {
  const found = await api.call('GET', `/aura/${encodeURIComponent(name)}`, definition);
  const script = async (which: string): Promise<Record<string, unknown>> => {
    if (!found.scripts.includes(which)) return {};
    const value = (await make(name, which))(own, own, own, own, own, own, null, document, $A);
    if (!isRecord(value)) throw new Error(`The ${which} of c:${name} is no object of functions.`);
    return value;
  };
  return { definition: found, scripts: { controller: await script('controller'), helper: await script('helper') } };
}

async function make(name: string, which: string): Promise<Make> {
  const module: unknown = await import(/* @vite-ignore */ `/lightning/aura/${encodeURIComponent(name)}/${which}.js`);
  if (isRecord(module) && isMake(module.default)) return module.default;
  throw new Error(`The ${which} of c:${name} could not be read.`);
}

const isMake = (value: unknown): value is Make => typeof value === 'function';
