import { type Decoded, dictionary, flag, list, number, object, text } from '../../decode.ts';

const row = object({
  name: text,
  label: text,
  developerName: text,
  description: text,
  lastModified: text,
  type: text,
  visible: flag,
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
  properties: dictionary(text), // of the component itself
});
export type Utility = Decoded<typeof utility>;
const choice = object({ name: text, label: text });

/** A component of the org's own that a utility bar may have, with what its design lets people set. */
const customComponent = object({
  name: text, // without the c: of components
  label: text,
  design: list(object({ name: text, label: text, type: text, default: text, required: flag })),
});
export type CustomComponent = Decoded<typeof customComponent>;

/** An app as the builder shows it. */
export const app = object({
  name: text,
  label: text,
  utilities: list(utility),
  tabs: list(text),
  profiles: list(text), // ids
  revision: text,
  available: list(choice),
  allProfiles: list(choice),
  custom: list(customComponent),
});
export type App = Decoded<typeof app>;

/** What a save sends: all that the builder can change. */
export const saved = ({ utilities, tabs, profiles, revision }: App) => ({ utilities, tabs, profiles, revision });

/** The pages of the builder. */
export const pages = ['Utility Items (Desktop Only)', 'Navigation Items', 'User Profiles'] as const;
export type Page = (typeof pages)[number];

/** The page that has a field. */
export function pageOf(field: string): Page {
  if (field === 'tabs') return 'Navigation Items';
  return field === 'profiles' ? 'User Profiles' : 'Utility Items (Desktop Only)';
}

/** The components that this org's console can show in its utility bar; `eager` ones start automatically unless told not to. */
export interface Component {
  name: string;
  label: string;
  icon: string;
  eager: boolean;
  properties?: Record<string, string>;
}
export const components: Component[] = [
  { name: 'opencti:softPhone', label: 'Open CTI Softphone', icon: 'call', eager: true },
  { name: 'runtime_service_omnichannel:omniWidget', label: 'Omni-Channel', icon: 'omni_channel', eager: true },
];
export const componentLabel = (name: string, own: Component[]): string =>
  [...components, ...own].find((c) => c.name === name)?.label ?? name;

/** A component of the org's own as the builder offers it: it starts when it is opened, unless told otherwise. */
export const offered = ({ name, label, design }: CustomComponent): Component => ({
  name: `c:${name}`,
  label,
  icon: 'fallback',
  eager: false,
  properties: Object.fromEntries(design.filter((a) => a.default !== '').map((a) => [a.name, a.default])),
});

/** An item as it is when it has just been added: the platform's own size of a panel. */
export const newUtility = (c: Component): Utility => ({
  key: '',
  component: c.name,
  label: c.label,
  icon: c.icon,
  width: 340,
  height: 480,
  eager: c.eager,
  properties: c.properties ?? {},
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
