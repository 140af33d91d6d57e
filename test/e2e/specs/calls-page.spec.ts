import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const stranger = '+12065550987'; // nobody's number

/** Opens an address of the adapter's pages as somebody, through the org's sign-in. */
async function opened(sandbox: Sandbox, role: string, address: string): Promise<{ page: Page; errors: string[] }> {
  const page = await sandbox.newPage();
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error' && !m.text().includes('401')) errors.push(m.text()); // 401: not signed in yet
  });
  await page.goto(`${sandbox.ready.adapter}${address}`);
  await expectAccessible(page, 'admin, signed out');
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  const user = sandbox.user(role);
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  return { page, errors };
}

/** The agent takes a call and ends it. */
async function taken(sandbox: Sandbox, ...from: string[]): Promise<void> {
  const amelia = await sandbox.agentAvailable();
  sandbox.call(...from);
  await amelia.accept();
  await amelia.endAndClear();
  await amelia.close();
}

test('an administrator finds why each call popped or did not, and what that rests on', async ({ sandbox }) => {
  const { contact } = sandbox.ready;
  await taken(sandbox);
  await taken(sandbox, '--from', stranger);

  const { page, errors } = await opened(sandbox, 'administrator', '/admin/calls?time=hour');
  await expect(page).toHaveURL(/\/admin\/calls\?time=hour$/); // the sign-in leads back to where one was
  const popped = page.getByRole('link', { name: new RegExp(`${contact.name} popped\\.`) }).first(); // the sandbox has had calls before
  const unknown = page.getByRole('link', { name: /No record has \(206\) 555-0987/ });
  await expect(popped).toBeVisible();
  await expect(unknown).toBeVisible();
  await expectAccessible(page, 'admin, calls');

  await page.keyboard.press('/');
  await page.keyboard.type('206 555 0987');
  await expect(popped).toBeHidden();
  await expect(page).toHaveURL(/number=206/);
  await expect(unknown).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(unknown).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: /No record has/ })).toBeVisible();
  await expect(page.getByText('Offered to the agent').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(unknown).toBeFocused();

  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await popped.click();
  await expect(page.getByRole('heading', { level: 2, name: new RegExp(`${contact.name} popped`) })).toBeVisible();
  await expect(page.getByText('Logged as Task')).toBeVisible();
  const run = page.getByRole('region', { name: /, Completed$/ }).filter({ has: page.getByText(/^2\. /) });
  await run.first().getByText(/^2\. /).click();
  await expect(run.first().getByRole('heading', { name: 'Inputs' })).toBeVisible();
  await expectAccessible(page, 'admin, one call');
  const address = page.url();
  await page.reload();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('heading', { level: 2, name: new RegExp(`${contact.name} popped`) })).toBeVisible();

  await page.getByRole('link', { name: 'Waiting and given up' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Waiting and given up' })).toBeVisible();
  await expect(page.getByText('Loading')).toBeHidden();
  await expectAccessible(page, 'admin, waiting');
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page.getByText('What comes in is kept')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Agents' })).toContainText(sandbox.user('agent').connect_username);
  await expectAccessible(page, 'admin, health');
  expect(errors).toEqual([]);
});

test('an agent sees own calls only, and nothing of what waits or of health', async ({ sandbox }) => {
  await taken(sandbox);
  const { page } = await opened(sandbox, 'agent', '/admin/calls');
  await expect(page.getByRole('link', { name: /popped\./ }).first()).toBeVisible();
  await expect(page.getByLabel('Agent')).toBeHidden();
  await expect(page.getByRole('link', { name: 'Health' })).toBeHidden();
  await page.goto(`${sandbox.ready.adapter}/admin/health`);
  await expect(page.getByText('This is for administrators and managers.')).toBeVisible();
  await page.goto(`${sandbox.ready.adapter}/admin/calls/00000000-0000-4000-8000-000000000000`);
  await expect(page.getByText('There is no such call, or it is not one of yours.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in with Salesforce' })).toBeVisible();
  await expect(page.getByRole('link', { name: /popped\./ })).toBeHidden();
});

test('at 320 pixels and in the dark it is all there, and nothing goes over the edge', async ({ sandbox }) => {
  await taken(sandbox);
  const { page } = await opened(sandbox, 'administrator', '/admin/calls');
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.getByRole('link', { name: /popped\./ }).first()).toBeVisible();
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await over()).toBeLessThanOrEqual(0);
  await expectAccessible(page, 'admin, calls, narrow and dark');
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByLabel('Outcome').selectOption({ label: 'Failed' });
  await expect(page.getByText('No call fits')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await page
    .getByRole('link', { name: /popped\./ })
    .first()
    .click();
  await expect(page.getByText('What was done, step by step')).toBeVisible();
  expect(await over()).toBeLessThanOrEqual(0);
  await expectAccessible(page, 'admin, one call, narrow and dark');
});

test('whatever a name, a number or an address holds is text', async ({ sandbox }) => {
  const script = '<img src=x onerror=alert(1)>';
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const made = await admin.create('Contact', { FirstName: 'Eve', LastName: script, Phone: '(206) 555-0990' });
  try {
    await taken(sandbox, '--from', '+12065550990');
    const { page, errors } = await opened(sandbox, 'administrator', '/admin/calls');
    page.on('dialog', (d) => errors.push(`a script ran: ${d.message()}`));
    await page.getByRole('link', { name: `Contact Eve ${script} popped.` }).click();
    await expect(page.getByRole('heading', { level: 2, name: `Contact Eve ${script} popped.` })).toBeVisible();
    await page.goto(`${sandbox.ready.adapter}/admin/calls?number=${encodeURIComponent(script)}&queue=${script}`);
    await expect(page.getByText('No call fits')).toBeVisible();
    await expect(page.getByLabel('Number')).toHaveValue(script);
    expect(await page.locator('img').count()).toBe(0);
    expect(errors).toEqual([]);
  } finally {
    await admin.delete('Contact', made);
  }
});
