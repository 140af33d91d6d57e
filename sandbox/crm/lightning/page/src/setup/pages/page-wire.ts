import { type Decoded, flag, list, object, text } from '../../decode.ts';

export const node = 'ApexPages';

export const page = object({
  id: text,
  label: text,
  name: text,
  version: text,
  description: text,
  createdBy: text,
  created: text,
  modifiedBy: text,
  lastModified: text,
  preview: text,
  markup: text,
});
export type Page = Decoded<typeof page>;
export const pages = object({ pages: list(page) });

export const uses = object({ uses: list(object({ type: text, name: text })), centers: list(text) });

const grant = object({ id: text, label: text, on: flag });
export type Grant = Decoded<typeof grant>;
export const security = object({ name: text, profiles: list(grant), sets: list(grant) });
export type Security = Decoded<typeof security>;

/** The ids of those who may open the page. */
export const enabled = (all: Grant[]): string[] => all.filter((g) => g.on).map((g) => g.id);

export const pathOf = (id: string): string => `pages/${encodeURIComponent(id)}`;

export const preview = (p: Page) => window.open(p.preview, '_blank');
