import { type Decoded, dictionary, flag, list, object, text } from '../../decode.ts';

/** Components of Omni-Channel and queues: what a form holds is named as the elements of the metadata file are. */
export const component = object({
  name: text,
  lastModified: text,
  texts: dictionary(text),
  flags: dictionary(flag),
  lists: dictionary(list(text)),
});
export type Component = Decoded<typeof component>;

export const choice = object({ name: text, label: text });
export type Choice = Decoded<typeof choice>;

export const components = object({
  enabled: flag,
  items: list(component),
  choices: dictionary(list(choice)),
});
export type Components = Decoded<typeof components>;

export const omniChannel = object({ enabled: flag });
