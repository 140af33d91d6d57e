import { expect } from '@playwright/test';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { callerTone } from '../fixtures/sandbox.ts';

const calls = "SELECT Id, Owner.Username FROM Task WHERE TaskSubtype = 'Call'";

test('access tokens that expired are renewed, the agent’s and the integration user’s, and nobody notices', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  apart.endSessions('access');
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const before = (await admin.query(calls)).length;
  const miles = await sandbox.signIn('manager');
  await miles.signInToCCP(); // where his panel is, the integration user has to look up
  await expect(miles.softphone.getByRole('alert')).toHaveCount(0);
  await miles.close();
  sandbox.call();
  await amelia.accept();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.endAndClear();
  await expect.poll(async () => (await admin.query(calls)).length).toBe(before + 1);
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
});

test('a session that cannot be renewed is told during the call, which goes on, and is logged after signing in again', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  apart.endSessions('refresh');
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const before = (await admin.query(calls)).length;
  sandbox.call();
  await amelia.accept();
  const ended = amelia.softphone.getByRole('alert').filter({ hasText: 'session has ended' });
  await expect(ended).toContainText('Calls still work');
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await amelia.endAndClear();

  const [popup] = await Promise.all([
    amelia.page.waitForEvent('popup'),
    amelia.softphone.getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  if (!popup.isClosed()) await popup.waitForEvent('close');
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
  await expect.poll(async () => (await admin.query(calls)).length, { timeout: 45_000 }).toBe(before + 1);
});
