import type { Host } from './host.ts';
import { isFields } from './wire/read.ts';

type Method = (args: Record<string, unknown>) => void;

/** How long the console may take to answer, in milliseconds. */
const answerWithin = 15_000;

/** The platform's global, if the page has included its script. */
export function findOpenCti(page: Window): Record<string, unknown> | null {
  const sforce: unknown = Reflect.get(page, 'sforce');
  return isFields(sforce) && isFields(sforce.opencti) ? sforce.opencti : null;
}

/** The console around the page, through Open CTI for Lightning. */
export function openCtiHost(api: Record<string, unknown>): Host {
  const ask = (name: string, args: Record<string, unknown> = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const method = api[name];
      if (!isMethod(method)) {
        reject(new Error(`Open CTI has no ${name}.`));
        return;
      }
      const timer = setTimeout(() => reject(new Error(`The console did not answer ${name}.`)), answerWithin);
      const callback = (answer: unknown) => {
        clearTimeout(timer);
        if (isFields(answer) && answer.success === true) resolve(answer.returnValue);
        else reject(new Error(reason(name, answer)));
      };
      method({ ...args, callback });
    });
  const tell = async (name: string, args: Record<string, unknown> = {}) => {
    await ask(name, args);
  };
  const listen = (name: string, on: (payload: Record<string, unknown>) => void) => {
    const method = api[name];
    if (!isMethod(method)) return;
    method({
      listener: (raw: unknown) => {
        const payload = isFields(raw) && isFields(raw.returnValue) ? raw.returnValue : raw; // early versions wrap it
        if (isFields(payload)) on(payload);
      },
    });
  };
  const types = isFields(api.SCREENPOP_TYPE) ? api.SCREENPOP_TYPE : {};

  return {
    inPanel: true,
    ready: () => tell('notifyInitializationComplete'),
    settings: async () => strings(await ask('getCallCenterSettings')),
    onClickToDial: (listener) =>
      listen('onClickToDial', (p) => {
        const number = String(p.number ?? '');
        if (number !== '') listener({ number, details: { ...p, number } });
      }),
    view: async () => {
      const view = await ask('getAppViewInfo');
      return isFields(view) ? view : {};
    },
    onNavigation: (listener) => listen('onNavigationChange', listener),
    enableClickToDial: () => tell('enableClickToDial'),
    disableClickToDial: () => tell('disableClickToDial'),
    searchAndPop: (pop) =>
      ask('searchAndScreenPop', {
        searchParams: pop.searchParams,
        ...(pop.queryParams === '' ? {} : { queryParams: pop.queryParams }),
        ...(Object.keys(pop.defaultFieldValues ?? {}).length === 0
          ? {}
          : { defaultFieldValues: pop.defaultFieldValues }),
        callType: pop.callType === '' ? 'inbound' : pop.callType,
        deferred: pop.deferred,
      }),
    pop: (recordId) => ask('screenPop', { type: types.SOBJECT ?? 'sobject', params: { recordId } }),
    saveLog: (value) => ask('saveLog', { value }),
    refresh: () => tell('refreshView'),
    showPanel: () => tell('setSoftphonePanelVisibility', { visible: true }),
    setLabel: async (label) => {
      await tell('setSoftphoneItemLabel', { label });
      await tell('setSoftphonePanelLabel', { label });
    },
    setIcon: async (key) => {
      await tell('setSoftphoneItemIcon', { key });
      await tell('setSoftphonePanelIcon', { key });
    },
  };
}

function isMethod(v: unknown): v is Method {
  return typeof v === 'function';
}

function strings(v: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  if (isFields(v)) for (const [name, value] of Object.entries(v)) out[name] = String(value ?? '');
  return out;
}

/** What the console said, in whichever of its shapes. */
function reason(name: string, answer: unknown): string {
  const errors = isFields(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  const first: unknown = errors[0];
  if (isFields(first) && typeof first.description === 'string') return first.description;
  return typeof first === 'string' ? first : `The console refused ${name}.`;
}
