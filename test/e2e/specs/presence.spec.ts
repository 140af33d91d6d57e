import type { Agent } from '../fixtures/agent.ts';
import { CRM } from '../fixtures/crm.ts';
import { choosesInOmni, inBar, omniStatus } from '../fixtures/omni.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** Opens the panel of Omni-Channel, however the agent stands there. */
async function openOmni(agent: Agent): Promise<void> {
  const item = agent.page.getByRole('contentinfo').getByRole('button', { name: /^Omni-Channel/ });
  if ((await item.getAttribute('aria-expanded')) !== 'true') await item.click();
  await expect(omniStatus(agent)).toBeVisible();
}

test('Omni-Channel beside Phone: Lunch in one is Lunch in the other, a call makes the other busy, and back', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();

  await test.step('who signs in to the panel is online in Omni-Channel too', async () => {
    await expect(inBar(amelia, 'Online')).toBeVisible();
  });

  await test.step('Lunch in the panel is Lunch in Omni-Channel', async () => {
    await amelia.chooseStatus('Lunch');
    await expect(inBar(amelia, 'Busy')).toBeVisible();
    await openOmni(amelia);
    await expect(omniStatus(amelia)).toContainText('Lunch');
  });

  await test.step('and an online status there makes the agent available for calls', async () => {
    await choosesInOmni(amelia, 'Available');
    await expect(inBar(amelia, 'Online')).toBeVisible();
    await expect.poll(() => sandbox.statusOf(amelia)).toBe('Available');
  });

  await test.step('a call makes the agent busy in Omni-Channel until the contact is closed', async () => {
    sandbox.call('--from', sandbox.ready.contact.phone);
    await amelia.openSoftphone();
    await amelia.accept();
    await expect(inBar(amelia, 'Busy')).toBeVisible();
    await openOmni(amelia);
    await expect(omniStatus(amelia)).toContainText('On a call');
    await amelia.openSoftphone();
    await amelia.talks();
    await amelia.endAndClear();
    await expect(inBar(amelia, 'Online')).toBeVisible();
  });

  await test.step('a reload changes neither', async () => {
    await amelia.page.reload();
    await amelia.openSoftphone();
    await amelia.seesStatus('Available');
    await expect(inBar(amelia, 'Online')).toBeVisible();
    expect(await sandbox.statusOf(amelia)).toBe('Available');
  });

  await test.step('what is chosen in a second tab holds in both, and is done once', async () => {
    const two = await amelia.secondTab();
    await expect.poll(() => sandbox.pages()).toBe(2);
    await openOmni(two);
    await choosesInOmni(two, /Lunch/);
    await expect(inBar(amelia, 'Busy')).toBeVisible();
    await amelia.seesStatus('Lunch');
    await two.page.close();
  });

  await test.step('who logs out of Omni-Channel takes no calls either', async () => {
    await openOmni(amelia);
    await choosesInOmni(amelia, 'Offline');
    await expect(inBar(amelia, 'Offline')).toBeVisible();
    await expect.poll(() => sandbox.statusOf(amelia)).toBe('Offline');
  });

  await test.step('who changed what, and by which rule, can be read', async () => {
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const [user] = await crm.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Username = '${sandbox.user('agent').username}'`,
    );
    const page = await amelia.context.newPage();
    await page.goto(`${sandbox.ready.adapter}/admin/presence/agents/${user?.Id}`);
    await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
    await expect(page.getByRole('region', { name: 'Now' })).toContainText('The rule Omni-Channel log-out set it.');
    const latest = page.getByRole('listitem').first();
    await expect(latest).toContainText('Amazon Connect');
    await expect(latest).toContainText(/Lunch.*Offline/);
    await expect(page.getByText('The rule Amazon Connect on a call set it.').first()).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('history.png') });
  });
});
