import type { Api } from '../api.ts';
import { object, type Scalar, text } from '../decode.ts';

/** What /lightning/api/flows answers. Go's side of it is sandbox/crm/lightning/flows.go. */
const flow = object({ name: text, label: text });

/** A flow that the person could run; refused with the platform's sentence otherwise. */
export const readFlow = (api: Api, name: string) => api.call('GET', `/flows/${encodeURIComponent(name)}`, flow);

/** An input variable's value, as Open CTI's flowArgs have it. */
export interface FlowArg {
  name: string;
  type: string;
  value: Scalar;
}

/** The arguments in the query of a flow's address; the last one of a name counts. */
export const argsOf = (query: string): [name: string, value: string][] => [...new Map(new URLSearchParams(query))];

/** The same, as a query. */
export const queryOf = (args: FlowArg[]): string =>
  new URLSearchParams(args.map((a) => [a.name, a.value === null ? '' : String(a.value)])).toString();
