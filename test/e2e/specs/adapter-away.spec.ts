import { expect } from '@playwright/test';
import { Agent } from '../fixtures/agent.ts';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { callerTone } from '../fixtures/sandbox.ts';

test('the adapter dies in the middle of a shift: calls go on, it is said, and all is logged once it is back', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const logged = () => admin.query<{ Id: string }>("SELECT Id FROM Task WHERE TaskSubtype = 'Call'");
  const before = (await logged()).length;
  const amelia = await sandbox.agentAvailable();
  const away = amelia.softphone.getByRole('alert').filter({ hasText: 'adapter is not reachable' });
  const popped = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });

  await apart.killAdapter();
  await expect(away).toBeVisible();

  sandbox.call();
  await amelia.accept();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await expect(away).toContainText('Calls still work');
  await amelia.page.screenshot({ path: test.info().outputPath('away.png') });
  await amelia.endAndClear();
  await expect(popped).toHaveCount(0);

  await apart.startAdapter();
  await expect(away).toBeHidden({ timeout: 45_000 });
  await expect.poll(async () => (await logged()).length).toBe(before + 1);
  await expect(popped).toHaveCount(0); // the call is over: nobody wants its record in front any more
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in' })).toBeHidden(); // nobody had to sign in again

  sandbox.call(); // and the next one is as ever
  await amelia.accept();
  await expect(popped).toHaveCount(1);
  await amelia.endAndClear();
  await expect.poll(async () => (await logged()).length).toBe(before + 2);
});

test('an adapter that is not there when the page loads keeps nobody from taking calls', async ({ apart }) => {
  const { sandbox } = apart;
  await apart.killAdapter();
  const amelia = await Agent.signIn(sandbox, sandbox.user('agent'));
  await amelia.signInToCCP(); // straight to the contact centre
  const said = amelia.softphone.getByRole('alert');
  await expect(said.filter({ hasText: 'adapter is not reachable' })).toBeVisible();
  await amelia.chooseStatus('Available');
  sandbox.call();
  await amelia.accept();

  await apart.startAdapter();
  const again = amelia.softphone.getByRole('button', { name: 'Sign in again' });
  await expect(again).toBeVisible(); // the adapter does not know her yet
  await amelia.page.screenshot({ path: test.info().outputPath('again.png') });
  const [popup] = await Promise.all([amelia.page.waitForEvent('popup'), again.click()]);
  if (!popup.isClosed()) await popup.waitForEvent('close');
  await expect(said).toHaveCount(0);
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.endAndClear();
});

test('a page that is loaded again while the adapter is away comes back by itself', async ({ apart }) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  await apart.killAdapter();
  await amelia.page.reload();
  await amelia.openSoftphone();
  await amelia.seesStatus('Available');
  const away = amelia.softphone.getByRole('alert').filter({ hasText: 'adapter is not reachable' });
  await expect(away).toBeVisible();
  sandbox.call();
  await amelia.accept();
  await apart.startAdapter();
  await expect(away).toBeHidden({ timeout: 45_000 });
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.endAndClear();
});
