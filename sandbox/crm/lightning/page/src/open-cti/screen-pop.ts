import { isRecord, type Scalar, scalar } from '../decode.ts';
import type { FlowArg } from '../flow/wire.ts';
import { isRecordId, isRelative, type Location, newRecord, parse, tabName, to18 } from '../routes.ts';
import type { Found, Match, Values } from '../wire.ts';

/** Where a screen pop leads: a page of the console, the form for a new record, a tab by its name, or a flow. */
export type Pop =
  | { to: Location }
  | { create: string; values: Values }
  | { tab: string }
  | { flow: string; args: FlowArg[] };

/** What was wrong with a request, in the words of a callback's error. */
export class BadRequest extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const invalid = (what: string): never => {
  throw new BadRequest('INVALID_PARAM', what);
};

const objectName = /^[A-Za-z][A-Za-z0-9_]{0,79}$/;

/** Reads the arguments of screenPop; constant names and their values are both accepted. */
export function popOf(args: Record<string, unknown>): Pop {
  const type =
    typeof args.type === 'string' ? args.type.toLowerCase().replaceAll('_', '') : invalid('type is required.');
  const params = isRecord(args.params) ? args.params : invalid('params must be an object.');
  const word = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' && value !== '' ? value : invalid(`params.${name} must be text.`);
  };
  const entity = (name: string) => (objectName.test(word(name)) ? word(name) : invalid(`params.${name} is no name.`));
  switch (type) {
    case 'sobject':
      if (!isRecordId(word('recordId'))) invalid('params.recordId is no record id.');
      return { to: { at: 'record', object: '', id: to18(word('recordId')) } };
    case 'url':
      return pageOf(word('url'));
    case 'objecthome':
      return { to: { at: 'list', object: entity('scope'), view: 'Recent' } };
    case 'list':
      return { to: { at: 'list', object: entity('scope'), view: word('listViewId') } };
    case 'search':
      if (word('searchString').trim().length < 3) invalid('params.searchString needs at least 3 characters.');
      return { to: { at: 'search', query: word('searchString') } };
    case 'newrecordmodal':
      return { create: entity('entityName'), values: defaults(args.defaultFieldValues ?? params.defaultFieldValues) };
    case 'flow':
      return { flow: entity('flowDevName'), args: flowArgs(params.flowArgs) };
    default:
      return invalid(`type ${type} is unknown.`);
  }
}

/**
 * An address of the console's own is one of its pages or nothing; all others are for the Visualforce host, which serves
 * these alone.
 */
function pageOf(url: string): Pop {
  if (!isRelative(url)) invalid('params.url must be relative.');
  const form = newRecord(url);
  if (form) return { create: form.object, values: form.values };
  const tab = tabName(url);
  if (tab) return { tab };
  const location = parse(url);
  if (location) return { to: location };
  return /^\/(?:apex|resource)\//i.test(url) ? { to: { at: 'page', url } } : invalid(`There is no page ${url}.`);
}

/** The input variables of a flow: name, type and a plain value. */
function flowArgs(input: unknown): FlowArg[] {
  if (input === undefined || input === null) return [];
  if (!Array.isArray(input)) return invalid('params.flowArgs must be a list.');
  return input.map((arg: unknown) => {
    if (!isRecord(arg) || typeof arg.name !== 'string' || arg.name === '')
      return invalid('Each of params.flowArgs needs a name.');
    const { name, type, value = null } = arg;
    if (value !== null && !['string', 'number', 'boolean'].includes(typeof value))
      return invalid(`The value of the flow argument ${name} must be plain.`);
    return { name, type: typeof type === 'string' ? type : 'String', value: scalar(value) };
  });
}

/** Default field values with everything dropped that is no plain value. */
export function defaults(input: unknown): Values {
  if (!isRecord(input)) return {};
  const values: Record<string, Scalar> = {};
  for (const [key, value] of Object.entries(input))
    if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) values[key] = scalar(value);
  return values;
}

/** What SCREEN_POP_DATA carries: it can be given to screenPop unchanged. */
export interface ScreenPopData {
  type: string;
  params: Record<string, string | FlowArg[]>;
  defaultFieldValues?: Values;
}

/**
 * Decides what a search pops, by the layout's settings for inbound calls. Null is: nothing.
 * As delivered: no match pops nothing, one pops its page, several pop nothing. A flow gets the arguments that the softphone
 * gave, and no others.
 */
export function popFor(
  { matches, settings }: Found,
  text: string,
  values: Values,
  queryParams: string,
  params: unknown,
): ScreenPopData | null {
  const [first, second] = matches;
  const setting = !first ? settings.NoMatch : second ? settings.MultipleMatches : settings.SingleMatch;
  if (!setting) return null;
  switch (setting.screenPopType) {
    case 'PopToEntity':
      if (first) return { type: 'sobject', params: { recordId: first.id } };
      return {
        type: 'newRecordModal',
        params: { entityName: setting.screenPopData ?? 'Contact' },
        defaultFieldValues: values,
      };
    case 'PopToSearch':
      return { type: 'search', params: { searchString: text } };
    case 'PopToVisualforce':
      return { type: 'url', params: { url: pageAddress(setting.screenPopData ?? '', text, queryParams) } };
    case 'PopToFlow': {
      const args = flowArgs(isRecord(params) ? params.flowArgs : undefined);
      return { type: 'flow', params: { flowDevName: setting.screenPopData ?? '', flowArgs: args } };
    }
    default:
      return null;
  }
}

/** A Visualforce page gets what was searched, and the softphone's own parameters; these cannot leave the query. */
function pageAddress(page: string, text: string, queryParams: string): string {
  const query = new URLSearchParams(queryParams);
  if (!query.has('searchParams')) query.set('searchParams', text);
  return `/apex/${encodeURIComponent(page)}?${query}`;
}

/** The callback value of searchAndScreenPop: one member per record, by its id. */
export function resultOf(found: Match[], pop: ScreenPopData | null): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const match of found)
    result[match.id] = { ...match.fields, Id: match.id, Name: match.name, RecordType: match.object };
  if (pop) result.SCREEN_POP_DATA = pop;
  return result;
}
