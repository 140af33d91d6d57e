import { type Decoded, flag, list, object, text } from '../../decode.ts';
import { permissionSet } from '../permsets/wire.ts';

export const userRow = object({
  id: text,
  name: text,
  alias: text,
  username: text,
  lastLogin: text,
  active: flag,
  profile: text,
  profileId: text,
});
export const users = object({ users: list(userRow), more: flag });

export const option = object({ value: text, label: text });
export const choices = object({
  profiles: list(option),
  callCenters: list(option),
  timeZones: list(option),
  locales: list(option),
  languages: list(option),
});
export type Choices = Decoded<typeof choices>;

export const userValues = object({
  FirstName: text,
  LastName: text,
  Alias: text,
  Email: text,
  Username: text,
  CommunityNickname: text,
  Title: text,
  Department: text,
  Phone: text,
  MobilePhone: text,
  Extension: text,
  ProfileId: text,
  CallCenterId: text,
  TimeZoneSidKey: text,
  LocaleSidKey: text,
  LanguageLocaleKey: text,
  FederationIdentifier: text,
  IsActive: flag,
  UserPermissionsSupportUser: flag,
});
export type UserValues = Decoded<typeof userValues>;

export const userPage = object({
  id: text,
  name: text,
  values: userValues,
  profile: text,
  callCenter: text,
  frozen: flag,
  locked: flag,
  lastLogin: text,
  created: text,
  createdBy: text,
  lastModified: text,
  modifiedBy: text,
  sets: list(permissionSet),
});
export type UserPage = Decoded<typeof userPage>;

/** Addresses that a link to a new password was mailed to. */
export const mailed = object({ mailed: list(text) });
