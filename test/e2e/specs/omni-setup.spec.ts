import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** Opens a screen by Quick Find. */
async function find(setup: Page, typed: string, screen: string) {
  await setup.getByRole('searchbox', { name: 'Quick Find' }).fill(typed);
  await setup.getByRole('treeitem', { name: screen }).click();
  await expect(setup.getByRole('heading', { level: 1, name: screen })).toBeVisible();
}

async function shown(setup: Page, name: string) {
  await expectAccessible(setup, name);
  await setup.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
}

const save = (setup: Page) => setup.getByRole('button', { name: 'Save' }).first().click();

test('an administrator enables Omni-Channel and gives a presence status', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const setup = ada.page;
  await setup.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);

  await test.step('Omni-Channel is enabled', async () => {
    await find(setup, 'Omni', 'Omni-Channel Settings');
    await setup.getByLabel('Enable Omni-Channel').check();
    await shown(setup, 'Omni-Channel Settings');
    await save(setup);
    await expect(setup.getByText('Omni-Channel was enabled.')).toBeVisible();
  });

  await test.step('a service channel of leads', async () => {
    await find(setup, 'Omni', 'Service Channels');
    await setup.getByRole('button', { name: 'New', exact: true }).click();
    await setup.getByLabel('Service Channel Name').fill('Leads');
    await setup.getByLabel('Developer Name').fill('Night_Leads');
    await setup.getByLabel('Salesforce Object').selectOption('Lead');
    await shown(setup, 'New Service Channel');
    await save(setup);
    await expect(setup.getByRole('table', { name: 'Service Channels' }).getByText('Night_Leads')).toBeVisible();
  });

  await test.step('a presence status that takes them', async () => {
    await find(setup, 'Omni', 'Presence Statuses');
    await setup.getByRole('button', { name: 'New', exact: true }).click();
    await setup.getByLabel('Status Name').fill('Ready at Night');
    await setup.getByLabel('Developer Name').fill('Ready_at_Night');
    await save(setup);
    await expect(setup.getByText('Select at least one service channel')).toBeVisible();
    await setup.getByLabel('Available Channels').selectOption('Leads');
    await setup.getByRole('button', { name: 'Add', exact: true }).click();
    await shown(setup, 'New Presence Status');
    await save(setup);
    const row = setup.getByRole('table', { name: 'Presence Statuses' }).getByRole('row', { name: 'Ready_at_Night' });
    await expect(row).toContainText('Online');
    await shown(setup, 'Presence Statuses');
  });

  await test.step('a channel that a status takes cannot be deleted', async () => {
    await find(setup, 'Omni', 'Service Channels');
    await setup.getByRole('button', { name: 'Delete Leads' }).click();
    const dialog = setup.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(dialog.getByText('Presence Status - Ready at Night.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  });

  await test.step('a permission set lets people choose it', async () => {
    await find(setup, 'Permission', 'Permission Sets');
    await setup.getByRole('button', { name: 'New', exact: true }).click();
    await setup.getByLabel('Label').fill('Night Agents');
    await setup.getByLabel('API Name').fill('Night_Agents');
    await save(setup);
    await setup.getByRole('button', { name: 'Service Presence Statuses Access' }).click();
    await setup.getByRole('button', { name: 'Edit Service Presence Statuses Access' }).click();
    await setup.getByLabel('Available Service Presence Statuses').selectOption('Ready at Night');
    await setup.getByRole('button', { name: 'Add', exact: true }).click();
    await shown(setup, 'Service Presence Statuses Access');
    await setup.getByRole('button', { name: 'Save' }).click();
    await expect(setup.getByRole('listitem').filter({ hasText: 'Ready at Night' })).toBeVisible();
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    expect(
      await crm.query(
        "SELECT MasterLabel FROM ServicePresenceStatus WHERE Id IN (SELECT SetupEntityId FROM SetupEntityAccess WHERE Parent.Name = 'Night_Agents')",
      ),
    ).toMatchObject([{ MasterLabel: 'Ready at Night' }]);
  });
  // the deletion that was refused
  expect(ada.errors.filter((e) => !e.includes('/service-channels/Night_Leads'))).toEqual([]);
});
