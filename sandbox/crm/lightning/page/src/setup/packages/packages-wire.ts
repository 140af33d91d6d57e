import { type Decoded, dictionary, flag, list, number, object, text } from '../../decode.ts';

const listing = object({
  id: text,
  title: text,
  tagline: text,
  publisher: text,
  description: list(text),
  highlights: list(text),
  package: text,
  versionName: text,
  version: text,
  installed: flag,
  allowed: flag,
});
export type Listing = Decoded<typeof listing>;
export const listings = object({ listings: list(listing) });
export const listingPage = object({
  listing,
  about: dictionary(text),
  profiles: list(object({ name: text, label: text })),
  orgName: text,
});
export type ListingPage = Decoded<typeof listingPage>;

export const install = object({ id: text, status: text, errors: list(text), total: number, deployed: number });
export type Install = Decoded<typeof install>;

const pack = object({
  id: text,
  versionId: text,
  name: text,
  publisher: text,
  versionName: text,
  version: text,
  installed: text,
  by: text,
  apps: number,
  tabs: number,
  objects: number,
  components: number,
});
export type Package = Decoded<typeof pack>;
export const packages = object({ packages: list(pack) });
export const packagePage = object({
  package: pack,
  components: list(object({ name: text, parent: text, type: text })),
  losses: list(object({ label: text, records: number })),
});

export const mailbox = object({
  address: text,
  all: flag,
  messages: list(object({ id: number, from: text, to: text, subject: text, body: text, at: text, read: flag })),
});
export type Message = Decoded<typeof mailbox>['messages'][number];

/** The form "Tell us about yourself"; the server wants all but the state. */
export const aboutFields: { name: string; label: string; type?: 'email' | 'tel'; optional?: true }[] = [
  { name: 'firstName', label: 'First Name' },
  { name: 'lastName', label: 'Last Name' },
  { name: 'jobTitle', label: 'Job Title' },
  { name: 'email', label: 'Email', type: 'email' },
  { name: 'phone', label: 'Phone', type: 'tel' },
  { name: 'company', label: 'Company' },
  { name: 'country', label: 'Country' },
  { name: 'state', label: 'State/Province', optional: true },
];
