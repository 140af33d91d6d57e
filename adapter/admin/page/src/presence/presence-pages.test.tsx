// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { cleanup, configure, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../App.tsx';
import { Api } from '../api.ts';

// Limits, not waits: a machine that does other work too needs more of them.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

const file = new URL('../../../testdata/', `file://${import.meta.dirname}/`);
const example = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, file), 'utf8'));
const ben = '005000000000002AAA';

let answers: Record<string, unknown>;
let posted: { name: string; body: unknown; csrf: string | null }[];
let asked: string[];

const adapter = new Api(async (path, init) => {
  const [name = '', query = ''] = path.replace('/admin/api/', '').split('?');
  asked.push(`${name}?${query}`);
  if (init.method === 'POST')
    posted.push({
      name,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      csrf: new Headers(init.headers).get('Patchcord-CSRF'),
    });
  return new Response(JSON.stringify(answers[name] ?? null));
});

beforeEach(() => {
  answers = {
    me: example('me'),
    presence: example('presence'),
    'presence/try': example('presence-tried'),
    'presence/agents': { ...example('presence-agents'), next: '', total: 2 },
    [`presence/agents/${ben}`]: { ...example('presence-history'), next: '' },
    [`presence/agents/${ben}/start`]: { done: true },
  };
  posted = [];
  asked = [];
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
});

afterEach(cleanup);

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<App api={adapter} />);
  return userEvent.setup();
}

test('rules: a row each in their order, with what is wrong, whether the sync is on, and loops with their way', async () => {
  open('/admin/presence');
  const table = await screen.findByRole('table');
  const rows = within(table).getAllByRole('row').slice(1);
  expect(rows.map((r) => within(r).getByRole('rowheader').textContent?.trim())).toEqual([
    'Lunch begins (opens in a new tab)',
    'Lunch in Omni-Channel (opens in a new tab)',
    'Full desk (opens in a new tab) Inactive',
    expect.stringMatching(
      /^On the phone .*Does nothingIts Value "On_Call" is the developer name of no presence status/,
    ),
  ]);
  expect(rows[0]?.textContent).toContain('Connect Agent New State is Lunch');
  expect(rows[0]?.textContent).toContain('Omni-Channel At lunch (Meal)');
  expect(rows[2]?.textContent).toContain('Any of: Salesforce New Workload Pct is at least 100 or');
  expect(screen.getByText('The presence sync of Patchcord is on.')).toBeDefined();
  expect(screen.getByRole('link', { name: /^New rule/ }).getAttribute('href')).toMatch(/AC_PresenceSyncRule__c\/new/);
  const circle = screen.getByText('These rules lead in a circle.').parentElement;
  expect(circle?.textContent).toContain('And from Amazon Connect Lunch on again, without an end.');
  expect(circle?.textContent).toContain('Omni follows');
  expect(screen.getByText('These rules would take back what somebody chose.')).toBeDefined();
});

test('nothing to show says what to do: no record in use, no rule, the sync off, no Omni-Channel', async () => {
  const rules = example('presence');
  answers.presence = { ...rules, records: [], record: undefined, rules: [], loops: [], undone: [] };
  open('/admin/presence');
  await screen.findByText('No adapter record is in use yet.');
  cleanup();
  answers.presence = {
    ...rules,
    rules: [],
    loops: [],
    undone: [],
    noOmni: true,
    record: { ...rules.record, on: false },
  };
  open('/admin/presence');
  await screen.findByText('No rule yet');
  expect(screen.getByText('The presence sync of Patchcord is off: no rule is carried out.')).toBeDefined();
  expect(screen.getByText(/tick Presence Sync Enabled/)).toBeDefined();
  expect(screen.getByText('Omni-Channel is not enabled in this org.')).toBeDefined();
});

test('of several adapter records one is chosen, and the address says which', async () => {
  const rules = example('presence');
  answers.presence = { ...rules, records: [rules.record, { ...rules.record, id: 'a02', name: 'Second' }] };
  const user = open('/admin/presence');
  await user.selectOptions(await screen.findByLabelText('Adapter record'), 'Second (ACLightningAdapter)');
  await waitFor(() => expect(asked).toContain('presence?record=a02'));
  expect(window.location.search).toBe('?record=a02');
});

test('a change is tried: each rule, what would be set, and the whole way; another status is typed', async () => {
  const user = open('/admin/presence/try');
  await user.selectOptions(await screen.findByLabelText('Amazon Connect, from'), 'Available');
  await user.selectOptions(screen.getByLabelText('Amazon Connect, to'), 'Lunch');
  await user.selectOptions(screen.getByLabelText('Omni-Channel is then'), 'Another…');
  await user.type(screen.getByLabelText('Omni-Channel is then: developer name'), 'Training');
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  const came = await screen.findByRole('region', { name: 'What would come of it' });
  expect(posted).toEqual([
    {
      name: 'presence/try',
      csrf: 'nEverTheSameTwice',
      body: {
        record: 'a01000000000001AAA',
        source: 'Connect Agent State Change',
        standing: { centre: 'Lunch', centreWas: 'Available', org: 'Training' },
      },
    },
  ]);
  expect(within(came).getByText('Omni-Channel would become At lunch (Meal), by the rule Lunch begins.')).toBeDefined();
  expect(within(came).getByText('Applies, but Lunch begins comes first')).toBeDefined();
  expect(within(came).getByText('Does not apply')).toBeDefined();
});

