// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from './App.tsx';
import { Api } from './api.ts';

// Limits, not waits: a machine that does other work too needs more of them.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

const file = new URL('../../testdata/', `file://${import.meta.dirname}/`);
const example = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, file), 'utf8'));

/** What the adapter answers, by path; `status` other than 200 is a problem of that status, 0 is no answer. */
let answers: Record<string, unknown>;
let status: Record<string, number>;
let posted: string[];
let asked: string[];

const adapter = new Api(async (path, init) => {
  const [name = '', query = ''] = path.replace('/admin/api/', '').split('?');
  asked.push(`${name}?${query}`);
  const code = status[name] ?? 200;
  if (code === 0) throw new TypeError('Failed to fetch');
  if (code !== 200) return new Response(JSON.stringify({ code: 'x', sentence: `Refused: ${code}.` }), { status: code });
  if (init.method === 'POST') {
    posted.push(`${name} ${new Headers(init.headers).get('Patchcord-CSRF')}`);
    return new Response('{"done":true}');
  }
  return new Response(JSON.stringify(answers[name] ?? null));
});

beforeEach(() => {
  const calls = example('calls');
  answers = {
    me: example('me'),
    filters: example('filters'),
    calls: { ...calls, next: undefined },
    'calls/c0ffee00-0000-4000-8000-000000000001': example('call'),
    waiting: example('waiting'),
    health: example('health'),
  };
  status = {};
  posted = [];
  asked = [];
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  localStorage.clear();
});

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<App api={adapter} />);
  return userEvent.setup();
}

const lastAsked = (name: string) => new URLSearchParams(asked.findLast((a) => a.startsWith(`${name}?`))?.split('?')[1]);

test('each call is a link with its sentence, in the times of whoever reads', async () => {
  open('/admin/calls');
  const rows = await screen.findAllByRole('link', { name: /Inbound call/ });
  expect(rows).toHaveLength(5);
  expect(rows[3]?.textContent).toContain('The flow Onboarding pop failed at Retrieve: no access to Case.');
  expect(rows[2]?.textContent).toContain('Number withheld');
  const away = within(rows[4] as HTMLElement).getAllByTitle('2026-03-02 08:20:00 UTC');
  expect(away).toHaveLength(2); // when the call came, and in the sentence
  expect(screen.getByText('5 calls')).toBeDefined();
});

