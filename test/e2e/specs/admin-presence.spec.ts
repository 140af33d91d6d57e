import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { changed } from '../fixtures/adapter-record.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const begins = 'Desk break begins';
const ends = 'Desk break in Omni-Channel';

/** Opens an address of the adapter's pages as somebody, through the org's sign-in. */
async function opened(sandbox: Sandbox, role: string, address: string): Promise<{ page: Page; errors: string[] }> {
  const page = await sandbox.newPage();
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => {
    const ours = m.location().url.startsWith(sandbox.ready.adapter); // the org's log-in page is another's
    if (m.type() === 'error' && ours && !m.text().includes('401')) errors.push(`${m.text()} (${m.location().url})`);
  });
  await page.goto(`${sandbox.ready.adapter}${address}`);
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  const user = sandbox.user(role);
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  return { page, errors };
}

/** A rule before all others: one side's status has the other become one. */
const rule = (name: string, from: 'Connect' | 'Salesforce', is: string, becomes: string, order: number) => ({
  Name: name,
  Source__c: `${from} Agent State Change`,
  Operand_A__c: `${from} Agent New State`,
  Comparator__c: 'Equal to',
  Operand_B__c: 'Static Value',
  Operand_B_Value__c: is,
  Destination__c: from === 'Connect' ? 'Salesforce Agent State' : 'Connect Agent State',
  Value__c: becomes,
  Order__c: order,
  Active__c: true,
});

/** The org has Omni-Channel with a status, and rules for it, for as long as a test goes on; the sync is on. */
async function withRules(sandbox: Sandbox, then: (crm: CRM) => Promise<void>): Promise<void> {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  await crm.deploy('OmniChannelSettings', 'OmniChannel', '<enableOmniChannel>true</enableOmniChannel>');
  await crm.deploy('ServicePresenceStatus', 'Desk_Break', '<label>Desk break</label>');
  const [record] = await crm.query<{ Id: string }>("SELECT Id FROM AC_CtiAdapter__c WHERE Name = 'ACLightningAdapter'");
  const made: string[] = [];
  try {
    for (const fields of [
      rule(begins, 'Connect', 'Break', 'Desk_Break', -30),
      rule(ends, 'Salesforce', 'Desk_Break', 'Break', -20),
      { ...rule('Desk break, old', 'Connect', 'Break', 'Desk_Break', -10), Active__c: false },
      rule('Desk break, wrong', 'Connect', 'Break', 'No_Such_Status', -5),
    ])
      made.push(await crm.create('AC_PresenceSyncRule__c', { ...fields, CTI_Adapter__c: record?.Id }));
    await changed(sandbox, { Presence_Sync_Enabled__c: true }, () => then(crm));
  } finally {
    for (const id of made) await crm.delete('AC_PresenceSyncRule__c', id);
  }
}

