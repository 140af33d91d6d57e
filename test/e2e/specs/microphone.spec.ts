import { Agent } from '../fixtures/agent.ts';
import { agentTone, callerTone, expect, test } from '../fixtures/sandbox.ts';

test('a refused microphone: the agent is told what to do, the call is not lost, and it recovers when allowed', async ({
  sandbox,
}) => {
  const context = await sandbox.newStrictContext();
  const amelia = await Agent.signInWith(context, sandbox, sandbox.user('agent'));
  await amelia.signInToCCP();
  const told = amelia.ccp.getByRole('alert');
  await expect(told).toContainText('microphone'); // before the first call
  await amelia.chooseStatus('Available');
  const caller = sandbox.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(told).toContainText('address bar');
  await amelia.page.screenshot({ path: test.info().outputPath('refused.png') });
  await told.getByRole('button', { name: 'Try again' }).click(); // nothing has changed yet
  await expect(told).toContainText('microphone');
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible(); // still ringing, not lost

  await context.grantPermissions(['microphone'], { origin: sandbox.ready.crm });
  await expect(told).toBeHidden();
  await amelia.accept();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await amelia.talks();
  await amelia.endAndClear();
  expect(await caller.program.ended).toBe(0);
  expect(caller.heard(agentTone)).toBeGreaterThan(0.3);
});
