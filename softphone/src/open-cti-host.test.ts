import { expect, test, vi } from 'vitest';
import type { Click } from './console.ts';
import { openCtiConsole } from './open-cti-host.ts';

type Answer = { success: boolean; returnValue: unknown; errors: unknown };
type Call = { method: string; args: Record<string, unknown> };

/** A console that answers every method alike and notes what it was asked. */
function console_(answer: Answer | null): { api: Record<string, unknown>; calls: Call[] } {
  const calls: Call[] = [];
  const method = (name: string) => (args: Record<string, unknown>) => {
    const { callback, ...rest } = args;
    calls.push({ method: name, args: rest });
    if (answer && typeof callback === 'function') callback(answer);
  };
  const names = ['searchAndScreenPop', 'screenPop', 'refreshView', 'notifyInitializationComplete', 'onClickToDial'];
  const api: Record<string, unknown> = { SCREENPOP_TYPE: { SOBJECT: 'sobject', NEW_RECORD_MODAL: 'newRecordModal' } };
  for (const name of names) api[name] = method(name);
  return { api, calls };
}

const pop = {
  searchParams: '+12065550142',
  queryParams: '',
  defaultFieldValues: {},
  callType: 'inbound',
  deferred: false,
};

test('a search is asked as the platform wants it, and its records come back', async () => {
  const found = { '003000000000001AAA': { Name: 'Maya Lindqvist' } };
  const { api, calls } = console_({ success: true, returnValue: found, errors: null });
  await expect(openCtiConsole(api).search?.(pop)).resolves.toEqual(found);
  expect(calls).toEqual([
    { method: 'searchAndScreenPop', args: { searchParams: '+12065550142', callType: 'inbound', deferred: false } },
  ]);
});

test.each([
  ['sobject', { recordId: '003000000000001AAA' }, 'sobject'],
  ['NEW_RECORD_MODAL', { entityName: 'Contact', defaultFieldValues: { Phone: '1' } }, 'newRecordModal'],
  ['newRecordModal', { entityName: 'Contact' }, 'newRecordModal'],
  ['a later type', { x: [1] }, 'a later type'],
])('a pop of type %s goes with its parameters as they are', async (type, params, want) => {
  const { api, calls } = console_({ success: true, returnValue: null, errors: null });
  await openCtiConsole(api).pop?.(type, params);
  expect(calls).toEqual([{ method: 'screenPop', args: { type: want, params } }]);
});

test.each([
  ['an error object', [{ code: 'X', description: 'No access.' }], 'No access.'],
  ['an error text', ['No access.'], 'No access.'],
  ['no reason at all', null, 'The console refused refreshView.'],
])('a refusal with %s is told', async (_, errors, reason) => {
  const { api } = console_({ success: false, returnValue: null, errors });
  await expect(openCtiConsole(api).refresh?.()).rejects.toThrow(reason);
});

test('a console that never answers is not waited for', async () => {
  vi.useFakeTimers();
  const asked = openCtiConsole(console_(null).api).ready();
  const told = expect(asked).rejects.toThrow('The console did not answer notifyInitializationComplete');
  await vi.advanceTimersByTimeAsync(15_000);
  await told;
  vi.useRealTimers();
});

test('what the platform lacks, the console lacks', async () => {
  expect(Object.keys(openCtiConsole({})).sort()).toEqual(['answers', 'onNavigation', 'ready', 'view']);
  await expect(openCtiConsole({}).ready()).rejects.toThrow('Open CTI has no notifyInitializationComplete.');
});

const answering = (answer: Answer | null) => {
  const method = ({ callback }: Record<string, unknown>) => {
    if (answer && typeof callback === 'function') callback(answer);
  };
  return openCtiConsole({ getAppViewInfo: method, isSoftphonePanelVisible: method });
};

test.each([
  ['says what it shows', { success: true, returnValue: { url: '/' }, errors: null }, true],
  ['says nothing of what it shows', { success: true, returnValue: null, errors: null }, true],
  ['refuses', { success: false, returnValue: null, errors: ['NOT_IN_CONSOLE'] }, false],
])('a console that %s is there: %#', async (_, answer, there) => {
  await expect(answering(answer).answers(2_000)).resolves.toBe(there);
});

test('a console that says nothing within two seconds is not there', async () => {
  vi.useFakeTimers();
  const asked = answering(null).answers(2_000);
  const told = expect(asked).resolves.toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  await told;
  await vi.advanceTimersByTimeAsync(15_000);
  vi.useRealTimers();
});

test.each([
  ['unwrapped', { number: '(206) 555-0142', recordId: '003' }],
  ['wrapped', { returnValue: { number: '(206) 555-0142', recordId: '003' } }],
])('a click arrives %s', (_, payload) => {
  const { api, calls } = console_(null);
  const clicks: Click[] = [];
  openCtiConsole(api).clickToDial?.onClick((c) => clicks.push(c));
  const listener = calls[0]?.args.listener;
  if (typeof listener === 'function') listener(payload);
  expect(clicks).toEqual([{ number: '(206) 555-0142', details: { number: '(206) 555-0142', recordId: '003' } }]);
});

test('the panel is shown, hidden and sized as the platform has it', async () => {
  const asked: unknown[] = [];
  const method =
    (name: string) =>
    ({ callback, ...args }: Record<string, unknown>) => {
      asked.push([name, args]);
      if (typeof callback === 'function') callback({ success: true, returnValue: null, errors: null });
    };
  const names = ['setSoftphonePanelVisibility', 'setSoftphonePanelHeight', 'setSoftphonePanelWidth'];
  const console = openCtiConsole({
    ...Object.fromEntries(names.map((n) => [n, method(n)])),
    hvs: { completeWork: method('completeWork') },
  });
  await console.panel?.hide();
  await console.resize?.height(600);
  await console.resize?.width(400);
  await console.completeWork?.({ workId: '0Xb', disposition: 'Won', taskId: '00T' });
  expect(asked).toEqual([
    ['setSoftphonePanelVisibility', { visible: false }],
    ['setSoftphonePanelHeight', { heightPX: 600 }],
    ['setSoftphonePanelWidth', { widthPX: 400 }],
    ['completeWork', { workId: '0Xb', attributes: { disposition: 'Won', taskId: '00T' } }],
  ]);
});

test('work that begins arrives', () => {
  const work: unknown[] = [];
  let tell = (_: unknown) => {};
  const onWorkStart = ({ listener }: Record<string, unknown>) => {
    if (typeof listener === 'function') tell = (w) => listener(w);
  };
  openCtiConsole({ hvs: { onWorkStart } }).onWorkStart?.((w) => work.push(w));
  tell({ returnValue: { workId: '0Xb' } });
  tell({ workId: '0Xc' });
  expect(work).toEqual([{ workId: '0Xb' }, { workId: '0Xc' }]);
});
