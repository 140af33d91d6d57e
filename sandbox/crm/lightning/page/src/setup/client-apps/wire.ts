import { type Decoded, flag, list, nullable, object, text } from '../../decode.ts';

/** What the External Client App Manager reads; Go's side is sandbox/crm/lightning/setup/clientapps.go. */

/** Its place in Setup's tree. */
export const node = 'ManageExternalClientApplication';

const row = {
  name: text,
  label: text,
  description: text,
  distribution: text,
  authorization: text,
  enabled: flag,
  createdBy: text,
  modified: text,
};
export const appList = object({ apps: list(object(row)) });

/** A part of a page as it is shown: each item has a label, and lines of text or a check box. */
const sections = list(
  object({ title: text, items: list(object({ label: text, lines: list(text), on: nullable(flag) })) }),
);
export type Sections = Decoded<typeof sections>;

export const app = object({ ...row, settings: sections, policies: sections, hasKey: flag });
export type App = Decoded<typeof app>;

export const consumer = object({ key: text, secret: text });
export type Consumer = Decoded<typeof consumer>;
