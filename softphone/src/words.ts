import { templates } from './wire/words.gen.ts';

/** The catalogue of what people read: by code, in English, with arguments. It is the adapter's; this page has a copy of one version. */
export type Code = keyof typeof templates;

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What a sentence wants to be told. */
export type Args<C extends Code> = { [N in Names<(typeof templates)[C]>]: string | number };

type Given<C extends Code> = [keyof Args<C>] extends [never] ? [] : [Args<C>];

/** The sentence of a code. */
export function say<C extends Code>(code: C, ...[args]: Given<C>): string {
  return filled(templates[code], args ?? {});
}

/** Something to say that came from somewhere else: a code with arguments, and the finished sentence for who does not know the code. */
export interface Words {
  code?: string;
  args?: Record<string, string>;
  text: string;
}

/** The sentence of words that came from somewhere else, in this page's own catalogue if it has them. */
export function sentenceOf(w: Words): string {
  return isCode(w.code) ? filled(templates[w.code], w.args ?? {}) : w.text;
}

export const isCode = (v: unknown): v is Code => typeof v === 'string' && Object.hasOwn(templates, v);

function filled(template: string, args: Readonly<Record<string, string | number>>): string {
  const text = template.replace(/\{(\w+)\}/g, (_, name: string) => String(args[name] ?? '')).trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A no in the catalogue's words. What a platform said itself is for the browser's console, never for the agent. */
export class Refused extends Error {
  constructor(
    readonly code: Code,
    readonly args: Record<string, string> = {},
    readonly said = '',
  ) {
    super(filled(templates[code], args));
  }
}