test('a draft is tried with the rules: what is wrong with it is said, else it leads to the form of the org', async () => {
  const user = open('/admin/presence/try');
  await user.click(await screen.findByRole('button', { name: 'Try a further rule with them' }));
  await user.type(screen.getByLabelText('Rule name'), 'Mine');
  await user.type(screen.getByLabelText('Operand B value'), 'Lunch');
  await user.click(screen.getByRole('button', { name: 'Add a criterion' }));
  await user.selectOptions(screen.getByLabelText('Applies if'), 'any criterion holds');
  await user.selectOptions(screen.getByLabelText('Becomes'), 'At lunch (Meal)');
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  await screen.findByRole('link', { name: /^Save the rule in Salesforce/ });
  expect(posted[0]?.body).toMatchObject({ draft: { name: 'Mine', any: true, destination: 'org', value: 'Meal' } });
  answers['presence/try'] = {
    ...example('presence-tried'),
    problems: ['its Value is empty: it has to name a status.'],
  };
  await user.click(screen.getByRole('button', { name: 'Remove Criterion 2' }));
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  await screen.findByText('Its Value is empty: it has to name a status.');
  expect(screen.queryByRole('link', { name: /^Save the rule/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Try without it' }));
  await user.click(screen.getByRole('button', { name: 'Try it' }));
  await waitFor(() => expect(posted).toHaveLength(3));
  expect(posted[2]?.body).not.toHaveProperty('draft');
});

test('Amazon Connect cannot be set to what it alone gives', async () => {
  const user = open('/admin/presence/try');
  await user.click(await screen.findByRole('button', { name: 'Try a further rule with them' }));
  await user.selectOptions(screen.getByLabelText('Destination'), 'Amazon Connect');
  const words = within(screen.getByLabelText('Becomes'))
    .getAllByRole('option')
    .map((o) => o.textContent);
  expect(words).toContain('Lunch');
  expect(words).not.toContain('Busy');
});

test('agents: who needs somebody comes first, and a stopped sync is started after a question', async () => {
  const user = open('/admin/presence/agents');
  const names = (await screen.findAllByRole('heading', { level: 2 })).map((h) => h.textContent);
  expect(names).toEqual(['Ben Lee', 'Amelia Okafor']);
  expect(screen.getByText('2 agents; 1 needs you, and come first.')).toBeDefined();
  expect(screen.getByText(/Omni-Channel should be At lunch by the rule Lunch begins, and is Online\./)).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Start the presence sync of Ben Lee again…' }));
  expect(posted).toEqual([]);
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Start again' }));
  await screen.findByText('The presence sync of Ben Lee goes on.');
  expect(posted).toEqual([{ name: `presence/agents/${ben}/start`, body: undefined, csrf: 'nEverTheSameTwice' }]);
});

test('an agent is found by a part of the name, and more are shown below', async () => {
  answers['presence/agents'] = example('presence-agents');
  const user = open('/admin/presence/agents');
  answers['presence/agents'] = example('presence-agents');
  await screen.findByText(/^2 of 3 agents/);
  await user.click(screen.getByRole('button', { name: 'Show more agents' }));
  await waitFor(() => expect(asked.some((a) => a.includes('cursor=eyJjIjoxfQ'))).toBe(true));
  await user.type(screen.getByLabelText('Name or user name'), 'ben');
  await waitFor(() => expect(asked.some((a) => a.includes('find=ben'))).toBe(true));
  expect(window.location.search).toBe('?find=ben');
});

test('the history of an agent says who made each change, in the times of whoever reads', async () => {
  open(`/admin/presence/agents/${ben}`);
  await screen.findByRole('heading', { level: 1, name: 'Presence of Ben Lee' });
  const rows = screen.getAllByRole('listitem').map((li) => li.textContent);
  expect(rows[0]).toContain('Sync stopped');
  expect(rows[1]).toContain('It should have become At lunch by the rule Lunch begins, and did not.');
  expect(rows[2]).toContain('Available → to Lunch');
  expect(rows[3]).toContain('At lunch (Meal) → to Online');
  expect(rows[3]).toContain('The rule Available set it.');
  expect(screen.getAllByTitle('2026-03-02 08:59:00 UTC').length).toBeGreaterThan(0);
});

test('an agent sees the own history only, and cannot start a sync', async () => {
  answers.me = { ...example('me'), sees: 'own', userId: ben };
  open('/admin/presence');
  await screen.findByRole('heading', { level: 1, name: 'Presence of Ben Lee' });
  expect(screen.queryByRole('button', { name: /^Start the presence sync/ })).toBeNull();
  expect(screen.queryByRole('link', { name: 'All agents' })).toBeNull();
  expect(screen.getByRole('link', { name: 'Presence' }).getAttribute('href')).toBe(`/admin/presence/agents/${ben}`);
  expect(asked.some((a) => a.startsWith('presence?'))).toBe(false);
});

test('whatever a rule or a status is called is text', async () => {
  const script = '<img src=x onerror=alert(1)>';
  const rules = example('presence');
  rules.rules[0].name = script;
  rules.rules[0].url = 'javascript:alert(1)';
  answers.presence = rules;
  open('/admin/presence');
  const name = await screen.findByText(script);
  expect(name.closest('a')).toBeNull();
  expect(document.querySelector('img')).toBeNull();
});
