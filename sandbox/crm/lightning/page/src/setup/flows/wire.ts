import { type Decoded, flag, list, number, object, text } from '../../decode.ts';

/** What /lightning/api/setup/flows answers. Go's side of it is sandbox/crm/lightning/setup/flows.go. */

const summary = {
  id: text,
  name: text,
  label: text,
  description: text,
  processType: text,
  type: text,
  screens: flag,
  active: flag,
  lastModified: text,
  modifiedBy: text,
};
const row = object(summary);
export type FlowRow = Decoded<typeof row>;
export const flows = object({ flows: list(row) });

export const flow = object({
  ...summary,
  version: number,
  status: text,
  apiVersion: number,
  created: text,
  createdBy: text,
  inputs: list(object({ name: text, type: text })),
  elements: list(object({ name: text, label: text, kind: text, says: text })),
});
export type Flow = Decoded<typeof flow>;

/** The flows whose label, API name or type holds what was typed. */
export function found(all: FlowRow[], typed: string): FlowRow[] {
  const query = typed.trim().toLowerCase();
  return all.filter((f) => [f.label, f.name, f.type].some((t) => t.toLowerCase().includes(query)));
}

/** The kind of an element as the builder calls it. */
const kinds: Record<string, string> = {
  FlowScreen: 'Screen',
  FlowAssignment: 'Assignment',
  FlowDecision: 'Decision',
  FlowRecordLookup: 'Get Records',
  FlowRecordCreate: 'Create Records',
  FlowRecordUpdate: 'Update Records',
  FlowRecordDelete: 'Delete Records',
  FlowRecordRollback: 'Roll Back Records',
  FlowActionCall: 'Action',
  FlowApexPluginCall: 'Apex Action (Legacy)',
};
export const kindOf = (kind: string): string => kinds[kind] ?? kind.replace(/^Flow/, '');
