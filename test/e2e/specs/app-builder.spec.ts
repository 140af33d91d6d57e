import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });
const button = (at: Page | Locator, name: string) => at.getByRole('button', { name, exact: true });

async function quickFind(page: Page, typed: string): Promise<void> {
  await page.getByRole('searchbox', { name: 'Quick Find' }).fill(typed);
}

async function edit(page: Page, app: string): Promise<Locator> {
  await button(page, `Show actions for ${app}`).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  return page.getByRole('region', { name: 'Lightning App Builder' });
}

async function openApp(page: Page, app: string): Promise<void> {
  await button(page, 'App Launcher').click();
  const launcher = page.getByRole('dialog', { name: 'App Launcher' });
  await launcher.getByRole('searchbox', { name: 'Search apps and items' }).fill(app);
  await launcher.getByRole('link', { name: app }).click();
}

/** Marks an option of a list and moves it, from the keyboard alone. */
async function byKeys(list: Locator, option: string, keys: string): Promise<void> {
  await list.selectOption({ label: option });
  await list.press(keys);
}

test('an app gets navigation items, profiles and the softphone, and who sees it works in it', async ({ sandbox }) => {
  test.setTimeout(120_000);
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  await crm.deploy(
    'CustomApplication',
    'Front_Desk',
    '<label>Front Desk</label><navType>Console</navType><tabs>standard-home</tabs><uiType>Lightning</uiType>',
  );
  const ada = await sandbox.signIn('administrator');
  const amelia = await sandbox.signIn('agent');
  const { page } = ada;
  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
  await shot(page, 'apps');
  await expectAccessible(page, 'App Manager');
  const builder = await edit(page, 'Front Desk');

  await test.step('navigation items, from the keyboard alone', async () => {
    await button(builder, 'Navigation Items').click();
    const available = builder.getByLabel('Available Items', { exact: true });
    const selected = builder.getByLabel('Selected Items', { exact: true });
    for (const item of ['Cases', 'Contacts']) await byKeys(available, item, 'Control+ArrowRight');
    await byKeys(selected, 'Contacts', 'Control+ArrowUp');
    await expect(selected.getByRole('option')).toHaveText(['Home', 'Contacts', 'Cases']);
    await selected.press('Control+ArrowDown');
    await expect(selected.getByRole('option')).toHaveText(['Home', 'Cases', 'Contacts']);
    await byKeys(selected, 'Home', 'Control+ArrowLeft');
    await builder.getByLabel('Search available items').fill('lea');
    await expect(available.getByRole('option')).toHaveText(['Leads']);
    await shot(page, 'items');
    await expectAccessible(page, 'Navigation Items');
  });

  await test.step('a profile, and the softphone with a panel that is too narrow at first', async () => {
    await button(builder, 'User Profiles').click();
    await builder.getByLabel('Available Profiles', { exact: true }).selectOption({ label: 'Standard User' });
    await button(builder, 'Add').click();
    await shot(page, 'profiles');
    await button(builder, 'Utility Items (Desktop Only)').click();
    await button(page, 'Add Utility Item').click();
    await button(page, 'Open CTI Softphone').click();
    await builder.getByLabel('Label').fill('Phone');
    await builder.getByLabel('Panel Width').fill('20');
    await button(builder, 'Save').click();
    await expect(builder.getByText(/enter a number of pixels from 200/).first()).toBeVisible();
    await expect(builder.getByLabel('Panel Width')).toHaveValue('20');
    await builder.getByLabel('Panel Width').fill('360');
    await shot(page, 'utility');
    await expectAccessible(page, 'Utility Items');
  });

  await test.step('a second editor is told, and leaves without saving', async () => {
    const other = await ada.context.newPage();
    await other.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
    const second = await edit(other, 'Front Desk');
    await button(second, 'Navigation Items').click();
    await byKeys(second.getByLabel('Available Items', { exact: true }), 'Tasks', 'Control+ArrowRight');
    await button(builder, 'Save').click();
    await expect(page.getByText('Your changes have been saved.')).toBeVisible();
    await button(second, 'Save').click();
    await expect(second.getByText(/modified by another user/)).toBeVisible();
    const kept = second.getByLabel('Selected Items', { exact: true }).getByRole('option');
    await expect(kept).toHaveText(['Home', 'Tasks']);
    await button(second, 'Back').click();
    const unsaved = other.getByRole('dialog', { name: 'Unsaved Changes' });
    await button(unsaved, 'Cancel').click();
    await expect(kept).toHaveText(['Home', 'Tasks']);
    await button(second, 'Back').click();
    await button(unsaved, 'Discard Changes').click();
    await expect(button(other, 'New Connected App')).toBeVisible();
    await other.close();
  });

  await test.step('who sees it opens it; whose profile does not show it is not offered it', async () => {
    await openApp(amelia.page, 'Front Desk');
    await expect(amelia.page.getByRole('navigation', { name: 'Front Desk' })).toBeVisible();
    await button(amelia.page, 'Show Navigation Menu').click();
    await expect(amelia.page.getByRole('menuitem')).toHaveText(['Cases', 'Contacts', 'Edit']);
    await amelia.page.keyboard.press('Escape');
    await expect(amelia.page.getByRole('contentinfo').getByRole('button', { name: 'Phone' })).toBeVisible();
    await shot(amelia.page, 'app');
    await page.goto(`${sandbox.ready.crm}/lightning/page/home`);
    await button(page, 'App Launcher').click();
    const launcher = page.getByRole('dialog', { name: 'App Launcher' });
    await expect(launcher.getByRole('link', { name: 'Service Console' })).toBeVisible();
    await shot(page, 'launcher');
    await expect(launcher.getByRole('link', { name: 'Front Desk' })).toHaveCount(0);
  });

  await openApp(amelia.page, 'Service Console'); // the next test's agent is where an agent begins
  await expect(amelia.page.getByRole('navigation', { name: 'Service Console' })).toBeVisible();
  expect([...ada.errors, ...amelia.errors].filter((e) => !/status of (400|409)/.test(e))).toEqual([]);
});

