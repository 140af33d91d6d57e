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

/** An image of one red pixel. */
const kite = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** Marks an option of a list and moves it, from the keyboard alone. */
async function byKeys(list: Locator, option: string, keys: string): Promise<void> {
  await list.selectOption({ label: option });
  await list.press(keys);
}

test('a new app: made by the wizard, used, changed and deleted', async ({ sandbox }) => {
  test.setTimeout(120_000);
  const ada = await sandbox.signIn('administrator');
  const amelia = await sandbox.signIn('agent');
  const { page } = ada;
  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);

  await test.step('the wizard, step by step', async () => {
    await button(page, 'New Lightning App').click();
    const wizard = page.getByRole('dialog', { name: 'New Lightning App' });
    await button(wizard, 'Next').click();
    await expect(wizard.getByText('Enter a name for the app.')).toBeVisible();
    await wizard.getByLabel('App Name').pressSequentially('Front Desk');
    await expect(wizard.getByLabel('Developer Name')).toHaveValue('Front_Desk');
    await wizard.getByLabel('Description').fill('For who answers the door');
    await wizard.getByLabel('Primary Color Hex Value').fill('#BA0517');
    await shot(page, 'wizard-details');
    await expectAccessible(page, 'wizard');
    await button(wizard, 'Next').click();
    await wizard.getByRole('radio', { name: 'Standard navigation' }).check({ force: true });
    await wizard.getByRole('radio', { name: 'Desktop', exact: true }).check({ force: true });
    await shot(page, 'wizard-options');
    await button(wizard, 'Next').click();
    await button(wizard, 'Next').click();
    await expect(wizard.getByRole('heading', { name: 'Navigation Items' })).toBeFocused();
    const available = wizard.getByLabel('Available Items', { exact: true });
    const selected = wizard.getByLabel('Selected Items', { exact: true });
    for (const item of ['Cases', 'Contacts', 'Home']) await byKeys(available, item, 'Control+ArrowRight');
    await byKeys(selected, 'Contacts', 'Control+ArrowUp');
    await expect(selected.getByRole('option')).toHaveText(['Contacts', 'Cases', 'Home']);
    await selected.press('Control+ArrowDown');
    await expect(selected.getByRole('option')).toHaveText(['Cases', 'Contacts', 'Home']);
    await byKeys(selected, 'Home', 'Control+ArrowLeft');
    await wizard.getByLabel('Search available items').fill('lea');
    await expect(available.getByRole('option')).toHaveText(['Leads']);
    await shot(page, 'wizard-items');
    await button(wizard, 'Next').click();
    await wizard.getByLabel('Available Profiles', { exact: true }).selectOption({ label: 'Standard User' });
    await button(wizard, 'Add').click();
    await shot(page, 'wizard-profiles');
    await button(wizard, 'Save & Finish').click();
    await expect(wizard).toBeHidden();
    await expect(page.getByRole('cell', { name: 'Front_Desk' })).toBeVisible();
    await shot(page, 'apps');
    await expectAccessible(page, 'App Manager');
  });

  await test.step('who sees it opens it: standard navigation with temporary tabs', async () => {
    await openApp(amelia.page, 'Front Desk');
    const items = amelia.page.getByRole('list', { name: 'Navigation items' });
    await expect(items.getByRole('link')).toHaveText(['Cases', 'Contacts']);
    await items.getByRole('link', { name: 'Contacts' }).click();
    await expect(button(amelia.page, 'Select a List View')).toBeVisible();
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('agent'));
    const { name } = sandbox.ready.contact;
    const [maya] = await crm.query<{ Id: string }>(`SELECT Id FROM Contact WHERE Name = '${name}'`);
    await amelia.page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${maya?.Id}/view`);
    await expect(amelia.page).toHaveTitle(`${name} | Front Desk`);
    await expect(items.getByRole('link', { name: 'Contacts' })).toHaveAttribute('aria-current', 'page');
    await shot(amelia.page, 'standard-record');
    await button(amelia.page, 'App Launcher').click();
    await button(amelia.page.getByRole('dialog', { name: 'App Launcher' }), 'Leads').click();
    await expect(items.getByRole('link', { name: '* Leads' })).toHaveAttribute('aria-current', 'page');
    await shot(amelia.page, 'standard');
    await expectAccessible(amelia.page, 'standard navigation');
    await button(items, 'Close Leads').click();
    await expect(items.getByRole('link')).toHaveText(['Cases', 'Contacts']);

    await page.goto(`${sandbox.ready.crm}/lightning/page/home`); // Ada's profile does not show it
    await button(page, 'App Launcher').click();
    const launcher = page.getByRole('dialog', { name: 'App Launcher' });
    await expect(launcher.getByRole('link', { name: 'Service Console' })).toBeVisible();
    await shot(page, 'launcher');
    await expect(launcher.getByRole('link', { name: 'Front Desk' })).toHaveCount(0);
  });

  await test.step('neither personal navigation nor temporary tabs, where the app forbids them', async () => {
    await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
    const builder = await edit(page, 'Front Desk');
    await button(builder, 'App Options').click();
    await builder.getByText('Disable end user personalization of nav items in this app').click();
    await builder.getByText('Disable temporary tabs for items outside of this app').click();
    await button(builder, 'Save').click();
    await expect(page.getByText('Your changes have been saved.')).toBeVisible();
    await shot(page, 'options');
    await expectAccessible(page, 'App Options');
    await button(builder, 'Back').click();

    await expect(button(amelia.page, 'Personalize your nav bar')).toBeVisible();
    await amelia.page.reload();
    const items = amelia.page.getByRole('list', { name: 'Navigation items' });
    await expect(items).toBeVisible();
    await expect(button(amelia.page, 'Personalize your nav bar')).toHaveCount(0);
    await button(amelia.page, 'App Launcher').click();
    await button(amelia.page.getByRole('dialog', { name: 'App Launcher' }), 'Leads').click();
    await expect(button(amelia.page, 'Select a List View')).toBeVisible();
    await expect(items.getByRole('link')).toHaveText(['Cases', 'Contacts']);
  });

  await test.step('delete it, after being asked', async () => {
    await button(page, 'Show actions for Front Desk').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const asked = page.getByRole('dialog', { name: 'Delete App' });
    await shot(page, 'delete');
    await button(asked, 'Cancel').click();
    await expect(page.getByRole('cell', { name: 'Front_Desk' })).toBeVisible();
    await button(page, 'Show actions for Front Desk').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await button(asked, 'Delete').click();
    await expect(page.getByRole('cell', { name: 'Front_Desk' })).toHaveCount(0);
    await button(page, 'Show actions for Service Console').click();
    await expect(page.getByRole('menuitem')).toHaveText(['Edit']);
    await amelia.page.reload();
    await expect(button(amelia.page, 'Show Navigation Menu')).toBeVisible(); // the console again
  });
  expect([...ada.errors, ...amelia.errors]).toEqual([]);
});

test('the utility bar is mirrored; what was typed survives a refusal; a second editor is told', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
  const builder = await edit(page, 'Service Console');
  await expect(builder.getByLabel('Developer Name')).toHaveAttribute('readonly', '');
  await builder.getByLabel('Primary Color Hex Value').fill('blue');
  await button(builder, 'Save').click();
  await expect(builder.getByText(/enter # and six hexadecimal digits/).first()).toBeVisible();
  await expect(builder.getByLabel('Primary Color Hex Value')).toHaveValue('blue');
  await shot(page, 'details');
  await builder.getByLabel('Primary Color Hex Value').fill('');
  await builder.getByLabel('Upload').setInputFiles({ name: 'kite.txt', mimeType: 'text/plain', buffer: kite });
  await expect(builder.getByText('Choose a JPG, PNG, BMP, or GIF file.')).toBeVisible();
  await builder.getByLabel('Upload').setInputFiles({ name: 'kite.png', mimeType: 'image/png', buffer: kite });
  await expect(builder.getByText('kite.png')).toBeVisible();
  await expect(builder.locator('.pc-tile-mark img')).toBeVisible();
  await shot(page, 'image');
  await button(builder, 'Utility Items (Desktop Only)').click();
  await builder.getByLabel('Utility Bar Alignment').selectOption('mirrored');
  await expectAccessible(page, 'Utility Items');

  const other = await ada.context.newPage();
  await other.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
  const second = await edit(other, 'Service Console');
  await button(second, 'App Details & Branding').click();
  await second.getByLabel('Description').fill('Second thoughts');
  await button(builder, 'Save').click();
  await expect(page.getByText('Your changes have been saved.')).toBeVisible();
  await button(second, 'Save').click();
  await expect(second.getByText(/modified by another user/)).toBeVisible();
  await expect(second.getByLabel('Description')).toHaveValue('Second thoughts');
  await button(second, 'Back').click();
  const unsaved = other.getByRole('dialog', { name: 'Unsaved Changes' });
  await button(unsaved, 'Cancel').click();
  await expect(second.getByLabel('Description')).toHaveValue('Second thoughts');
  await button(second, 'Back').click();
  await button(unsaved, 'Discard Changes').click();
  await expect(button(other, 'New Lightning App')).toBeVisible();
  await other.close();

  await page.goto(`${sandbox.ready.crm}/lightning/page/home`);
  const phone = page.getByRole('contentinfo').getByRole('button', { name: 'Phone' });
  const box = await phone.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(1270);
  await phone.click();
  const panel = await page.locator('#softphone-panel').boundingBox();
  expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeGreaterThan(1260);
  await expect
    .poll(() => page.locator('header img').evaluate((i) => (i instanceof HTMLImageElement ? i.naturalWidth : 0)))
    .toBe(1);
  await shot(page, 'mirrored');
  await expectAccessible(page, 'mirrored console');

  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`); // the console is everybody's: as it was
  await edit(page, 'Service Console');
  await button(builder, 'Clear Image').click();
  await button(builder, 'Utility Items (Desktop Only)').click();
  await builder.getByLabel('Utility Bar Alignment').selectOption('default');
  await button(builder, 'Save').click();
  await expect(page.getByText('Your changes have been saved.')).toBeVisible();
  expect(ada.errors.filter((e) => !/status of (400|409)/.test(e))).toEqual([]);
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

  await page.goto(`${sandbox.ready.crm}/lightning/setup/CallCenters/home?setupApp=service`);
  await expect(page.getByRole('navigation', { name: 'Setup', exact: true })).toContainText('Service Setup');
  await expect(page.getByRole('region', { name: 'Administration' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Settings' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Setup', exact: true })).toContainText('Service Setup');
  await shot(page, 'service-setup');
}
