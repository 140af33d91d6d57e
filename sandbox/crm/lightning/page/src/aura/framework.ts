import { isRecord } from '../decode.ts';

/** What the framework can tell and do for components: `$A`. */
export interface Surroundings {
  userId: string;
  userEmail: string;
  toast(tone: 'success' | 'error' | 'info', message: string): void;
}

/** `$A`, as far as this console goes; what it has not, it refuses in words. */
export function framework(around: Surroundings): Record<string, unknown> {
  return {
    getCallback: (f: unknown) => {
      if (typeof f !== 'function') throw new TypeError('$A.getCallback: the callback must be a function.');
      return function callback(this: unknown, ...values: unknown[]): unknown {
        return Reflect.apply(f, this, values);
      };
    },
    get: (name: unknown) => global(String(name), around),
    enqueueAction: () => {
      throw new Error('$A.enqueueAction: this org runs no Apex; an action has nothing to call.');
    },
    createComponent: () => {
      throw new Error('$A.createComponent: this console shows only what stands in the markup.');
    },
    log: (...values: unknown[]) => console.log(...values),
    warning: (...values: unknown[]) => console.warn(...values),
    reportError: (message: unknown, error: unknown) => window.reportError(error ?? new Error(String(message))),
    util,
  };
}

const util = {
  isArray: Array.isArray,
  isObject: (value: unknown) => isRecord(value),
  isUndefined: (value: unknown) => value === undefined,
  isUndefinedOrNull: (value: unknown) => value === undefined || value === null,
  isEmpty: (value: unknown) =>
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (isRecord(value) && Object.keys(value).length === 0),
};

function global(name: string, around: Surroundings): unknown {
  switch (name) {
    case '$SObjectType.CurrentUser.Id':
      return around.userId;
    case '$SObjectType.CurrentUser.Email':
      return around.userEmail;
    case '$Browser.formFactor':
      return 'DESKTOP';
    case 'e.force:showToast':
      return toastEvent(around);
    default:
      return undefined; // as the platform answers for what is not there
  }
}

/** The event that shows a toast once it is fired. */
function toastEvent(around: Surroundings) {
  const params: Record<string, unknown> = {};
  const event = {
    setParam: (name: string, value: unknown) => {
      params[name] = value;
      return event;
    },
    setParams: (more: unknown) => {
      Object.assign(params, isRecord(more) ? more : {});
      return event;
    },
    fire: () => showToast(around.toast, params.type, params),
  };
  return event;
}

/** Shows a toast as a component asks for it: `kind` is its tone, in the platform's words. */
export function showToast(
  toast: Surroundings['toast'],
  kind: unknown,
  { title, message }: Record<string, unknown>,
): void {
  const tone = kind === 'success' || kind === 'error' ? kind : 'info';
  toast(tone, [title, message].filter((part) => typeof part === 'string').join(' '));
}
