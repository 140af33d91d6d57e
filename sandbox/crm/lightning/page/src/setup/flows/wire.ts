import { flag, list, object, text } from '../../decode.ts';

/** What /lightning/api/setup/flows answers. Go's side of it is sandbox/crm/lightning/setup/flows.go. */

const row = object({
  id: text,
  name: text,
  label: text,
  type: text,
  active: flag,
  lastModified: text,
  modifiedBy: text,
});
export const flows = object({ flows: list(row) });
