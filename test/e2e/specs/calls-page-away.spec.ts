import { expect } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { test } from '../fixtures/apart.ts';

test('the adapter dies while Calls is open: it is said, what was there stays, and the page goes on by itself', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  sandbox.call();
  await amelia.accept();
  await amelia.endAndClear();
  const page = await sandbox.newPage();
  const user = sandbox.user('administrator');
  await page.goto(`${sandbox.ready.adapter}/admin/calls`);
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  const row = page.getByRole('link', { name: /popped\./ }).first();
  await expect(row).toBeVisible();

  await apart.killAdapter();
  const said = page.getByRole('alert').filter({ hasText: 'The adapter does not answer.' });
  await expect(said).toBeVisible();
  await expect(row).toBeVisible();
  await expectAccessible(page, 'admin, adapter away');
  await row.click();
  await expect(said).toBeVisible();

  await apart.startAdapter();
  await expect(page.getByRole('heading', { level: 2, name: /popped\./ })).toBeVisible(); // nobody had to sign in again
  await expect(said).toBeHidden();
});
