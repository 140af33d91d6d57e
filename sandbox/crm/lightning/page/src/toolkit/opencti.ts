import { type Answer, call, type EventName, isFromConsole } from '../open-cti/protocol.ts';

/**
 * The published Open CTI API for Lightning as a page sees it: `sforce.opencti`. It takes the console's origin and its own
 * nonce from the address of the page that includes it, and asks the parent frame for everything.
 */
type Callback = (answer: Answer) => void;
type Arguments = Record<string, unknown>;
type Method = (args: Arguments) => void;

const methods = [
  'enableClickToDial',
  'disableClickToDial',
  'getAppViewInfo',
  'screenPop',
  'searchAndScreenPop',
  'saveLog',
  'runApex',
  'getCallCenterSettings',
  'getSoftphoneLayout',
  'refreshView',
  'isSoftphonePanelVisible',
  'setSoftphonePanelVisibility',
  'setSoftphonePanelHeight',
  'setSoftphonePanelWidth',
  'setSoftphonePanelIcon',
  'setSoftphonePanelLabel',
  'setSoftphoneItemIcon',
  'setSoftphoneItemLabel',
  'notifyInitializationComplete',
] as const;

const listeners: Record<string, EventName> = {
  onClickToDial: 'clickToDial',
  onNavigationChange: 'navigation',
};

const screenPopTypes = {
  SOBJECT: 'sobject',
  URL: 'url',
  OBJECTHOME: 'objecthome',
  LIST: 'list',
  SEARCH: 'search',
  NEW_RECORD_MODAL: 'newRecordModal',
  FLOW: 'flow',
};
const callTypes = { INBOUND: 'inbound', OUTBOUND: 'outbound', INTERNAL: 'internal' };

/** The address's query without regard to case: pages that redirect do not always keep it. */
function parameter(address: string, name: string): string {
  for (const [key, value] of new URL(address).searchParams) if (key.toLowerCase() === name.toLowerCase()) return value;
  return '';
}

/** Builds the API for one page. Nothing is sent to an origin that is not the one named in the page's address. */
export function openCti(page: Window): Record<string, unknown> {
  const origin = parameter(page.location.href, 'sfdcIFrameOrigin');
  const nonce = parameter(page.location.href, 'nonce');
  const waiting = new Map<number, Callback>();
  const heard = new Map<EventName, (payload: unknown) => void>();
  let last = 0;

  page.addEventListener('message', (e: MessageEvent<unknown>) => {
    if (origin === '' || e.source !== page.parent || e.origin !== origin || !isFromConsole(e.data, nonce)) return;
    if (e.data.kind === 'event') {
      heard.get(e.data.name)?.(e.data.payload);
      return;
    }
    const callback = waiting.get(e.data.id);
    waiting.delete(e.data.id);
    callback?.(e.data.answer);
  });

  const ask = (method: string, args: Arguments, callback: Callback | null) => {
    last += 1;
    if (callback) waiting.set(last, callback);
    if (origin === '' || page.parent === page) {
      const id = last;
      queueMicrotask(() => refuse(waiting, id, 'This page is not in a softphone panel: sfdcIFrameOrigin is missing.'));
      return;
    }
    page.parent.postMessage(call(nonce, last, method, args), origin);
  };

  const api: Record<string, unknown> = { SCREENPOP_TYPE: screenPopTypes, CALL_TYPE: callTypes };
  for (const method of methods) api[method] = one(method, ask);
  const listening =
    (method: string, name: EventName): Method =>
    (args) => {
      const listener = args?.listener;
      if (typeof listener !== 'function') {
        console.error(`sforce.opencti.${method}: listener must be a function.`);
        return;
      }
      heard.set(name, (payload) => listener(payload));
      ask(method, {}, null);
    };
  for (const [method, name] of Object.entries(listeners)) api[method] = listening(method, name);
  api.hvs = { completeWork: one('hvs.completeWork', ask), onWorkStart: listening('hvs.onWorkStart', 'workStart') };
  return api;
}

function one(method: string, ask: (method: string, args: Arguments, callback: Callback | null) => void): Method {
  return (args) => {
    const { callback, ...rest } = args ?? {};
    if (callback !== undefined && typeof callback !== 'function') {
      console.error(`sforce.opencti.${method}: callback must be a function.`);
      return;
    }
    ask(method, plain(rest), callback ? (answer) => callback(answer) : null);
  };
}

/** What can cross to another frame: functions and cycles cannot. */
function plain(args: Arguments): Arguments {
  try {
    return JSON.parse(JSON.stringify(args));
  } catch {
    return {};
  }
}

function refuse(waiting: Map<number, Callback>, id: number, description: string) {
  const callback = waiting.get(id);
  waiting.delete(id);
  callback?.({ success: false, returnValue: null, errors: [{ code: 'NOT_IN_CONSOLE', description }] });
}
