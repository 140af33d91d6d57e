import { type Decoded, flag, list, number, object, text } from '../../decode.ts';
import { person } from '../wire.ts';

const properties = {
  id: text,
  label: text,
  name: text,
  description: text,
  license: text,
  namespace: text,
  created: text,
  createdBy: text,
  lastModified: text,
  modifiedBy: text,
};

export const permissionSet = object(properties);
export type PermissionSet = Decoded<typeof permissionSet>;
export const permissionSets = object({ sets: list(permissionSet) });

export const fieldRight = object({ name: text, label: text, read: flag, edit: flag, fixed: flag });
export const objectRight = object({
  name: text,
  label: text,
  custom: flag,
  tab: text,
  rights: flag,
  read: flag,
  create: flag,
  edit: flag,
  delete: flag,
  viewAll: flag,
  modifyAll: flag,
  fields: list(fieldRight),
});
export type ObjectRight = Decoded<typeof objectRight>;

export const access = object({ name: text, label: text, on: flag });
export type Access = Decoded<typeof access>;

export const fullSet = object({
  ...properties,
  assigned: number,
  objects: list(objectRight),
  apps: list(access),
  pages: list(access),
  settings: list(access),
  statuses: list(access),
  system: list(access),
});
export type FullSet = Decoded<typeof fullSet>;

export const assignments = object({ set: permissionSet, people: list(person), more: flag });
export const assigned = object({ assigned: number, already: number });
