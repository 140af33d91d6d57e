import { expectAccessible, tabTo } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

test('the sign-in pages, the console’s pages and the handset are accessible', async ({ sandbox }) => {
  const page = await sandbox.newPage();
  await page.goto(sandbox.ready.crm);
  await expectAccessible(page, 'log in');
  await page.getByRole('link', { name: 'Forgot Your Password?' }).click();
  await expectAccessible(page, 'forgot your password');
  await page.goBack();
  await page.getByLabel('Username').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await page.getByLabel('Password').press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page, 'log in, refused');
  await page.goto(`${sandbox.ready.connect}/login`);
  await expectAccessible(page, 'contact centre, sign in');
  await page.goto(sandbox.ready.phone);
  await expectAccessible(page, 'handset');

  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const [contact] = await admin.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  const amelia = await sandbox.signIn('agent');
  await expect(amelia.page.getByRole('main')).toBeVisible();
  await expectAccessible(amelia.page, 'home');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${contact?.Id}/view`);
  await expect(amelia.page.getByRole('heading', { name: sandbox.ready.contact.name, level: 1 })).toBeVisible();
  await expectAccessible(amelia.page, 'record');
  await amelia.page.getByRole('button', { name: 'Edit', exact: true }).first().click();
  await expect(amelia.page.getByRole('dialog')).toBeVisible();
  await expectAccessible(amelia.page, 'edit');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/o/Contact/list`);
  await expect(amelia.page.getByRole('main').getByRole('link', { name: sandbox.ready.contact.name })).toBeVisible();
  await expectAccessible(amelia.page, 'list');
  expect(amelia.errors).toEqual([]);
});

test('the whole story without a mouse: sign in, take a call, end it; accessible at every step, and nothing jumps', async ({
  sandbox,
}) => {
  const user = sandbox.user('agent');
  const amelia = await sandbox.signIn('agent'); // fields and a button of a plain form
  const { page } = amelia;
  const press = (key: string) => page.keyboard.press(key);

  await tabTo(page, /phone/i);
  await press('Enter');
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  await expectAccessible(page, 'softphone, signed out');
  await tabTo(page, 'Sign in to CCP');
  const [popup] = await Promise.all([page.waitForEvent('popup'), press('Enter')]);
  await expect(popup.getByLabel('Username')).toBeVisible();
  await tabTo(popup, 'Username');
  await popup.keyboard.type(user.connect_username);
  await tabTo(popup, 'Password');
  await popup.keyboard.type(user.connect_password);
  await Promise.all([popup.waitForEvent('close'), popup.keyboard.press('Enter')]);
  await expect(amelia.ccp.getByRole('button', { name: 'Change status' })).toBeVisible();

  await tabTo(page, 'Change status');
  await press('Enter');
  for (let i = 0; i < 10; i++) {
    if (await amelia.ccp.getByRole('menuitemradio', { name: 'Available' }).evaluate((e) => e.matches(':focus'))) break;
    await press('ArrowDown');
  }
  await press('Enter');
  await amelia.seesStatus('Available');
  await expectAccessible(page, 'softphone, available');

  await page.evaluate(() => {
    const shifts: number[] = [];
    Reflect.set(window, 'shifts', shifts);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources: unknown = Reflect.get(entry, 'sources');
        const moved = Array.isArray(sources) ? sources.map((one: object) => Reflect.get(one, 'node')) : [];
        // Items of the utility bar make room for the one that says who calls.
        const inBar = (node: unknown) => node instanceof Element && node.closest('.slds-utility-bar') !== null;
        if (moved.length === 0 || !moved.every(inBar)) shifts.push(Number(Reflect.get(entry, 'value')));
      }
    }).observe({ type: 'layout-shift', buffered: false });
  });
  sandbox.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(page.getByRole('heading', { name: sandbox.ready.contact.name, level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(sandbox.ready.contact.phone.slice(-4));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const shifts = await page.evaluate(() => Reflect.get(window, 'shifts'));
  expect(shifts, 'layout shifts when the call arrives').toEqual([]);

  await tabTo(page, 'Accept call'); // a person who answers is quicker than any check
  await press('Enter');
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expectAccessible(page, 'softphone, connected');
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeFocused();
  await press('Enter');
  await expect(amelia.ccp.getByRole('button', { name: 'Close contact' })).toBeVisible();
  await expectAccessible(page, 'softphone, after call work');
  await expect(amelia.ccp.getByRole('button', { name: 'Close contact' })).toBeFocused();
  await press('Enter');
  await amelia.seesStatus('Available');

  const caller = sandbox.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expectAccessible(page, 'softphone, ringing'); // may take longer than a call rings: nobody is to answer it
  await caller.program.stop('SIGINT');
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeHidden();
  expect(amelia.errors).toEqual([]);
});
