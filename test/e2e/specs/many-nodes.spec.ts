import { test as base, expect } from '@playwright/test';
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
