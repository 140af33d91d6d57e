import { type Decoded, flag, list, number, object, text } from '../../decode.ts';

const row = object({
  name: text,
  label: text,
  developerName: text,
  description: text,
  lastModified: text,
  type: text,
  visible: flag,
  standard: flag,
});
export type AppRow = Decoded<typeof row>;
export const apps = object({ apps: list(row) });

/** One item of the utility bar. Its key is its position in the saved bar, '' for a new one; sizes are pixels, 0 when it says none. */
const utility = object({
  key: text,
  component: text,
  label: text,
  icon: text,
  width: number,
  height: number,
  eager: flag,
});
export type Utility = Decoded<typeof utility>;
const choice = object({ name: text, label: text });

/** An app as the builder shows it. */
export const app = object({
  name: text,
  label: text,
  developerName: text,
  description: text,
  standard: flag, // the platform's own
  headerColor: text,
  overrideTheme: flag,
  logo: text,
  navType: text, // Standard, Console
  formFactors: list(text), // Large: desktop; Small: phone
  setupExperience: text, // all, service
  personalizationDisabled: flag,
  tempTabsDisabled: flag,
  tabsCleared: flag,
  mirrored: flag,
  utilities: list(utility),
  tabs: list(text),
  profiles: list(text), // ids
  revision: text,
  available: list(choice),
  allProfiles: list(choice),
});
export type App = Decoded<typeof app>;
export const made = object({ name: text });

/** A file that was chosen as an app's image; its data is base64. */
export interface Image {
  fileName: string;
  data: string;
}
/** An app as it stands in the builder; its image is null unless another one was chosen. */
export type Draft = App & { image: Image | null };
export const draftOf = (app: App): Draft => ({ ...app, image: null });

/** What a save sends: all that the builder can change. */
export function saved(app: Draft) {
  const { name: _, developerName: __, standard: ___, available: ____, allProfiles: _____, ...form } = app;
  return form;
}

/** The pages of the builder, in the order of the wizard's steps. */
export const pages = [
  'App Details & Branding',
  'App Options',
  'Utility Items (Desktop Only)',
  'Navigation Items',
  'User Profiles',
] as const;
export type Page = (typeof pages)[number];

/** The page that has a field. */
export function pageOf(field: string): Page {
  const [name = ''] = field.split('.');
  if (name === 'utilities') return 'Utility Items (Desktop Only)';
  if (name === 'tabs') return 'Navigation Items';
  if (name === 'profiles') return 'User Profiles';
  return ['navType', 'formFactors', 'setupExperience'].includes(name) ? 'App Options' : 'App Details & Branding';
}

/** What the platform suggests as the developer name of an app. */
export const developerNameOf = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^[^A-Za-z]+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '');

/** The components that this org's console can show in its utility bar. */
export const components: { name: string; label: string; icon: string }[] = [
  { name: 'opencti:softPhone', label: 'Open CTI Softphone', icon: 'call' },
];
export const componentLabel = (name: string): string => components.find((c) => c.name === name)?.label ?? name;

/** An item as it is when it has just been added: the platform's own size of a panel. */
export const newUtility = (c: (typeof components)[number]): Utility => ({
  key: '',
  component: c.name,
  label: c.label,
  icon: c.icon,
  width: 340,
  height: 480,
  eager: false,
});

/** The list with one item a place further up or down; the ends stay where they are. */
export function moved<T>(all: T[], at: number, by: -1 | 1): T[] {
  const to = at + by;
  const one = all[at];
  if (one === undefined || to < 0 || to >= all.length) return all;
  const next = all.filter((_, i) => i !== at);
  next.splice(to, 0, one);
  return next;
}
