import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** More than any field takes, and a shape that mark-up could come out of. */
const much = '<b>x</b>'.repeat(131_072);

test('far too much text in a field of the console is an error at that field, and what was typed stays', async ({
  sandbox,
}) => {
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const [contact] = await admin.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  const amelia = await sandbox.signIn('agent');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${contact?.Id}/view`);
  await amelia.page.getByRole('button', { name: 'Edit', exact: true }).first().click();
  const dialog = amelia.page.getByRole('dialog');
  const title = dialog.getByLabel('Title', { exact: true });
  await title.evaluate((e) => e.removeAttribute('maxlength'));
  await title.fill('t'.repeat(4000));
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(title).toHaveAttribute('aria-invalid', 'true');
  await expect(title).toHaveAccessibleDescription(/too (large|long)/i);
  await expect(title).toHaveValue('t'.repeat(4000));
  await amelia.page.screenshot({ path: test.info().outputPath('too-long.png') });

  await title.fill(much);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(
    dialog
      .getByRole('alert')
      .or(dialog.getByText(/too (large|long)/i))
      .first(),
  ).toBeVisible();
  await expect(title).toHaveValue(much);
  await title.fill('Studio Director');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
});

test('sign-in forms take a megabyte for a wrong answer, nothing worse', async ({ sandbox }) => {
  for (const { at, button } of [
    { at: sandbox.ready.crm, button: 'Log In' },
    { at: `${sandbox.ready.connect}/login`, button: 'Sign In' },
  ]) {
    const page = await sandbox.newPage();
    await page.goto(at);
    for (const label of ['Username', 'Password']) {
      await page.getByLabel(label).evaluate((e) => e.removeAttribute('maxlength'));
      await page.getByLabel(label).fill(much);
    }
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Password')).toHaveValue('');
  }
});

test('a caller whose name and number are enormous does not hurt anybody, and the next call works', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  await sandbox.call('--from', `+1${'2'.repeat(3000)}`).program.ended;
  sandbox.call();
  await amelia.accept();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toBeVisible();
  await amelia.endAndClear();
  expect(amelia.errors).toEqual([]);
});