test('the keyboard goes through the calls, opens one and comes back to it', async () => {
  const user = open('/admin/calls');
  const rows = await screen.findAllByRole('link', { name: /Inbound call/ });
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(document.activeElement).toBe(rows[0]);
  await user.keyboard('{Enter}');
  await screen.findByRole('heading', { level: 2, name: 'Contact Maya Lindqvist popped.' });
  expect(window.location.pathname).toBe('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toMatch(/0001$/));
  expect(window.location.pathname).toBe('/admin/calls');
});

test('the key / leads to the filter, unless it was switched off', async () => {
  const user = open('/admin/calls');
  await screen.findAllByRole('link', { name: /Inbound call/ });
  await user.keyboard('/');
  expect(document.activeElement).toBe(screen.getByLabelText('Number'));
  await user.click(screen.getByRole('button', { name: 'Keys' }));
  await user.click(screen.getByLabelText('The key / leads to the filter'));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.keyboard('/');
  expect(document.activeElement).not.toBe(screen.getByLabelText('Number'));
});

test('a filter is in the address and asked for; an address sets it; nothing that fits is told, and cleared', async () => {
  const user = open('/admin/calls?queue=Sales&outcome=failed');
  await waitFor(() => expect(lastAsked('calls').get('queue')).toBe('Sales'));
  expect(screen.getByLabelText<HTMLSelectElement>('Outcome').value).toBe('failed');
  answers.calls = { calls: [] };
  await user.type(screen.getByLabelText('Number'), '+1206');
  await waitFor(() => expect(lastAsked('calls').get('number')).toBe('+1206'));
  expect(window.location.search).toBe('?number=%2B1206&queue=Sales&outcome=failed');
  await user.click(await screen.findByRole('button', { name: 'Clear the filters' }));
  expect(window.location.search).toBe('');
  await screen.findByText('No calls yet');
  expect(screen.getByLabelText<HTMLInputElement>('Number').value).toBe('');
});

test('the trace of a call is copied by a button, and is not there without traces', async () => {
  const user = open('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  await user.click(await screen.findByRole('button', { name: 'Copy trace id' }));
  await screen.findByText('Copied');
  expect(await navigator.clipboard.readText()).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  cleanup();
  const detail = example('call');
  delete detail.legs[0].call.traceId;
  answers['calls/c0ffee00-0000-4000-8000-000000000001'] = detail;
  open('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  await screen.findByRole('heading', { level: 2, name: 'Contact Maya Lindqvist popped.' });
  expect(screen.queryByRole('button', { name: 'Copy trace id' })).toBeNull();
});

test('a step says what a person should know, though it did its work', async () => {
  open('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  const step = (await screen.findByText('2 records have this number: none of them is taken')).closest('summary');
  expect(step?.querySelector('.pc-tone-warn')).not.toBeNull();
  expect(step?.textContent).toContain("1. Caller's number");
});

test('earlier calls are put below', async () => {
  answers.calls = example('calls');
  const user = open('/admin/calls');
  const more = await screen.findByRole('button', { name: 'Show earlier calls' });
  const [first] = example('calls').calls;
  answers.calls = { calls: [{ ...first, contactId: 'earlier' }] };
  await user.click(more);
  await waitFor(() => expect(screen.getAllByRole('link', { name: /Inbound call/ })).toHaveLength(6));
  expect(lastAsked('calls').get('cursor')).toBe('eyJhdCI6MX0');
  expect(screen.queryByRole('button', { name: 'Show earlier calls' })).toBeNull();
});

test('one call: what happened, what came of it, and steps that open; whatever is in a value is text', async () => {
  const user = open('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  await screen.findByRole('heading', { level: 2, name: 'Contact Maya Lindqvist popped.' });
  expect(screen.getByText('<b>en</b>')).toBeDefined();
  expect(screen.getByRole('link', { name: /^Contact Maya Lindqvist/ }).getAttribute('href')).toMatch(
    /003000000000001AAA$/,
  );
  const run = screen.getByRole('region', { name: 'Voice Contact onConnecting, Completed' });
  expect(within(run).queryByText(/"searchParams"/)).toBeNull();
  await user.click(within(run).getByText('2. Pop'));
  await within(run).findByText(/"searchParams": "2065550142"/);
  expect(within(run).getByText('(cut: it has 70.0 kB in whole)')).toBeDefined();
});

test('steps that the call had no room for are asked for', async () => {
  const call = example('call');
  const [step] = call.legs[0].runs[0].steps;
  call.legs[0].runs[0].stepsTotal = 3;
  answers['calls/c0ffee00-0000-4000-8000-000000000001'] = call;
  answers['runs/7/steps'] = { steps: [{ ...step, number: 3, title: 'Third' }], total: 3 };
  const user = open('/admin/calls/c0ffee00-0000-4000-8000-000000000001');
  await user.click(await screen.findByRole('button', { name: 'Show more steps (2 of 3 shown)' }));
  await screen.findByText('3. Third');
  expect(lastAsked('runs/7/steps').get('from')).toBe('3');
});

test('what waits is tried again at once; it is dropped only after a question', async () => {
  const user = open('/admin/waiting');
  await user.click(await screen.findByRole('button', { name: 'Try again now: Call log (Task), run 12' }));
  await screen.findByText('Call log (Task) is tried again.');
  await user.click(screen.getByRole('button', { name: 'Drop…: Call log (Task), run 12' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel' }));
  expect(posted).toEqual(['runs/12/retry nEverTheSameTwice']);
  await user.click(screen.getByRole('button', { name: 'Drop…: Call log (Task), run 12' }));
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Drop for good' }));
  await screen.findByText('Call log (Task) was dropped: it is not tried again.');
  expect(posted).toEqual(['runs/12/retry nEverTheSameTwice', 'runs/12/drop nEverTheSameTwice']);
});

test('what was refused is said', async () => {
  status['runs/12/retry'] = 409;
  const user = open('/admin/waiting');
  await user.click(await screen.findByRole('button', { name: 'Try again now: Call log (Task), run 12' }));
  await screen.findByText('Refused: 409.');
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(screen.queryByText('Refused: 409.')).toBeNull();
});

test('nothing waits', async () => {
  answers.waiting = { groups: [], runs: [] };
  open('/admin/waiting?status=givenUp');
  await screen.findByText('Nothing was given up');
  expect(lastAsked('waiting').get('status')).toBe('givenUp');
});

test('health: figures, problems of a record, and a binding that is released after a question', async () => {
  const user = open('/admin/health');
  await screen.findByText('The CTI Flow Onboarding pop was left out: it has no start.');
  expect(screen.getByText('2 pages')).toBeDefined();
  expect(screen.getByText('41.9 MB')).toBeDefined();
  expect(screen.queryByText('Nothing needs you.')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Release the binding of Ben Lee…' }));
  expect(posted).toEqual([]);
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Release' }));
  await screen.findByText('The binding of Ben Lee was released.');
  expect(posted).toEqual(['bindings/005000000000002AAA/release nEverTheSameTwice']);
});

test('health of many nodes: what each has in hand, who leads, who is silent; nothing of it for one alone', async () => {
  answers.health = example('nodes');
  open('/admin/health');
  const nodes = within(await screen.findByRole('region', { name: 'Nodes' }));
  const rows = nodes.getAllByRole('row').slice(1);
  expect(rows.map((row) => within(row).getByRole('rowheader').textContent?.trim())).toEqual([
    'adapter-1:8082 Leads',
    'adapter-2:8082  This page',
    'adapter-3:8082',
  ]);
  expect(rows.map((row) => within(row).queryByText('Silent') !== null)).toEqual([false, false, true]);
  cleanup();
  answers.health = example('health');
  open('/admin/health');
  await screen.findByRole('region', { name: 'Agents' });
  expect(screen.queryByRole('region', { name: 'Nodes' })).toBeNull();
});

test('an agent sees own calls, and neither what waits nor health', async () => {
  answers.me = { ...example('me'), sees: 'own' };
  open('/admin/health');
  await screen.findByText('This is for administrators and managers.');
  expect(screen.queryByRole('link', { name: 'Health' })).toBeNull();
  expect(asked.some((a) => a.startsWith('health'))).toBe(false);
});

test('nobody is signed in: a link leads to the sign-in, and back to where one was', async () => {
  status.me = 401;
  open('/admin/calls?queue=Sales');
  const link = await screen.findByRole('link', { name: 'Sign in with Salesforce' });
  expect(link.getAttribute('href')).toBe('/admin/sign-in?back=%2Fadmin%2Fcalls%3Fqueue%3DSales');
});

test('the adapter goes away and comes back while the page is open; then the right is lost', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  open('/admin/calls');
  await screen.findAllByRole('link', { name: /Inbound call/ });
  status.calls = 0;
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await screen.findByRole('alert')).textContent).toContain('The adapter does not answer.');
  expect(screen.getAllByRole('link', { name: /Inbound call/ })).toHaveLength(5);
  status.calls = 200;
  await vi.advanceTimersByTimeAsync(5_000);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  status.calls = 403;
  status.me = 403;
  await vi.advanceTimersByTimeAsync(5_000);
  await screen.findByText('Refused: 403.');
  expect(screen.queryAllByRole('link', { name: /Inbound call/ })).toHaveLength(0);
});

test('a page that nobody sees asks nothing; it asks at once when it is seen again', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(false);
  open('/admin/calls');
  await screen.findAllByRole('link', { name: /Inbound call/ });
  hidden.mockReturnValue(true);
  await vi.advanceTimersByTimeAsync(6_000);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(asked.length).toBe(before);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
  hidden.mockRestore();
});
