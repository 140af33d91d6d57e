import type { Api } from '../api.ts';
import { type Decoded, flag, list, nullable, number, object, type Scalar, text } from '../decode.ts';

/** What /lightning/api/flows answers. Go's side of it is sandbox/crm/lightning/interviews. */

const run = object({ text, bold: flag, italic: flag, underline: flag });
const block = object({ kind: text, runs: list(run) });
export type Block = Decoded<typeof block>;

const field = object({
  name: text,
  kind: text,
  type: text,
  label: text,
  help: text,
  required: flag,
  value: text,
  error: text,
  choices: list(object({ name: text, label: text })),
  blocks: list(block),
});
export type FlowField = Decoded<typeof field>;

const screen = object({
  name: text,
  label: text,
  header: flag,
  help: list(block),
  fields: list(field),
  back: flag,
  backLabel: text,
  nextLabel: text,
});
export type FlowScreen = Decoded<typeof screen>;

export const interview = object({
  interview: text,
  flow: text,
  label: text,
  number,
  screen: nullable(screen),
  fault: nullable(object({ title: text, message: text, detail: text })),
});
export type Interview = Decoded<typeof interview>;

/** An input variable's value, as Open CTI's flowArgs have it. */
export interface FlowArg {
  name: string;
  type: string;
  value: Scalar;
}

/** The input variables in the query of a flow's address; the flow knows their types. */
export const argsOf = (query: string): FlowArg[] =>
  [...new URLSearchParams(query)].map(([name, value]) => ({ name, type: 'String', value }));

/** The same, as a query. */
export const queryOf = (args: FlowArg[]): string =>
  new URLSearchParams(args.map((a) => [a.name, a.value === null ? '' : String(a.value)])).toString();

export const startFlow = (api: Api, name: string, args: FlowArg[]) =>
  api.call('POST', `/flows/start/${encodeURIComponent(name)}`, interview, { args });

export const readInterview = (api: Api, id: string) =>
  api.call('GET', `/flows/interviews/${encodeURIComponent(id)}`, interview);

export type Action = 'NEXT' | 'BACK';

export const stepFlow = (api: Api, at: Interview, action: Action, values: Record<string, string>) =>
  api.call('POST', `/flows/interviews/${encodeURIComponent(at.interview)}`, interview, {
    number: at.number,
    action,
    values,
  });

/** What stands in a screen's fields before anybody types. */
export const valuesOf = (shown: FlowScreen): Record<string, string> =>
  Object.fromEntries(shown.fields.filter((f) => f.kind !== 'DisplayText').map((f) => [f.name, f.value]));
