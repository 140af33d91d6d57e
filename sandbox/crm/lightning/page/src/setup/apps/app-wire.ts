import { type Decoded, flag, list, number, object, text } from '../../decode.ts';

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
});
export type Utility = Decoded<typeof utility>;
const choice = object({ name: text, label: text });

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
export const components: { name: string; label: string; icon: string; eager: boolean }[] = [
  { name: 'opencti:softPhone', label: 'Open CTI Softphone', icon: 'call', eager: true },
  { name: 'runtime_service_omnichannel:omniWidget', label: 'Omni-Channel', icon: 'omni_channel', eager: true },
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
  eager: c.eager,
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
