import { test as base, expect } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import type { Agent } from '../fixtures/agent.ts';
import { CRM } from '../fixtures/crm.ts';
import { Nodes } from '../fixtures/nodes.ts';

const test = base.extend<object, { nodes: Nodes }>({
  nodes: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
    async ({}, use) => {
      const nodes = await Nodes.start(3);
      await use(nodes);
      await nodes.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

test('the node of an agent dies while a call rings, another one ends during the call: it pops once, is logged once', async ({
  nodes,
}) => {
  const { sandbox } = nodes;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const logged = async () =>
    (await admin.query("SELECT Id FROM Task WHERE TaskSubtype = 'Call' AND CallObject != null")).length;
  const before = await logged();
  const amelia = await sandbox.agentAvailable();
  await expect.poll(() => nodes.pages()).toBe(1);
  const alerts = amelia.softphone.getByRole('alert');
  const popped = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });

  const first = await nodes.at();
  await first.end('SIGKILL');
  sandbox.call(); // while the page is on its way to another node
  await expect(popped).toHaveCount(1);
  await amelia.accept();
  const second = await nodes.at();
  expect(second.name).not.toBe(first.name);
  await first.start();
  await second.end('SIGTERM'); // an upgrade, in the middle of the call
  await expect.poll(() => nodes.pages()).toBe(1);
  await amelia.endAndClear();
  await expect.poll(logged).toBe(before + 1);
  await second.start();
  await expect(popped).toHaveCount(1);
  await expect(alerts).toHaveCount(0);
  await amelia.page.screenshot({ path: test.info().outputPath('after.png') });
  await amelia.page.context().close(); // the next test's pages are the agent's only ones
});

test('two tabs of an agent are at two nodes: the call pops in the one in front', async ({ nodes }) => {
  const { sandbox } = nodes;
  const amelia = await sandbox.agentAvailable();
  const other = await amelia.secondTab();
  await expect.poll(() => nodes.pages()).toBeGreaterThanOrEqual(2);
  expect(await nodes.busy()).toBeGreaterThanOrEqual(2);
  const record = (tab: Agent) => tab.page.getByRole('tab', { name: sandbox.ready.contact.name });
  for (const [front, back] of [
    [other, amelia],
    [amelia, other],
  ] as const) {
    await front.page.bringToFront();
    await front.softphone.getByRole('status').hover(); // a look at the softphone counts as work
    sandbox.call();
    await expect(record(front)).toHaveCount(1);
    await front.accept();
    await front.endAndClear();
    await expect(record(back)).toHaveCount(0);
    await front.page.getByRole('button', { name: `Close ${sandbox.ready.contact.name}` }).click();
  }
});

test('whichever node an administrator asks, all are shown with what they have in hand', async ({ nodes }) => {
  const { sandbox } = nodes;
  await sandbox.agentAvailable();
  const page = await sandbox.newPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${sandbox.ready.adapter}/admin/health`);
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  const user = sandbox.user('administrator');
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  const shown = page.getByRole('region', { name: 'Nodes' });
  await expect(shown.getByRole('rowheader')).toHaveText([/^node-0/, /^node-1/, /^node-2/]);
  await expect(shown.getByText('Leads', { exact: true })).toHaveCount(1);
  await expect(shown.getByText('This page', { exact: true })).toHaveCount(1);
  await expectAccessible(page, 'admin, health of many nodes');
  await page.screenshot({ path: test.info().outputPath('nodes.png'), fullPage: true });
});
