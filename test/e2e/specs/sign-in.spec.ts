import { Agent } from '../fixtures/agent.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

test.describe('the console', () => {
  test('says what was wrong with a password, keeps the user name, and lets the person try again', async ({
    sandbox,
  }) => {
    const user = sandbox.user('agent');
    const page = await sandbox.newPage();
    await page.goto(sandbox.ready.crm);
    await page.getByLabel('Username').fill(user.username);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Log In' }).click();
    await expect(page.getByRole('alert')).toContainText('Please check your username and password.');
    await expect(page.getByLabel('Username')).toHaveValue(user.username);
    await expect(page.getByLabel('Password')).toHaveValue('');
    await page.getByLabel('Password').fill(user.password);
    await page.getByLabel('Password').press('Enter');
    await expect(page.getByRole('banner')).toBeVisible();
  });

  test('locks a user out after ten wrong passwords, and says so', async () => {
    const sandbox = await Sandbox.start(); // its own: the lock outlives the test
    try {
      const page = await sandbox.newPage();
      const enter = async (password: string) => {
        await page.getByLabel('Username').fill(sandbox.user('agent').username);
        await page.getByLabel('Password').fill(password);
        const answered = page.waitForResponse((r) => r.request().method() === 'POST');
        await page.getByRole('button', { name: 'Log In' }).click();
        await answered;
      };
      await page.goto(sandbox.ready.crm);
      for (let attempt = 0; attempt < 10; attempt++) await enter(`wrong ${attempt}`);
      await enter(sandbox.user('agent').password);
      await expect(page.getByRole('alert')).toContainText('locked');
    } finally {
      await sandbox.stop();
    }
  });
});

test.describe('the contact centre', () => {
  test('a wrong password in the sign-in window is told there, and the right one ends it', async ({ sandbox }) => {
    const amelia = await sandbox.signIn('agent');
    const popup = await amelia.startSignIn();
    await popup.getByLabel('Username').fill(amelia.user.connect_username);
    await popup.getByLabel('Password').fill('wrong');
    await popup.getByRole('button', { name: 'Sign In' }).click();
    await expect(popup.getByRole('alert')).toBeVisible();
    await popup.getByLabel('Password').fill(amelia.user.connect_password);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Sign In' }).click();
    await closed;
    await expect(amelia.ccp.getByRole('button', { name: 'Change status' })).toBeVisible();
  });

  test('a window that was closed half-way leaves the button, with a word on why', async ({ sandbox }) => {
    const amelia = await sandbox.signIn('agent');
    const popup = await amelia.startSignIn();
    await popup.close();
    await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
    await expect(amelia.softphone.getByRole('alert')).toBeVisible();
  });

  test('an origin that is not approved is named, with where to approve it', async ({ sandbox }) => {
    const visualforce = sandbox.ready.visualforce;
    await sandbox.disapprove(visualforce);
    try {
      const amelia = await sandbox.signIn('agent');
      const popup = await amelia.startSignIn();
      await popup.getByLabel('Username').fill(amelia.user.connect_username);
      await popup.getByLabel('Password').fill(amelia.user.connect_password);
      await popup.getByRole('button', { name: 'Sign In' }).click();
      const said = amelia.softphone.getByRole('alert').filter({ hasText: 'refused' });
      await expect(said).toContainText(visualforce, { timeout: 8_000 });
      await expect(said).toContainText('Application integration');
    } finally {
      await sandbox.approve(visualforce);
    }
  });
});

test('who has none of the permission sets is told so by the platform, and cannot sign in', async ({ sandbox }) => {
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const user = sandbox.user('manager');
  const assigned = await admin.query<{ Id: string; AssigneeId: string; PermissionSetId: string }>(
    `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = '${user.username}' AND PermissionSet.Name = 'AC_Manager'`,
  );
  expect(assigned).toHaveLength(1);
  for (const a of assigned) await admin.delete('PermissionSetAssignment', a.Id);
  try {
    const miles = await Agent.signIn(sandbox, user);
    await miles.openSoftphone();
    await expect(miles.softphone.getByRole('heading', { name: 'Insufficient Privileges' })).toBeVisible();
    await expect(miles.softphone.getByText('AC_Administrator, AC_Agent or AC_Manager')).toBeVisible();
    await expect(miles.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeHidden();
    await miles.close();
  } finally {
    for (const { AssigneeId, PermissionSetId } of assigned)
      await admin.create('PermissionSetAssignment', { AssigneeId, PermissionSetId });
  }
});
