import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, profile, Sandbox, test } from '../fixtures/sandbox.ts';

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

  await test.step('the package brings four sets', async () => {
    for (const name of ['AC_Administrator', 'AC_Agent', 'AC_Integration', 'AC_Manager'])
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

test('a new user sets a password by the mailed link, and a reset takes it away', async ({ sandbox }) => {
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  const shot = (name: string, of = page) => of.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const users = async () => {
    await page.goto(`${sandbox.ready.crm}/lightning/setup/ManageUsers/home`);
    await expect(page.getByRole('table', { name: 'All Users' })).toBeVisible();
  };
  /** The link in the newest message of this subject to somebody. */
  const link = async (subject: RegExp): Promise<string> => {
    await page.goto(`${sandbox.ready.crm}/lightning/setup/SandboxMailbox/home`);
    await page.getByRole('button', { name: subject }).first().click();
    const found = page.getByRole('link', { name: /\?c=/ });
    await expect(found).toBeVisible();
    return (await found.getAttribute('href')) ?? '';
  };

  await test.step('New User, with the user notified', async () => {
    await users();
    await page.getByRole('button', { name: 'New User' }).click();
    await page.getByLabel('First Name').fill('Noor');
    await page.getByLabel('Last Name').fill('Haddad');
    await page.getByLabel('Alias').fill('noor');
    await page.getByLabel('Email').fill('noor@patchcord.example');
    await page.getByLabel('Username').fill('noor@patchcord.example');
    await page.getByLabel('Nickname').fill('noor');
    await page.getByRole('combobox', { name: 'Profile' }).selectOption('Standard User');
    await expect(page.getByRole('checkbox', { name: /Generate new password/ })).toBeChecked();
    await shot('new-user');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect(page.getByText('An email was sent to noor@patchcord.example.')).toBeVisible();
  });

  const first = await link(/Welcome to Salesforce.*Noor Haddad/);
  await shot('mailbox');
  const visitor = await sandbox.browser.newContext(profile);
  const noor = await visitor.newPage();

  await test.step('the link leads to Change Your Password, which has rules', async () => {
    await noor.goto(first);
    await expect(noor.getByRole('heading', { name: 'Change Your Password' })).toBeVisible();
    expect(noor.url()).not.toContain('c=');
    await noor.getByLabel('New Password', { exact: true }).fill('short');
    await noor.getByLabel('Confirm New Password').fill('short');
    await noor.getByRole('button', { name: 'Change Password' }).click();
    await expect(noor.getByRole('alert')).toContainText('at least 8 characters');
    await expectAccessible(noor, 'change your password');
    await shot('change-password', noor);
    await noor.getByLabel('New Password', { exact: true }).fill('riding-home-1');
    await noor.getByLabel('Confirm New Password').fill('riding-home-1');
    await noor.getByLabel('Confirm New Password').press('Enter');
    await expect(noor.getByRole('navigation', { name: 'Service Console' })).toBeVisible();
    await noor.goto(first);
    await expect(noor.getByRole('alert')).toContainText('expired or was already used');
    await shot('link-expired', noor);
  });

  await test.step('Reset Password(s) logs the user out and mails a link', async () => {
    await users();
    await page.getByRole('checkbox', { name: 'Select Noor Haddad' }).check();
    await shot('users');
    await page.getByRole('button', { name: 'Reset Password(s)' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset Password' }).click();
    await expect(page.getByText('was sent to noor@patchcord.example.')).toBeVisible();
    await noor.goto(`${sandbox.ready.crm}/lightning/page/home`);
    await noor.getByLabel('Username').fill('noor@patchcord.example');
    await noor.getByLabel('Password').fill('riding-home-1');
    await noor.getByRole('button', { name: 'Log In' }).click();
    await expect(noor.getByRole('alert')).toContainText('Please check your username and password.');
  });

  await test.step('Forgot Your Password? mails a link too', async () => {
    await shot('login', noor);
    await noor.getByRole('link', { name: 'Forgot Your Password?' }).click();
    await shot('forgot', noor);
    await noor.getByLabel('Username').fill('noor@patchcord.example');
    await noor.getByRole('button', { name: 'Continue' }).click();
    await expect(noor.getByRole('status')).toContainText("We've sent you an email");
    await shot('check-email', noor);
    await noor.goto(await link(/Finish resetting.*Noor Haddad/));
    await noor.getByLabel('New Password', { exact: true }).fill('riding-home-2');
    await noor.getByLabel('Confirm New Password').fill('riding-home-2');
    await noor.getByRole('button', { name: 'Change Password' }).click();
    await expect(noor.getByRole('navigation', { name: 'Service Console' })).toBeVisible();
  });

  await test.step('nobody else reads the mail', async () => {
    const own = await noor.evaluate(async () => (await fetch('/lightning/api/setup/mailbox')).json());
    expect(own).toMatchObject({ all: false });
    expect(JSON.stringify(own)).not.toContain('Install');
  });
  await visitor.close();
  expect(ada.errors).toEqual([]);
});

test('a permission set gives an app and a standard object', async ({ sandbox }) => {
  const { page } = await sandbox.signIn('administrator');
  await page.goto(`${sandbox.ready.crm}/lightning/setup/PermSets/home`);
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByLabel('Label').fill('Front desk');
  await page.getByLabel('API Name').fill('Front_desk');
  await page.getByRole('button', { name: 'Save' }).first().click();

  await test.step('Assigned Apps', async () => {
    await page.getByRole('button', { name: 'Assigned Apps' }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Service Console' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('checkbox', { name: 'Service Console' })).toBeChecked();
    await page.screenshot({ path: test.info().outputPath('assigned-apps.png') });
  });

  await test.step('Object Settings of Contacts, and of Tasks, which have no object permissions', async () => {
    await page.getByRole('button', { name: 'Permission Set Overview' }).click();
    await page.getByRole('button', { name: 'Object Settings' }).click();
    await page.getByRole('button', { name: 'Contacts', exact: true }).click();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Visible' }).check();
    await page.getByRole('checkbox', { name: 'Edit', exact: true }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('table', { name: 'Object Permissions' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('contacts.png') });
    await page.getByRole('button', { name: 'Object Settings' }).click();
    const row = page.getByRole('row', { name: /Contacts/ });
    await expect(row).toContainText('Read, Edit');
    await expect(row).toContainText('Visible');
    await page.getByRole('button', { name: 'Tasks', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Field Permissions' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Object Permissions' })).toBeHidden();
  });

  await test.step('the Metadata API gives it back as it is now', async () => {
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const rows = await crm.query<{ SobjectType: string; PermissionsEdit: boolean }>(
      "SELECT SobjectType, PermissionsEdit FROM ObjectPermissions WHERE Parent.Name = 'Front_desk'",
    );
    expect(rows).toMatchObject([{ SobjectType: 'Contact', PermissionsEdit: true }]);
  });
});

test('who may open no app is told so, and who may read no contact has none', async () => {
  const sandbox = await Sandbox.start([]);
  try {
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const taken = async (object: string, where: string) => {
      const rows = await crm.query<{ Id: string }>(
        `SELECT Id FROM ${object} WHERE Parent.Profile.Name = 'Standard User' AND ${where}`,
      );
      expect(rows).toHaveLength(1);
      for (const { Id } of rows) await crm.delete(object, Id);
    };
    await taken('ObjectPermissions', "SobjectType = 'Contact'");
    const amelia = await sandbox.signIn('agent');
    await amelia.page.getByRole('button', { name: 'Show Navigation Menu' }).click();
    await expect(amelia.page.getByRole('menuitem', { name: 'Cases' })).toBeVisible();
    await expect(amelia.page.getByRole('menuitem', { name: 'Contacts' })).toBeHidden();
    await taken('SetupEntityAccess', "SetupEntityId = 'standard__LightningService'");
    await amelia.page.goto(`${sandbox.ready.crm}/lightning/page/home`);
    await expect(amelia.page.getByRole('alert')).toContainText("You don't have access to any app.");
    await amelia.page.screenshot({ path: test.info().outputPath('no-app.png') });
  } finally {
    await sandbox.stop();
  }
});
