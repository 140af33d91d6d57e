import { test as base, expect } from '@playwright/test';
import { Agent } from '../fixtures/agent.ts';
import { LogBook } from '../fixtures/log-book.ts';
import { callerTone, Sandbox } from '../fixtures/sandbox.ts';

const test = base.extend<object, { sandbox: Sandbox }>({
  sandbox: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument
    async ({}, use) => {
      const sandbox = await Sandbox.start(['--sites-apart']);
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('console, softphone page and contact centre are different sites, and the browser withholds cookies: sign-in, two tabs, a call', async ({
  sandbox,
}) => {
  const { ready } = sandbox;
  expect(new URL(ready.visualforce).hostname).not.toBe(new URL(ready.crm).hostname);
  const book = await LogBook.open(sandbox);
  const context = await sandbox.newWithholdingContext();
  const amelia = await Agent.signInWith(context, sandbox, sandbox.user('agent'));
  const preview = await context.newPage(); // the page alone, as from Setup: its site knows her too
  await preview.goto(`${ready.visualforce}/apex/AC_LightningAdapter`);
  await expect(preview.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  await amelia.page.bringToFront();
  const popup = await amelia.startSignIn();
  const { softphone, ccp } = amelia;
  await popup.getByLabel('Username').fill(amelia.user.connect_username);
  await popup.getByLabel('Password').fill(amelia.user.connect_password);
  await popup.getByRole('button', { name: 'Sign In' }).click();
  await expect(popup.getByText('You are signed in.')).toBeVisible();
  const cookies = (await context.cookies(ready.connect)).filter((c) => c.name.startsWith('lily-auth'));
  expect(cookies).toMatchObject([{ sameSite: 'None', secure: true, httpOnly: true }]);

  await expect(softphone.getByRole('status')).toContainText('choose Grant access');
  await amelia.page.screenshot({ path: test.info().outputPath('asked.png') });
  await ccp.getByRole('button', { name: 'Grant access' }).click();
  await expect(ccp.getByRole('alert')).toContainText('The browser did not allow it.');
  await context.grantPermissions(['storage-access'], { origin: ready.connect }); // as a person does beside the address
  const closed = popup.waitForEvent('close');
  await ccp.getByRole('button', { name: 'Try again' }).click();
  await closed;
  await amelia.chooseStatus('Available');
  await expect(softphone.getByRole('alert')).toHaveCount(0);

  const second = await amelia.secondTab(); // nobody is asked again
  const record = (tab: Agent) => tab.page.getByRole('tab', { name: ready.contact.name });
  await second.softphone.getByRole('status').hover();
  sandbox.call();
  await expect(record(second)).toHaveCount(1);
  await second.accept();
  await expect
    .poll(async () => Math.max(await amelia.hears(callerTone), await second.hears(callerTone)))
    .toBeGreaterThan(0.3);
  await expect(record(amelia)).toHaveCount(0);

  await amelia.page.close({ runBeforeUnload: false }); // the tab that was elected
  await second.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
  expect(await book.tasks()).toMatchObject([{ WhoId: await book.contact(ready.contact.name) }]);

  sandbox.call();
  await second.accept();
  await second.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 2, channels: 2 });
  await expect(record(second)).toHaveCount(1);
  await expect(second.softphone.getByRole('alert')).toHaveCount(0);

  await second.page.goto(`${ready.crm}/secur/logout.jsp`);
  await preview.reload();
  await expect(preview.getByLabel('Password')).toBeVisible();
});
