import { type Decoded, dictionary, flag, list, nullable, number, object, type Scalar, scalar, text } from './decode.ts';

/** What /lightning/api answers. Go's side of it is sandbox/crm/lightning. */

export const navItem = object({ object: text, label: text, singular: text, icon: text });
export type NavItem = Decoded<typeof navItem>;

/** What the dialog for editing the navigation shows. */
export const navigation = object({ items: list(navItem), defaults: list(navItem), available: list(navItem) });
export type Navigation = Decoded<typeof navigation>;

export const utility = object({
  component: text,
  label: text,
  icon: text,
  height: number,
  width: number,
  eager: flag,
  background: flag, // it runs, and nothing of it is shown
  attributes: dictionary(text), // of the component itself
});
export type Utility = Decoded<typeof utility>;

const popSetting = object({ screenPopType: text, screenPopData: nullable(text) });
const layoutField = object({ displayName: text, apiName: text });
/** What an inbound call's search pops, by the number of matches. */
export const popSettings = object({
  screenPopsOpenWithin: nullable(text),
  NoMatch: nullable(popSetting),
  SingleMatch: nullable(popSetting),
  MultipleMatches: nullable(popSetting),
});
export type PopSettings = Decoded<typeof popSettings>;
const callTypeLayout = object({
  callRelatedFields: list(text),
  objects: dictionary(list(layoutField)),
  screenPopSettings: popSettings,
});
export const softphoneLayout = object({
  Internal: callTypeLayout,
  Inbound: callTypeLayout,
  Outbound: callTypeLayout,
});
export type SoftphoneLayout = Decoded<typeof softphoneLayout>;

export const callCenter = object({
  name: text,
  adapterUrl: text,
  standbyUrl: text, // empty: none
  timeout: number, // milliseconds until it is loaded
  height: number,
  width: number,
  settings: dictionary(text),
});
export type CallCenter = Decoded<typeof callCenter>;

export const kind = object({ object: text, label: text, plural: text, icon: text });
export type Kind = Decoded<typeof kind>;

export const bootstrap = object({
  csrf: text,
  user: object({
    id: text,
    name: text,
    username: text,
    email: text,
    timeZone: text,
    locale: text,
    viewsSetup: flag,
  }),
  organization: object({ id: text, name: text }),
  /** The person's current app; without an id there is none that the person may open. */
  app: object({
    id: text,
    label: text,
    navigation: list(navItem),
    utilities: list(utility),
  }),
  callCenter: nullable(callCenter),
  visualforceOrigin: text,
  kinds: dictionary(kind),
  tabs: dictionary(text), // names of tabs to their Visualforce pages
  messageChannels: list(object({ name: text, token: text })),
});
export type Bootstrap = Decoded<typeof bootstrap>;

/** What the App Launcher offers. */
export const launcher = object({
  apps: list(object({ id: text, label: text, description: text })),
  items: list(navItem),
});

export const field = object({
  name: text,
  label: text,
  type: text,
  length: number,
  required: flag,
  createable: flag,
  updateable: flag,
  picklist: list(object({ value: text, label: text, default: flag })),
  referenceTo: list(text),
  filterable: flag,
  help: text,
  checked: flag,
});
export type Field = Decoded<typeof field>;

export const objectInfo = object({
  name: text,
  label: text,
  plural: text,
  icon: text,
  nameField: text,
  createable: flag,
  updateable: flag,
  deletable: flag,
  fields: dictionary(field),
  sections: list(object({ label: text, columns: list(list(text)) })),
  highlights: list(text),
});
export type ObjectInfo = Decoded<typeof objectInfo>;

export const reference = object({ id: text, object: text, name: text });
export type Reference = Decoded<typeof reference>;

export const row = object({
  id: text,
  object: text,
  name: text,
  values: dictionary(scalar),
  references: dictionary(reference),
});
export type Row = Decoded<typeof row>;

export const column = object({ name: text, label: text, type: text });
export type Column = Decoded<typeof column>;

/** One condition of a list view; operations are named as the Metadata API names them. */
export const filter = object({ field: text, operation: text, value: text });
export type Filter = Decoded<typeof filter>;

export const definition = object({ label: text, scope: text, filters: list(filter), columns: list(text) });
export type Definition = Decoded<typeof definition>;

/** What a person changes of a list view. */
export type ViewShape = Omit<Definition, 'label'>;

export const savedView = object({ name: text });

export const listPage = object({
  object: text,
  view: text,
  views: list(object({ name: text, label: text })),
  columns: list(column),
  rows: list(row),
  more: flag,
  definition,
  sort: object({ field: text, descending: flag }),
});
export type ListPage = Decoded<typeof listPage>;

export const recordPage = object({
  info: objectInfo,
  record: row,
  lastModified: text,
});
export type RecordPage = Decoded<typeof recordPage>;

export const group = object({ object: text, label: text, icon: text, columns: list(column), rows: list(row) });
export type Group = Decoded<typeof group>;
export const groups = object({ groups: list(group) });

export const related = object({
  lists: list(
    object({
      object: text,
      field: text,
      label: text,
      icon: text,
      createable: flag,
      columns: list(column),
      rows: list(row),
      more: flag,
    }),
  ),
});
export type Related = Decoded<typeof related>;

export const saved = object({ id: text, object: text, name: text });
export type Saved = Decoded<typeof saved>;

export const matches = object({
  matches: list(object({ id: text, object: text, name: text, fields: dictionary(scalar) })),
  settings: popSettings,
});
export type Found = Decoded<typeof matches>;
export type Match = Found['matches'][number];

export const problem = object({ errors: list(object({ code: text, message: text, fields: list(text) })) });
export type Problem = Decoded<typeof problem>;

export type Values = Record<string, Scalar>;
