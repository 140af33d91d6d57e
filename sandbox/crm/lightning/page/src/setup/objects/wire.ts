import { type Decoded, flag, list, object, text } from '../../decode.ts';

const row = { name: text, label: text, plural: text, kind: text, description: text, modified: text };
export const objects = object({ objects: list(object(row)) });

export const fieldRow = object({
  name: text,
  label: text,
  type: text,
  custom: flag,
  indexed: flag,
  help: text,
  values: list(text),
});
export const objectPage = object({
  ...row,
  keyPrefix: text,
  search: flag,
  fields: list(fieldRow),
  layouts: list(object({ name: text, sections: list(object({ label: text, columns: list(list(text)) })) })),
});
export type ObjectPage = Decoded<typeof objectPage>;
