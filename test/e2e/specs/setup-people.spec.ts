import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

test('an administrator gives permission sets in Setup, and the trail tells it', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  await ada.page.getByRole('button', { name: 'Setup' }).click();
  const opened = ada.context.waitForEvent('page');
  await ada.page.getByRole('menuitem', { name: 'Setup' }).click();
  const setup = await opened;
  await expect(setup).toHaveURL(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);

  await test.step('Quick Find filters while typing', async () => {
    const find = setup.getByRole('searchbox', { name: 'Quick Find' });
    await find.fill('no such thing');
    await expect(setup.getByText('No results for "no such thing"')).toBeVisible();
    await find.fill('Permission');
    await find.press('ArrowDown');
    await setup.keyboard.press('ArrowDown');
    await setup.keyboard.press('Enter');
    await expect(setup).toHaveURL(/\/lightning\/setup\/PermSets\/home$/);
  });

  await test.step('the package brings three sets', async () => {
    for (const name of ['AC_Administrator', 'AC_Agent', 'AC_Manager'])
      await expect(setup.getByRole('button', { name, exact: true })).toBeVisible();
  });

  await test.step('Manage Assignments, Add Assignments, Assign', async () => {
    await setup.getByRole('button', { name: 'AC_Agent', exact: true }).click();
    await setup.getByRole('button', { name: 'Manage Assignments' }).click();
    await setup.getByRole('button', { name: 'Add Assignments' }).click();
    await setup.getByRole('checkbox', { name: 'Select Miles Larsen' }).check();
    await setup.getByRole('button', { name: 'Assign', exact: true }).click();
    await expect(
      setup.getByRole('table', { name: 'Users assigned to AC_Agent' }).getByText('Miles Larsen'),
    ).toBeVisible();
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const query = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'AC_Agent' AND Assignee.Username = '${sandbox.user('manager').username}'`;
    expect(await crm.query(query)).toHaveLength(1);

    await setup.getByRole('checkbox', { name: 'Select Miles Larsen' }).check();
    await setup.getByRole('button', { name: 'Remove Assignments' }).click();
    await setup.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect(
      setup.getByRole('table', { name: 'Users assigned to AC_Agent' }).getByText('Miles Larsen'),
    ).toBeHidden();
    expect(await crm.query(query)).toHaveLength(0);
  });

  await test.step('what was wrong is said at the field, what was typed stays', async () => {
    await setup.goto(`${sandbox.ready.crm}/lightning/setup/PermSets/home`);
    await setup.getByRole('button', { name: 'New', exact: true }).click();
    await setup.getByLabel('Label').fill('Night shift');
    await setup.getByLabel('API Name').fill('Night__shift');
    await setup.getByRole('button', { name: 'Save' }).first().click();
    await expect(setup.getByText(/not contain two consecutive underscores/)).toBeVisible();
    await expect(setup.getByLabel('Label')).toHaveValue('Night shift');
    await setup.getByLabel('API Name').fill('Night_shift');
    await setup.getByRole('button', { name: 'Save' }).first().click();
    await expect(setup.getByRole('heading', { name: 'Night shift' })).toBeVisible();
    await setup.getByRole('button', { name: 'Delete' }).click();
    await setup.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(setup.getByRole('button', { name: 'Night shift' })).toBeHidden();
  });

  await test.step('the trail has every change', async () => {
    await setup.getByRole('searchbox', { name: 'Quick Find' }).fill('audit');
    await setup.getByRole('treeitem', { name: 'View Setup Audit Trail' }).click();
    const trail = setup.getByRole('table', { name: 'View Setup Audit Trail' });
    await expect(trail.getByText(/Permission set AC_Agent: assigned to user Miles Larsen/)).toBeVisible();
    await expect(trail.getByText('Deleted permission set Night shift')).toBeVisible();
  });
  expect(ada.errors).toEqual([]);
});

test('the toolkit settings are kept by level', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  await page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
  await page.getByRole('searchbox', { name: 'Quick Find' }).fill('Custom Settings');
  await page.getByRole('treeitem', { name: 'Custom Settings' }).click();
  await page.getByRole('button', { name: 'Manage Toolkit for Amazon Connect' }).click();

  await test.step('New for one user, with a required Url', async () => {
    await page.getByRole('button', { name: 'New for a profile or user' }).click();
    await page.getByLabel('Location').selectOption('User');
    await page.getByRole('combobox', { name: 'User' }).fill('Miles');
    await page.getByRole('option', { name: 'Miles Larsen' }).click();
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect(page.getByText('Error: You must enter a value')).toBeVisible();
    await expect(page.getByText('Miles Larsen')).toBeVisible();
    await page.getByLabel('Url', { exact: false }).last().fill('https://your-instance-alias.awsapps.com');
    await page.getByRole('button', { name: 'Save' }).first().click();
  });

  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const rows = () =>
    crm.query<{ Url__c: string }>('SELECT Url__c FROM AC_Toolkit__c WHERE SetupOwnerId IN (SELECT Id FROM User)');
  await expect(
    page.getByRole('table', { name: 'Toolkit for Amazon Connect data' }).getByText('Miles Larsen'),
  ).toBeVisible();
  expect(await rows()).toMatchObject([{ Url__c: 'https://your-instance-alias.awsapps.com' }]);

  await test.step('delete, after being asked', async () => {
    await page.getByRole('button', { name: 'Delete Miles Larsen' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('button', { name: 'Delete Miles Larsen' })).toBeHidden();
    expect(await rows()).toEqual([]);
  });
});

test('an agent has no Setup', async ({ sandbox }) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/setup/PermSets/home`);
  await expect(amelia.page.getByRole('alert')).toContainText('Insufficient Privileges');
});
