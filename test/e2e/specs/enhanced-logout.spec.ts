import { CreateAgentStatusCommand } from '@aws-sdk/client-connect';
import type { Agent } from '../fixtures/agent.ts';
import { expect, test } from '../fixtures/sandbox.ts';

const logout = 'End of Day Logout';

const choose = async (who: Agent, name: string) => {
  await who.ccp.getByRole('button', { name: 'Change status' }).click();
  await who.ccp.getByRole('menuitemradio', { name }).click();
};

const isOut = async (who: Agent) => {
  await expect(who.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  await expect(who.softphone.getByText('You are signed out of Amazon Connect.')).toBeVisible();
};

test.beforeAll(async ({ running }) => {
  await running
    .api()
    .send(new CreateAgentStatusCommand({ InstanceId: running.ready.instance_id, Name: logout, State: 'ENABLED' }));
});

test('a status with Logout in its name takes the agent offline and signs out, in all tabs', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  const second = await amelia.secondTab();

  await choose(amelia, logout);

  await isOut(amelia);
  await isOut(second);
  expect(await sandbox.statusOf(amelia)).toBe('Offline');
  const cookies = await amelia.context.cookies(sandbox.ready.connect);
  expect(cookies.filter((c) => c.name.startsWith('lily-auth') && c.value !== '')).toEqual([]);
  for (const path of ['/ccp-v2/session', '/console/api/session'])
    expect((await amelia.context.request.get(sandbox.ready.connect + path)).status()).toBe(401);

  await amelia.page.bringToFront();
  const [popup] = await Promise.all([
    amelia.page.waitForEvent('popup'),
    amelia.softphone.getByRole('button', { name: 'Sign in to CCP' }).click(),
  ]);
  await popup.getByLabel('Username').fill(amelia.user.connect_username);
  await popup.getByLabel('Password').fill(amelia.user.connect_password);
  await popup.getByRole('button', { name: 'Sign In' }).click();
  await amelia.seesStatus('Offline');
});

test('with a contact it waits until the contact is closed, and says so', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  sandbox.call('--duration', '60s');
  await amelia.accept();
  const said = amelia.softphone.getByText('You will be signed out when this contact is closed.');

  await choose(amelia, logout);
  await expect(said).toBeVisible();
  await amelia.ccp.getByRole('button', { name: 'End call' }).click();
  await expect(amelia.ccp.getByRole('button', { name: 'Close contact' })).toBeVisible();
  await expect(said).toBeVisible(); // after-call work is part of the contact
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();

  await isOut(amelia);
  expect(await sandbox.statusOf(amelia)).toBe('Offline');
});