test('who manages call centers sees their pages in Setup, and not those of apps', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const PermissionSetId = await crm.create('PermissionSet', {
    Name: 'Call_Center_Managers',
    Label: 'Call Center Managers',
    PermissionsViewSetup: true,
    PermissionsManageCallCenters: true,
  });
  const [agent] = await crm.query<{ Id: string }>(
    `SELECT Id FROM User WHERE Username = '${sandbox.user('agent').username}'`,
  );
  const assignment = await crm.create('PermissionSetAssignment', { PermissionSetId, AssigneeId: agent?.Id });
  try {
    await seesCallCentersOnly(sandbox);
  } finally {
    await crm.delete('PermissionSetAssignment', assignment);
    await crm.delete('PermissionSet', PermissionSetId);
  }
});

async function seesCallCentersOnly(sandbox: Sandbox): Promise<void> {
  const { page } = await sandbox.signIn('agent');
  await page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
  await quickFind(page, 'Call Center');
  await expect(page.getByRole('treeitem', { name: 'Call Centers' })).toBeVisible();
  await expect(page.getByRole('treeitem', { name: 'Softphone Layouts' })).toBeVisible();
  await quickFind(page, 'Lightning Apps'); // another word for the App Manager
  await expect(page.getByText('No results for "Lightning Apps"')).toBeVisible();
  await shot(page, 'manager');
  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
  await expect(page.getByRole('heading', { name: 'Insufficient Privileges' })).toBeVisible();
  await page.goto(`${sandbox.ready.crm}/lightning/setup/CallCenters/home`);
  await button(page, 'Continue').or(button(page, 'Import')).first().waitFor();
  await shot(page, 'manager-centers');
}
