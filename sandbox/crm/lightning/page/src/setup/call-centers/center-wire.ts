import { type Decoded, flag, list, number, object, text } from '../../decode.ts';

export const row = object({
  id: text,
  name: text,
  internalName: text,
  version: text,
  createdBy: text,
  created: text,
  modifiedBy: text,
  lastModified: text,
});
export type CenterRow = Decoded<typeof row>;
export const centers = object({ centers: list(row), seen: flag });

export const center = object({
  center: row,
  sections: list(object({ label: text, items: list(object({ key: text, label: text, value: text })) })),
  users: list(object({ profile: text, count: number })),
  total: number,
});
export type Center = Decoded<typeof center>;

const member = object({ id: text, name: text, alias: text, username: text, profile: text, center: text });
export type Member = Decoded<typeof member>;
export const members = object({ center: row, users: list(member) });
export const saved = object({ id: text });

export const internalNameKey = 'reqGeneralInfo/reqInternalName';
export const displayNameKey = 'reqGeneralInfo/reqDisplayName';

/** The values of a definition's items, by section/item. */
export const valuesOf = (c: Center): Record<string, string> =>
  Object.fromEntries(c.sections.flatMap((s) => s.items.map((i) => [i.key, i.value])));

/** What a clone starts with: the same values, another name to be given. */
export const cloneOf = (c: Center): Record<string, string> => ({
  ...valuesOf(c),
  [internalNameKey]: '',
  [displayNameKey]: `Copy of ${c.center.name}`.slice(0, 80),
});
