import { agentTone, callerTone, expect, test } from '../fixtures/sandbox.ts';

test('a known caller pops before the agent answers, both hear each other, and the agent is available again', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');

  const caller = sandbox.call('--connect', sandbox.ready.connect);

  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toBeVisible();
  await expect(amelia.page.getByRole('heading', { name: sandbox.ready.contact.name, level: 1 })).toBeVisible();

  await caller.program.line((l) => l.startsWith('queued'));
  await amelia.page.screenshot({ path: test.info().outputPath('ringing.png') });
  await amelia.ccp.getByRole('button', { name: 'Accept call' }).click();
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  await amelia.talks();
  await amelia.page.screenshot({ path: test.info().outputPath('connected.png') });
  await amelia.ccp.getByRole('button', { name: 'End call' }).click();
  expect(await caller.program.ended).toBe(0);
  expect(caller.program.stdout.filter((l) => !l.startsWith('ringing'))).toEqual([
    expect.stringMatching(/^trying /),
    expect.stringMatching(/^queued /),
    expect.stringMatching(/^answered +by agent, after \d+s in the queue$/),
    expect.stringMatching(/^ended +200 /),
  ]);
  expect(caller.heard(agentTone)).toBeGreaterThan(0.3);

  await amelia.page.screenshot({ path: test.info().outputPath('after-call-work.png') });
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');
  expect(amelia.errors).toEqual([]);
});