/** The page as it is once the adapter has read the rules again. */
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('an administrator reads the rules, tries a change and a rule, and finds who changed an agent’s status', async ({
  sandbox,
}) => {
  await withRules(sandbox, async () => {
    const amelia = await sandbox.agentAvailable();
    const { page, errors } = await opened(sandbox, 'administrator', '/admin/presence');
    await expect(row(page, begins)).toContainText('Connect Agent New State is Break');
    await expect(row(page, begins)).toContainText('Omni-Channel Desk break (Desk_Break)');
    await expect(row(page, 'Desk break, old')).toContainText('Inactive');
    await expect(row(page, 'Desk break, wrong')).toContainText(
      'Its Value "No_Such_Status" is the developer name of no',
    );
    await expect(page.getByText('The presence sync of ACLightningAdapter is on.')).toBeVisible();
    await expectAccessible(page, 'admin, presence rules');

    await page.getByRole('link', { name: 'Try', exact: true }).click();
    await page.getByLabel('Amazon Connect, from').selectOption('Available');
    await page.getByLabel('Amazon Connect, to').selectOption('Break');
    await page.getByRole('button', { name: 'Try it' }).click();
    const came = page.getByRole('region', { name: 'What would come of it' });
    await expect(came).toContainText(`Omni-Channel would become Desk break (Desk_Break), by the rule ${begins}.`);
    await page.getByRole('button', { name: 'Try a further rule with them' }).click();
    await page.getByLabel('Rule name').fill('Mine');
    await page.getByLabel('Order').fill('-40');
    await page.getByLabel('Operand B value').fill('Break');
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(came).toContainText('Its Value is empty: it has to name a status.');
    await page.getByLabel('Becomes').selectOption('Desk break (Desk_Break)');
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(came).toContainText('by the rule Mine.');
    await expect(came).toContainText('Applies, but Mine comes first');
    await expectAccessible(page, 'admin, presence tried');
    const [form] = await Promise.all([
      page.waitForEvent('popup'),
      came.getByRole('link', { name: /^Save the rule in Salesforce/ }).click(),
    ]);
    await expect(form.getByRole('dialog').getByLabel(/Presence Sync Rule Name/)).toHaveValue('Mine');
    await form.close();

    await amelia.chooseStatus('Break');
    const { connect_username: username } = sandbox.user('agent');
    await page.goto(`${sandbox.ready.adapter}/admin/presence/agents?find=${username}`);
    await expect(page.getByRole('listitem').first()).toContainText('Break');
    await expectAccessible(page, 'admin, agents’ presences');
    await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
    const changes = page.getByRole('region', { name: 'Today' }).getByRole('listitem');
    await expect(changes.filter({ hasText: 'Available → to Break' }).first()).toContainText('Amazon Connect');
    // Set, or refused since the agent may not have it: either way by this rule.
    await expect(changes.filter({ hasText: begins }).first()).toContainText('Omni-Channel');
    await expectAccessible(page, 'admin, one agent’s presence');
    const address = page.url();
    await page.reload();
    await expect(page).toHaveURL(address);
    await expect(changes.filter({ hasText: 'Available → to Break' }).first()).toBeVisible();
    expect(errors).toEqual([]);
    await amelia.chooseStatus('Available');
    await amelia.close();
  });
});

test('an agent sees the own statuses and changes, and nobody else’s', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  const { page } = await opened(sandbox, 'agent', '/admin/calls');
  await page.getByRole('link', { name: 'Presence' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Presence of / })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Now' })).toContainText('Available');
  await expect(page.getByRole('link', { name: 'All agents' })).toBeHidden();
  await page.goto(`${sandbox.ready.adapter}/admin/presence/agents/005000000000999AAA`);
  await expect(page.getByText('There is no such agent, or it is not you.')).toBeVisible();
  await amelia.close();
});

test('at 320 pixels and in the dark presence is all there, and nothing goes over the edge', async ({ sandbox }) => {
  await withRules(sandbox, async () => {
    const amelia = await sandbox.agentAvailable();
    const { page } = await opened(sandbox, 'manager', '/admin/presence');
    await page.setViewportSize({ width: 320, height: 640 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await expect(row(page, begins)).toBeVisible();
    expect(await over()).toBeLessThanOrEqual(0);
    await expectAccessible(page, 'admin, presence rules, narrow and dark');
    await page.getByRole('link', { name: 'Try', exact: true }).click();
    await page.getByRole('button', { name: 'Try a further rule with them' }).click();
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByRole('region', { name: 'What would come of it' })).toBeVisible();
    expect(await over()).toBeLessThanOrEqual(0);
    await expectAccessible(page, 'admin, presence tried, narrow and dark');
    await page.getByRole('link', { name: 'Agents', exact: true }).click();
    await page.getByRole('heading', { level: 2 }).first().getByRole('link').click();
    await expect(page.getByRole('region', { name: 'Now' })).toBeVisible();
    expect(await over()).toBeLessThanOrEqual(0);
    await expectAccessible(page, 'admin, one agent’s presence, narrow and dark');
    await amelia.close();
  });
});
