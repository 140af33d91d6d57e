import { type Decoded, flag, list, number, object, text } from '../decode.ts';

/** What the frame of Setup reads. Go's side of it is sandbox/crm/lightning/setup; each feature has a wire.ts of its own. */

export const auditEntry = object({ id: text, date: text, user: text, action: text, section: text, display: text });
export type AuditEntry = Decoded<typeof auditEntry>;

export const setupStart = object({ permissions: list(text), recent: list(auditEntry), users: number });
export type SetupStart = Decoded<typeof setupStart>;

export const auditTrail = object({ entries: list(auditEntry) });

export const person = object({ id: text, name: text, alias: text, username: text, active: flag, profile: text });
export type Person = Decoded<typeof person>;
export const people = object({ people: list(person), more: flag });

/** The answer to a change that has nothing to say. */
export const done = object({});
export const savedId = object({ id: text });
