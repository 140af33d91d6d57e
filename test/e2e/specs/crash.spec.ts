import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { freePorts } from '../fixtures/ports.ts';
import { callerTone, Sandbox } from '../fixtures/sandbox.ts';

const calls = "SELECT Id, CallObject FROM Task WHERE TaskSubtype = 'Call' AND CallObject != null";

test('an adapter that is killed again and again during a call pops it once and logs it once', async ({ apart }) => {
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const logged = async () => (await admin.query(calls)).length;
  const before = await logged();
  const amelia = await sandbox.agentAvailable();
  const away = amelia.softphone.getByRole('alert').filter({ hasText: 'adapter is not reachable' });
  const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
  const crash = async () => {
    await apart.killAdapter();
    await expect(away).toBeVisible();
    await apart.startAdapter();
    await expect(away).toBeHidden({ timeout: 45_000 });
  };
  sandbox.call();
  await expect(tab).toHaveCount(1);
  await crash(); // while it rings
  await amelia.accept();
  await crash(); // while they talk
  await amelia.ccp.getByRole('button', { name: 'End call' }).click();
  await crash(); // while it is being logged
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');
  await expect.poll(logged, { timeout: 45_000 }).toBe(before + 1);

  sandbox.call(); // whatever was to come twice would have come before this one
  await amelia.accept();
  await amelia.endAndClear();
  await expect.poll(logged).toBe(before + 2);
  await expect(tab).toHaveCount(1);
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
});

base(
  'everything killed in the middle of a call: the agent is back without signing in, the call is logged once',
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'patchcord-crash-'));
    const sandbox = await Sandbox.start(['--data', data, '--port-base', String(await freePorts())]);
    try {
      const logged = async () =>
        (await (await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'))).query(calls)).length;
      const amelia = await sandbox.agentAvailable();
      const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
      sandbox.call();
      await amelia.accept();
      await expect(tab).toHaveCount(1);
      await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);

      await sandbox.restart('SIGKILL');

      await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeHidden({ timeout: 60_000 });
      await expect.poll(logged, { timeout: 45_000 }).toBe(1);
      await amelia.ccp.getByRole('button', { name: 'Change status' }).click();
      await amelia.ccp.getByRole('menuitemradio', { name: 'Available' }).click();
      await amelia.seesStatus('Available');
      sandbox.call();
      await amelia.accept();
      await amelia.endAndClear();
      await expect.poll(logged).toBe(2);
      await expect(tab).toHaveCount(1);
      await expect(amelia.softphone.getByRole('button', { name: /Sign in/ })).toBeHidden();
    } finally {
      await sandbox.stop();
      rmSync(data, { recursive: true, force: true });
    }
  },
);
