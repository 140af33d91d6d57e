import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function open(page: Page, item: string): Promise<void> {
  await button(page, 'Show Navigation Menu').click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function view(page: Page, label: string): Promise<void> {
  await button(page, 'Select a List View').click();
  await page.getByRole('menuitemradio', { name: label, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: label, exact: true })).toBeVisible();
}

async function control(page: Page, name: string): Promise<void> {
  await button(page, 'List View Controls').click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

const items = (page: Page) => page.getByRole('dialog').getByRole('listitem');

/** No violation of the accessibility rules, wherever the page stands. */
async function sound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual([]);
}

test('a person adds, moves and removes navigation items, and they are that person’s alone', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  await open(page, 'Edit');
  const dialog = page.getByRole('dialog', { name: 'Edit Service Console App Navigation Items' });
  await dialog.getByRole('button', { name: 'Remove AC CTI Adapters' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await button(page, 'Show Navigation Menu').click();
  await expect(page.getByRole('menuitem', { name: 'Contacts' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'AC CTI Adapters' })).toBeHidden();

  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog.getByRole('button', { name: 'Add More Items' }).click();
  const adding = page.getByRole('dialog', { name: 'Add Items' });
  await expect(adding.getByRole('button', { name: 'Add 0 Nav Items' })).toBeDisabled();
  await adding.getByLabel('Search all items').fill('cti');
  await adding.getByRole('button', { name: 'Add AC CTI Adapters' }).click();
  await adding.getByRole('button', { name: 'Add 1 Nav Item' }).click();
  await expect(items(page).last()).toContainText('AC CTI Adapters');

  const handle = dialog.getByRole('button', { name: 'Reorder AC CTI Adapters' });
  await handle.focus();
  await page.keyboard.press('ArrowUp');
  await expect(handle).toBeFocused();
  await page.keyboard.press('ArrowUp');
  const before = await items(page).count();
  await expect(items(page).nth(before - 3)).toContainText('AC CTI Adapters');
  await items(page).filter({ hasText: 'Cases' }).dragTo(items(page).first());
  await expect(items(page).first()).toContainText('Cases');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.reload();
  await button(page, 'Show Navigation Menu').click();
  await expect(page.getByRole('menuitem').first()).toHaveText('Cases');
  await page.keyboard.press('Escape');

  const amelia = await sandbox.signIn('agent');
  await button(amelia.page, 'Show Navigation Menu').click();
  await expect(amelia.page.getByRole('menuitem').first()).toHaveText('Home');

  await open(page, 'Edit');
  await sound(page);
  await dialog.getByRole('button', { name: 'Reset Navigation to Default' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await button(page, 'Show Navigation Menu').click();
  await expect(page.getByRole('menuitem').first()).toHaveText('Home');
  expect(ada.errors).toEqual([]);
});

test('a list view as one likes it: filter, columns, search, edit in place, delete, undo', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('agent'));
  for (const [LastName, Title] of [
    ['Abara', 'Buyer'],
    ['Brandt', 'Buyer'],
    ['Castillo', 'Owner'],
  ])
    await crm.create('Contact', { LastName, Title, Department: 'Console spec' });
  const amelia = await sandbox.signIn('agent');
  const { page } = amelia;
  await open(page, 'Contacts');
  await view(page, 'All Contacts');
  const dialog = page.getByRole('dialog');
  await button(page, 'Show filters').click();
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await filters.getByRole('button', { name: 'Add Filter' }).click();
  await filters.getByLabel('Field 1').selectOption('Birthdate');
  await filters.getByLabel('Value 1').fill('some day');
  await filters.getByRole('button', { name: 'Save' }).click();
  await expect(filters.getByRole('alert')).toContainText('Enter a date');
  await filters.getByLabel('Field 1').selectOption('Title');
  await filters.getByLabel('Value 1').fill('buyer');
  await filters.getByRole('button', { name: 'Save' }).click();
  const rows = page.getByRole('table', { name: 'Contacts' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  await button(page, 'Hide filters').click();

  await control(page, 'Select Fields to Display');
  await dialog.getByLabel('Available Fields').selectOption('Department');
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('columnheader', { name: /Department/ })).toBeVisible();
  await sound(page);

  await button(page, 'Edit Title: Brandt').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Buyer of silk');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('1 record was saved.')).toBeVisible();
  await expect(rows).toHaveCount(2); // no longer equals buyer
  await page.getByLabel('Search this list').fill('nobody at all');
  await expect(page.getByText('Nothing in this list matches')).toBeVisible();
  await page.getByLabel('Search this list').fill('');

  await page.getByRole('checkbox', { name: /Abara/ }).check();
  await button(page, 'Delete').click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('1 Contact was deleted.')).toBeVisible();
  await expect(page.getByText('There are no records in this list.')).toBeVisible();
  await button(page, 'Undo').click();
  await expect(rows).toHaveCount(2);

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'All Contacts' })).toBeVisible();
  await expect(rows).toHaveCount(2);
  await button(page, 'Show filters').click();
  await filters.getByRole('button', { name: 'Remove All' }).click(); // the next test's agent sees all
  await filters.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('link', { name: 'Castillo', exact: true })).toBeVisible();
  expect(amelia.errors.filter((e) => !e.includes('400 (Bad Request)'))).toEqual([]); // the refused filter
});

