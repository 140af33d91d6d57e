import { type Decoded, list, object, text } from '../../decode.ts';

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

export const pathOf = (id: string): string => `pages/${encodeURIComponent(id)}`;

export const preview = (p: Page) => window.open(p.preview, '_blank');
