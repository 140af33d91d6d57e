import { expect, test, vi } from 'vitest';
import type { Click } from './host.ts';
import { openCtiHost } from './open-cti-host.ts';

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
  const names = ['searchAndScreenPop', 'screenPop', 'saveLog', 'notifyInitializationComplete', 'onClickToDial'];
  const api: Record<string, unknown> = { SCREENPOP_TYPE: { SOBJECT: 'sobject' } };
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
  await expect(openCtiHost(api).searchAndPop(pop)).resolves.toEqual(found);
  expect(calls).toEqual([
    { method: 'searchAndScreenPop', args: { searchParams: '+12065550142', callType: 'inbound', deferred: false } },
  ]);
});

test('a record pops by its id', async () => {
  const { api, calls } = console_({ success: true, returnValue: null, errors: null });
  await openCtiHost(api).pop('003000000000001AAA');
  expect(calls).toEqual([
    { method: 'screenPop', args: { type: 'sobject', params: { recordId: '003000000000001AAA' } } },
  ]);
});

test.each([
  ['an error object', [{ code: 'X', description: 'No access.' }], 'No access.'],
  ['an error text', ['No access.'], 'No access.'],
  ['no reason at all', null, 'The console refused saveLog.'],
])('a refusal with %s is told', async (_, errors, reason) => {
  const { api } = console_({ success: false, returnValue: null, errors });
  await expect(openCtiHost(api).saveLog({})).rejects.toThrow(reason);
});

test('a console that never answers is not waited for', async () => {
  vi.useFakeTimers();
  const asked = openCtiHost(console_(null).api).ready();
  const told = expect(asked).rejects.toThrow('The console did not answer notifyInitializationComplete.');
  await vi.advanceTimersByTimeAsync(15_000);
  await told;
  vi.useRealTimers();
});

test('a method that the platform lacks is said', async () => {
  await expect(openCtiHost({}).enableClickToDial()).rejects.toThrow('Open CTI has no enableClickToDial.');
});

test.each([
  ['unwrapped', { number: '(206) 555-0142', recordId: '003' }],
  ['wrapped', { returnValue: { number: '(206) 555-0142', recordId: '003' } }],
])('a click arrives %s', (_, payload) => {
  const { api, calls } = console_(null);
  const clicks: Click[] = [];
  openCtiHost(api).onClickToDial((c) => clicks.push(c));
  const listener = calls[0]?.args.listener;
  if (typeof listener === 'function') listener(payload);
  expect(clicks).toEqual([{ number: '(206) 555-0142', details: { number: '(206) 555-0142', recordId: '003' } }]);
});