test('the adapter record is made with the labels of the guide, and errors keep what was typed', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  await open(page, 'AC CTI Adapters');
  await view(page, 'All');
  await button(page, 'New').click();
  const dialog = page.getByRole('dialog', { name: 'New AC CTI Adapter' });
  await dialog.getByLabel('Amazon Connect Instance Alias').fill('second');
  await dialog.getByLabel('Amazon Connect Instance Region').fill('eu-central-1');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByText('Complete this field.')).toBeVisible();
  await expect(dialog.getByLabel('Amazon Connect Instance Alias')).toHaveValue('second');
  await dialog.getByLabel('CTI Adapter Name').fill('Second');
  await dialog.getByLabel('Call Center Definition Name').fill('SecondCenter');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Second' })).toBeVisible();
  await sound(page);

  await page.getByRole('tabpanel', { name: 'Second' }).getByRole('tab', { name: 'Related' }).click();
  for (const list of ['Attributes', 'Presence Sync Rules', 'CTI Flows', 'Features'])
    await expect(page.getByRole('heading', { name: `${list} (0)` })).toBeVisible();
  await button(page, 'Clone').click();
  await expect(dialog.getByLabel('Amazon Connect Instance Region')).toHaveValue('eu-central-1');
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await button(page, 'Delete').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('AC CTI Adapter "Second" was deleted.')).toBeVisible();
  expect(ada.errors).toEqual([]);
});

test('a record in place: pencil, conflict, subtab, call, task, and a record that is not there', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const account = await crm.create('Account', { Name: 'Dahl Textiles' });
  const id = await crm.create('Contact', { LastName: 'Dahl', Title: 'Owner', AccountId: account });
  const amelia = await sandbox.signIn('agent');
  const { page } = amelia;
  await page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${id}/view`);
  const record = page.getByRole('tabpanel', { name: 'Dahl', exact: true });
  await record.getByRole('button', { name: 'Edit Title' }).click();
  await expect(record.getByLabel('Title', { exact: true })).toBeFocused();
  await record.getByLabel('Title', { exact: true }).fill('Founder');
  await crm.update('Contact', id, { Department: 'Sales' });
  await record.getByRole('button', { name: 'Save' }).click();
  await expect(record.getByRole('alert')).toContainText('was modified by Ada');
  await expect(record.getByLabel('Title', { exact: true })).toHaveValue('Founder');
  await record.getByRole('button', { name: 'Cancel' }).click();
  await button(page, 'Edit').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title', { exact: true }).fill('Founder');
  await dialog.getByLabel('Phone', { exact: true }).fill('2065550149'); // bare digits are kept as people write them
  await dialog.getByLabel('Mobile', { exact: true }).fill('206-555-0143');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(record.getByText('Founder').first()).toBeVisible();
  expect(await crm.query(`SELECT Title, Department, Phone, MobilePhone FROM Contact WHERE Id = '${id}'`)).toMatchObject(
    [{ Title: 'Founder', Department: 'Sales', Phone: '(206) 555-0149', MobilePhone: '206-555-0143' }],
  );

  await record.getByRole('button', { name: 'Log a Call' }).click();
  await expect(dialog.getByLabel('Subject')).toHaveValue('Call');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(record.getByRole('link', { name: 'Call' })).toBeVisible();
  await record.getByRole('button', { name: 'New Task' }).click();
  await dialog.getByLabel('Subject').fill('Send samples');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await record.getByRole('checkbox', { name: 'Complete Send samples' }).check();
  await expect(page.getByText('Task "Send samples" is completed.')).toBeVisible();
  expect(await crm.query(`SELECT Status FROM Task WHERE WhoId = '${id}' AND Subject = 'Send samples'`)).toMatchObject([
    { Status: 'Completed' },
  ]);

  await record.getByRole('link', { name: 'Dahl Textiles' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dahl Textiles' })).toBeVisible();
  const subtab = page.getByRole('tab', { name: 'Dahl Textiles' });
  await expect(subtab).toHaveAttribute('aria-selected', 'true');
  await sound(page);
  const below = page.getByRole('tabpanel', { name: 'Dahl Textiles' });
  await below.getByRole('tab', { name: 'Related' }).click();
  await below.getByRole('article', { name: 'Contacts' }).getByRole('button', { name: 'New' }).click();
  await expect(dialog.getByRole('button', { name: 'Clear Account Name' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await button(page, 'Close Dahl Textiles').click();
  await expect(record).toBeVisible();
  expect(amelia.errors.filter((e) => !e.includes('409 (Conflict)'))).toEqual([]);

  await page.goto(`${sandbox.ready.crm}/lightning/r/Contact/003000000000001AAA/view`);
  await expect(page.getByRole('alert')).toContainText("This record isn't available");
  await page.getByRole('link', { name: 'Go to Home' }).click();
  await expect(page.getByRole('tab', { name: 'Home' })).toBeVisible();

  for (const site of [sandbox.ready.crm, sandbox.ready.visualforce, sandbox.ready.adapter, sandbox.ready.connect]) {
    await page.goto(`${site}/nope`);
    await expect(page.getByRole('heading', { name: 'There is no page here' })).toBeVisible();
  }
});
