import { LogBook } from '../fixtures/log-book.ts';
import { expect, test } from '../fixtures/sandbox.ts';

test('somebody else has logged in to Salesforce in the same browser: signing in from the old page is refused, with both names', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  const miles = sandbox.user('manager');
  await amelia.openSoftphone();
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  const other = await amelia.context.newPage();
  await other.goto(`${sandbox.ready.crm}/login`); // without a log-out, which the old page might notice
  await other.getByLabel('Username').fill(miles.username);
  await other.getByLabel('Password').fill(miles.password);
  await other.getByRole('button', { name: 'Log In' }).click();
  await expect(other.getByRole('banner')).toBeVisible();
  await other.close();

  const [popup] = await Promise.all([
    amelia.page.waitForEvent('popup'),
    amelia.softphone.getByRole('button', { name: 'Sign in to CCP' }).click(),
  ]);
  const said = popup.getByText('This page belongs to Amelia Okafor');
  await expect(said).toContainText('in this browser Salesforce is signed in as Miles Larsen');
  await popup.screenshot({ path: test.info().outputPath('refused.png') });
  await popup.close();
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  await expect(amelia.softphone.getByRole('alert')).toContainText('Sign-in was not finished.');
  await amelia.page.screenshot({ path: test.info().outputPath('page.png') });
  expect(await sandbox.pages()).toBe(0);
});

test('a page of one user that shows the session of another is refused, says so, and works with nobody’s rights', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const miles = await sandbox.signIn('manager');
  await miles.signInToCCP();
  const softphone = (page: typeof miles.page) => page.frames().find((f) => f.url().includes('AC_LightningAdapter'));
  const remembered = await softphone(miles.page)?.evaluate(() =>
    Object.keys(localStorage)
      .filter((k) => /^patchcord:005\w{15}$/.test(k))
      .map((k) => (JSON.parse(localStorage.getItem(k) ?? '{}') as { session: string }).session)
      .at(0),
  );
  expect(remembered).toMatch(/^[\w-]{40,}$/);
  const amelia = await sandbox.agentAvailable();
  await softphone(amelia.page)?.evaluate((session) => {
    for (const key of Object.keys(localStorage).filter((k) => /^patchcord:005\w{15}$/.test(k)))
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), session }));
  }, remembered);
  const tabs = await amelia.page.getByRole('tab').count();

  await amelia.page.reload();
  await amelia.openSoftphone();
  const said = amelia.softphone.getByRole('alert').filter({ hasText: 'somebody else' });
  await expect(said).toContainText('Reload the page.');
  await expect.poll(() => sandbox.pages()).toBe(1); // that of Miles
  sandbox.call();
  await amelia.accept(); // calls go on
  await amelia.page.screenshot({ path: test.info().outputPath('other-user.png') });
  await expect(amelia.page.getByRole('tab')).toHaveCount(tabs);
  await expect(miles.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(0);
  await amelia.ccp.getByRole('button', { name: 'End call' }).click();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  expect(await book.count()).toEqual({ tasks: 0, channels: 0 });

  await amelia.page.reload(); // as the sentence says
  await amelia.openSoftphone();
  const [popup] = await Promise.all([
    amelia.page.waitForEvent('popup'),
    amelia.softphone.getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  if (!popup.isClosed()) await popup.waitForEvent('close');
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
  expect(await book.tasks()).toMatchObject([{ Owner: { Username: amelia.user.username } }]);
});
