import { type Decoded, flag, list, nullable, number, object, text } from '../../decode.ts';

/** What the External Client App Manager reads; Go's side is sandbox/crm/lightning/setup/clientapps.go. */

/** Its place in Setup's tree. */
export const node = 'ManageExternalClientApplication';

const row = {
  name: text,
  label: text,
  description: text,
  distribution: text,
  permitted: text,
  oauth: flag,
  enabled: flag,
  createdBy: text,
  created: text,
  modifiedBy: text,
  modified: text,
  users: number,
};
export const appRow = object(row);
export type AppRow = Decoded<typeof appRow>;
export const appList = object({ apps: list(appRow) });

export const settings = object({
  label: text,
  description: text,
  contactEmail: text,
  contactPhone: text,
  infoUrl: text,
  logoUrl: text,
  iconUrl: text,
  distribution: text,
  oauth: flag,
  callbacks: list(text),
  scopes: list(text),
  jwt: flag,
  certificate: text,
  clientCredentials: flag,
  secretForWeb: flag,
  secretForRefresh: flag,
  pkce: flag,
  rotate: flag,
});
export type Settings = Decoded<typeof settings>;

export const policies = object({
  enabled: flag,
  permitted: text,
  sets: list(text),
  profiles: list(text),
  refresh: text,
  period: number,
  unit: text,
  ipRelaxation: text,
  sessionMinutes: number,
  clientCredentials: flag,
  runAs: text,
});
export type Policies = Decoded<typeof policies>;

export const app = object({
  ...row,
  settings,
  policies,
  certificate: nullable(object({ subject: text, expires: text })),
  hasKey: flag,
  revision: text,
});
export type App = Decoded<typeof app>;

const options = list(object({ value: text, label: text }));
export const choices = object({
  settings,
  distributions: options,
  scopes: options,
  permitted: options,
  sets: options,
  profiles: options,
  refresh: options,
  units: options,
  ipRelaxations: options,
  timeouts: options,
});
export type Choices = Decoded<typeof choices>;

export const consumer = object({ key: text, secret: text });
export type Consumer = Decoded<typeof consumer>;
export const named = object({ name: text });

type Options = Choices['scopes'];

/** What people read of a value; a value that is in no list says itself. */
export const labelOf = (list: Options, value: string) => list.find((o) => o.value === value)?.label ?? value;

/** The list, and after it what was chosen before and is in it no longer. */
export const withChosen = (list: Options, chosen: string[]): Options => [
  ...list,
  ...chosen.filter((value) => !list.some((o) => o.value === value)).map((value) => ({ value, label: value })),
];
