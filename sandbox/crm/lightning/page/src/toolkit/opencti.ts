import { isRecord } from '../decode.ts';
import { messageText, RefusedMessage } from '../messages/message.ts';
import { type Answer, call, type EventName, isFromConsole } from '../open-cti/protocol.ts';
import { randomHex } from '../random.ts';
import { parameter } from './parameter.ts';

/**
 * The published Open CTI API for Lightning as a page sees it: `sforce.opencti`. It takes the console's origin and its own
 * nonce from the address of the page that includes it, and asks the parent frame for everything.
 */
type Callback = (answer: Answer & { subscription?: object }) => void;
type Arguments = Record<string, unknown>;
type Method = (args: Arguments) => void;
type Ask = (method: string, args: Arguments, callback: Callback | null) => void;

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

/** Builds the API for one page. Nothing is sent to an origin that is not the one named in the page's address. */
export function openCti(page: Window): Record<string, unknown> {
  const origin = parameter(page.location.href, 'sfdcIFrameOrigin');
  const nonce = parameter(page.location.href, 'nonce');
  const waiting = new Map<number, Callback>();
  const heard = new Map<EventName, (payload: unknown) => void>();
  const subscribed = new Map<string, (message: unknown) => void>();
  let last = 0;

  page.addEventListener('message', (e: MessageEvent<unknown>) => {
    if (origin === '' || e.source !== page.parent || e.origin !== origin || !isFromConsole(e.data, nonce)) return;
    if (e.data.kind === 'event') {
      heard.get(e.data.name)?.(e.data.payload);
      return;
    }
    if (e.data.kind === 'message') {
      subscribed.get(e.data.subscription)?.(e.data.message);
      return;
    }
    const callback = waiting.get(e.data.id);
    waiting.delete(e.data.id);
    callback?.(e.data.answer);
  });

  const ask: Ask = (method, args, callback) => {
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
  Object.assign(api, messageMethods(subscribed, ask));
  page.addEventListener('pagehide', () => {
    for (const subscription of subscribed.keys()) ask('unsubscribe', { subscription }, null);
    subscribed.clear();
  });
  return api;
}

const one =
  (method: string, ask: Ask): Method =>
  (args) => {
    const { callback, ...rest } = args ?? {};
    if (!callable(method, callback)) return;
    ask(method, plain(rest), callback ? (answer) => callback(answer) : null);
  };

/** A callback may be left out; what else is no function is an error on the page's console. */
function callable(method: string, callback: unknown): callback is Callback | undefined {
  if (callback === undefined || typeof callback === 'function') return true;
  console.error(`sforce.opencti.${method}: callback must be a function.`);
  return false;
}

/**
 * The methods of Lightning Message Service. The page names its subscriptions, so that none misses what comes before its answer. What was
 * subscribed stands beside `success`, not in returnValue. Source: Open CTI developer guide, Sample Code for Using Lightning Message Service.
 */
function messageMethods(subscribed: Map<string, (message: unknown) => void>, ask: Ask): Record<string, Method> {
  return {
    subscribe(args) {
      const { channelName, listener, callback } = args ?? {};
      if (!callable('subscribe', callback)) return;
      if (typeof listener !== 'function') {
        console.error('sforce.opencti.subscribe: listener must be a function.');
        return;
      }
      const subscription = randomHex(16);
      subscribed.set(subscription, (message) => listener(message));
      ask('subscribe', { channelName, subscription }, (answer) => {
        if (!answer.success) subscribed.delete(subscription);
        callback?.(answer.success ? { ...answer, subscription: { channelName, subscription } } : answer);
      });
    },
    unsubscribe(args) {
      const { subscription: made, callback } = args ?? {};
      if (!callable('unsubscribe', callback)) return;
      const subscription = isRecord(made) ? made.subscription : undefined;
      if (typeof subscription === 'string') subscribed.delete(subscription);
      ask('unsubscribe', plain({ subscription }), callback ?? null);
    },
    publish(args) {
      const { channelName, message, callback } = args ?? {};
      if (!callable('publish', callback)) return;
      try {
        ask('publish', plain({ channelName, message: JSON.parse(messageText(message)) }), callback ?? null);
      } catch (error) {
        if (!(error instanceof RefusedMessage)) throw error;
        const errors = [{ code: error.code, description: error.message }];
        queueMicrotask(() => callback?.({ success: false, returnValue: null, errors }));
      }
    },
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
