import { isRecord } from '../decode.ts';
import { RefusedMessage } from '../messages/message.ts';
import { isRecordId } from '../routes.ts';
import type { Found, SoftphoneLayout, Values } from '../wire.ts';
import type { Answer } from './protocol.ts';
import { BadRequest, defaults, type Pop, popFor, popOf, resultOf } from './screen-pop.ts';

/** What a softphone may learn of the page in front of the person. */
export interface ViewInfo {
  url: string;
  recordId?: string;
  recordName?: string;
  objectType?: string;
}

/** Changes of the utility item and its panel. */
export interface PanelChange {
  visible?: boolean;
  height?: number;
  width?: number;
  icon?: string;
  label?: string;
  itemIcon?: string;
  itemLabel?: string;
}

/** What the console does for a softphone. */
export interface Desk {
  view(): ViewInfo | Promise<ViewInfo>;
  pop(to: Pop): Promise<unknown>;
  search(text: string, callType: string): Promise<Found>;
  save(object: string, id: string, values: Values): Promise<string>;
  settings(): Record<string, string>;
  layout(): Promise<SoftphoneLayout>;
  refresh(): void;
  panelVisible(): boolean;
  setPanel(change: PanelChange): void;
  enableClickToDial(enabled: boolean): void;
  started(): void;
  /** Completes work of Sales Engagement. */
  completeWork(args: Record<string, unknown>): void;
}

type Arguments = Record<string, unknown>;

/** Carries out one call of the softphone; whatever goes wrong is an answer, never an exception. */
export const dispatch = (desk: Desk, method: string, args: Arguments): Promise<Answer> =>
  answered(() => perform(desk, method, args));

/** What a softphone is told of one piece of work: its value, or why there is none. */
export async function answered(work: () => unknown): Promise<Answer> {
  try {
    return { success: true, returnValue: (await work()) ?? null, errors: null };
  } catch (error) {
    const code = error instanceof BadRequest || error instanceof RefusedMessage ? error.code : 'GENERIC_ERROR';
    const description = error instanceof Error ? error.message : 'The request failed.';
    return { success: false, returnValue: null, errors: [{ code, description }] };
  }
}

async function perform(desk: Desk, method: string, args: Arguments): Promise<unknown> {
  switch (method) {
    case 'enableClickToDial':
    case 'disableClickToDial':
      return desk.enableClickToDial(method === 'enableClickToDial');
    case 'onClickToDial':
    case 'onNavigationChange':
    case 'hvs.onWorkStart':
      return null;
    case 'getAppViewInfo':
      return desk.view();
    case 'screenPop':
      return desk.pop(popOf(args));
    case 'searchAndScreenPop':
      return searchAndPop(desk, args);
    case 'saveLog':
      return saveLog(desk, args);
    case 'getCallCenterSettings':
      return desk.settings();
    case 'getSoftphoneLayout':
      return desk.layout();
    case 'refreshView':
      desk.refresh();
      return true;
    case 'isSoftphonePanelVisible':
      return { visible: desk.panelVisible() };
    case 'notifyInitializationComplete':
      return desk.started();
    case 'runApex':
      throw new BadRequest('NOT_SUPPORTED', 'Apex does not run in this org.');
    case 'hvs.completeWork':
      return desk.completeWork(args);
    default:
      return desk.setPanel(panelChange(method, args));
  }
}

function panelChange(method: string, args: Arguments): PanelChange {
  switch (method) {
    case 'setSoftphonePanelVisibility':
      if (typeof args.visible !== 'boolean') throw new BadRequest('INVALID_PARAM', 'visible must be true or false.');
      return { visible: args.visible };
    case 'setSoftphonePanelHeight':
      return { height: pixels(args.heightPX, 'heightPX', 240, 2560) };
    case 'setSoftphonePanelWidth':
      return { width: pixels(args.widthPX, 'widthPX', 200, 1920) };
    case 'setSoftphonePanelIcon':
      return { icon: key(args.key) };
    case 'setSoftphoneItemIcon':
      return { itemIcon: key(args.key) };
    case 'setSoftphonePanelLabel':
      return { label: label(args.label) };
    case 'setSoftphoneItemLabel':
      return { itemLabel: label(args.label) };
    default:
      throw new BadRequest('UNKNOWN_METHOD', `There is no method ${method}.`);
  }
}

function pixels(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return Math.round(value);
  throw new BadRequest('INVALID_PARAM', `${name} must be a number from ${least} to ${most}.`);
}

function key(value: unknown): string {
  if (typeof value === 'string' && /^[a-z0-9_]{1,60}$/.test(value)) return value;
  throw new BadRequest('INVALID_PARAM', 'key must be the name of a utility icon.');
}

function label(value: unknown): string {
  if (typeof value === 'string' && value.length <= 255) return value;
  throw new BadRequest('INVALID_PARAM', 'label must be text of at most 255 characters.');
}

/** Searches what the layout lists for the call's direction; only inbound calls pop. */
async function searchAndPop(desk: Desk, args: Arguments): Promise<unknown> {
  const text = args.searchParams;
  if (typeof text !== 'string' || text.trim() === '')
    throw new BadRequest('INVALID_PARAM', 'searchParams must be text.');
  const callType = args.callType ?? 'inbound';
  if (typeof callType !== 'string' || !['inbound', 'outbound', 'internal'].includes(callType.toLowerCase()))
    throw new BadRequest('INVALID_PARAM', 'callType must be inbound, outbound or internal.');
  const direction = callType.toLowerCase();
  const found = await desk.search(text, direction);
  if (direction !== 'inbound') return resultOf(found.matches, null);
  const more = typeof args.queryParams === 'string' ? args.queryParams : '';
  const pop = popFor(found, text, defaults(args.defaultFieldValues), more, args.params);
  if (pop && args.deferred !== true) {
    const popped = desk.pop(popOf({ ...pop }));
    // A flow that can't be opened says so in its tab; what was found is the softphone's all the same.
    await (pop.type === 'flow' ? popped.catch(() => null) : popped);
  }
  return resultOf(found.matches, pop);
}

async function saveLog(desk: Desk, args: Arguments): Promise<unknown> {
  const value = args.value;
  if (!isRecord(value)) throw new BadRequest('INVALID_PARAM', 'value must be an object.');
  const { entityApiName, Id, id, ...fields } = value;
  const recordId = Id ?? id ?? '';
  if (typeof recordId !== 'string' || (recordId !== '' && !isRecordId(recordId)))
    throw new BadRequest('INVALID_PARAM', 'Id must be a record id.');
  if (recordId === '' && typeof entityApiName !== 'string')
    throw new BadRequest('INVALID_PARAM', 'entityApiName or Id is required.');
  const saved = await desk.save(typeof entityApiName === 'string' ? entityApiName : '', recordId, defaults(fields));
  return { recordId: saved };
}
