import { type Decoded, type Decoder, dictionary, flag, isRecord, list, object, text } from '../decode.ts';

/** A component as the server compiled it. Go's side of it is sandbox/crm/aura. */

/** A piece of markup: an element, or text between elements. */
export interface Node {
  name: string; // empty for text
  attributes: Record<string, string>;
  children: Node[];
  text: string;
}

const node: Decoder<Node> = (input, at = 'node') =>
  object({ name: text, attributes: dictionary(text), children: list(node), text })(isRecord(input) ? input : {}, at);

const attribute = object({ name: text, type: text, default: text, hasDefault: flag });
export type Attribute = Decoded<typeof attribute>;

export const definition = object({
  name: text,
  label: text,
  attributes: list(attribute),
  handlers: list(object({ name: text, event: text, action: text, value: text })),
  body: list(node),
  scripts: list(text), // controller, helper, renderer
  styled: flag,
});
export type Definition = Decoded<typeof definition>;
