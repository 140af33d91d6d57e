import { type Decoded, dictionary, flag, list, nullable, number, object, scalar, text } from '../../decode.ts';

const definition = {
  name: text,
  label: text,
  visibility: text,
  type: text,
  namespace: text,
  description: text,
  recordSize: number,
  records: number,
};

export const setting = object(definition);
export type Setting = Decoded<typeof setting>;
export const settings = object({ settings: list(setting) });

export const settingField = object({
  name: text,
  label: text,
  type: text,
  length: number,
  required: flag,
  help: text,
  default: scalar,
});
export type SettingField = Decoded<typeof settingField>;

export const settingRow = object({
  id: text,
  name: text,
  owner: text,
  ownerName: text,
  ownerType: text,
  values: dictionary(scalar),
  lastModified: text,
});
export type SettingRow = Decoded<typeof settingRow>;

export const settingPage = object({
  ...definition,
  fields: list(settingField),
  defaultRow: nullable(settingRow),
  rows: list(settingRow),
});
export type SettingPage = Decoded<typeof settingPage>;
