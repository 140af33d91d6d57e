import type { Console } from './console.ts';
import { type CompleteWork, isFields, type Search } from './wire/read.ts';
import { Refused } from './words.ts';

type Method = (...args: unknown[]) => unknown;

/** How long the console may take to answer, in milliseconds. */
const answerWithin = 15_000;

/** The platform's global, if the page has included its script. */
export const findOpenCti = (page: Window) => findOf(page, 'opencti');

/** Navigation and messages of a Visualforce page inside Lightning: the platform puts it there by itself. */
export const findOne = (page: Window) => findOf(page, 'one');

function findOf(page: Window, name: 'opencti' | 'one'): Record<string, unknown> | null {
  const sforce: unknown = Reflect.get(page, 'sforce');
  const part: unknown = isFields(sforce) ? sforce[name] : null;
  return isFields(part) ? part : null;
}

/** The console around the page, through Open CTI for Lightning. What this version of it lacks, the console lacks. */
export function openCtiConsole(api: Record<string, unknown>): Console {
  const ask = asker(api);
  const tell = async (name: string, args: Record<string, unknown> = {}) => {
    await ask(name, args);
  };
  const listen = (name: string, on: (payload: Record<string, unknown>) => void, of = api) => {
    const method = of[name];
    if (!isMethod(method)) return;
    method({
      listener: (raw: unknown) => {
        const payload = isFields(raw) && isFields(raw.returnValue) ? raw.returnValue : raw; // early versions wrap it
        if (isFields(payload)) on(payload);
      },
    });
  };
  const { hvs } = api;
  const has = (name: string) => isMethod(api[name]);
  const core: Console = {
    answers: (within) => answersWithin([ask('getAppViewInfo'), ask('isSoftphonePanelVisible')], within),
    ready: () => tell('notifyInitializationComplete'),
    view: async () => {
      const view = await ask('getAppViewInfo');
      return isFields(view) ? view : {};
    },
    onNavigation: (listener) => listen('onNavigationChange', listener),
  };
  return {
    ...core,
    ...(has('onClickToDial') && {
      clickToDial: {
        onClick: (listener) =>
          listen('onClickToDial', (p) => {
            const number = String(p.number ?? '');
            if (number !== '') listener({ number, details: { ...p, number } });
          }),
        enable: (on) => tell(on ? 'enableClickToDial' : 'disableClickToDial'),
      },
    }),
    ...(has('searchAndScreenPop') && { search: (s) => ask('searchAndScreenPop', searchOf(s)) }),
    ...(has('screenPop') && { pop: (type, params) => ask('screenPop', { type: popType(api, type), params }) }),
    ...(has('getSoftphoneLayout') && { layout: () => ask('getSoftphoneLayout') }),
    ...(has('refreshView') && { refresh: () => tell('refreshView') }),
    ...(has('setSoftphonePanelVisibility') && {
      panel: {
        show: () => tell('setSoftphonePanelVisibility', { visible: true }),
        hide: () => tell('setSoftphonePanelVisibility', { visible: false }),
        setLabel: async (label) => {
          await tell('setSoftphoneItemLabel', { label });
          await tell('setSoftphonePanelLabel', { label });
        },
        setIcon: async (key) => {
          await tell('setSoftphoneItemIcon', { key });
          await tell('setSoftphonePanelIcon', { key });
        },
      },
    }),
    ...(has('setSoftphonePanelHeight') && {
      resize: {
        height: (heightPX) => tell('setSoftphonePanelHeight', { heightPX }),
        width: (widthPX) => tell('setSoftphonePanelWidth', { widthPX }),
      },
    }),
    ...(isFields(hvs) && isMethod(hvs.onWorkStart) && { onWorkStart: (on) => listen('onWorkStart', on, hvs) }),
    ...(isFields(hvs) && isMethod(hvs.completeWork) && { completeWork: completing(asker(hvs)) }),
  };
}

/** Source: Open CTI developer guide, Sales Engagement methods for Lightning Experience. */
function completing(ask: Ask): (w: CompleteWork) => Promise<void> {
  return async ({ workId, disposition, taskId }) => {
    await ask('completeWork', { workId, attributes: { disposition, taskId } });
  };
}

export type Ask = (name: string, args?: Record<string, unknown>) => Promise<unknown>;

export function asker(api: Record<string, unknown>): Ask {
  return (name, args = {}) =>
    new Promise((resolve, reject) => {
      const method = api[name];
      if (!isMethod(method)) {
        reject(new Error(`Open CTI has no ${name}.`));
        return;
      }
      const timer = setTimeout(() => reject(new Refused('command.silent', { asked: name })), answerWithin);
      const callback = (answer: unknown) => {
        clearTimeout(timer);
        if (isFields(answer) && answer.success === true) resolve(answer.returnValue);
        else reject(new Error(reason(name, answer)));
      };
      method({ ...args, callback });
    });
}

/** Whether one of several questions is answered in time. A page outside a console is refused, or hears nothing at all. */
function answersWithin(asked: Promise<unknown>[], within: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), within);
    Promise.any(asked)
      .then(
        () => true,
        () => false,
      )
      .then((answered) => {
        clearTimeout(timer);
        resolve(answered);
      });
  });
}

function searchOf(s: Search): Record<string, unknown> {
  return {
    searchParams: s.searchParams,
    ...(s.queryParams === '' ? {} : { queryParams: s.queryParams }),
    ...(Object.keys(s.defaultFieldValues ?? {}).length === 0 ? {} : { defaultFieldValues: s.defaultFieldValues }),
    callType: s.callType === '' ? 'inbound' : s.callType,
    deferred: s.deferred,
  };
}

/** The platform's own value for a type, by its name or its value; what it does not list goes as it is. */
function popType(api: Record<string, unknown>, type: string): unknown {
  const plain = (v: unknown) => String(v).replaceAll('_', '').toLowerCase();
  const types = isFields(api.SCREENPOP_TYPE) ? Object.entries(api.SCREENPOP_TYPE) : [];
  return types.find(([name, value]) => plain(name) === plain(type) || plain(value) === plain(type))?.[1] ?? type;
}

export function isMethod(v: unknown): v is Method {
  return typeof v === 'function';
}

/** What the console said, in whichever of its shapes. */
function reason(name: string, answer: unknown): string {
  const errors = isFields(answer) && Array.isArray(answer.errors) ? answer.errors : [];
  const first: unknown = errors[0];
  if (isFields(first) && typeof first.description === 'string') return first.description;
  return typeof first === 'string' ? first : `The console refused ${name}.`;
}
