import { expect } from '@playwright/test';
import { test } from '../fixtures/apart.ts';
import { inBar } from '../fixtures/omni.ts';

test('a status that is chosen while the adapter is away is followed when it is back, and a kill changes none', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  await expect(inBar(amelia, 'Online')).toBeVisible();

  await test.step('killed and started again', async () => {
    await apart.readAnew();
    await amelia.seesStatus('Available');
    await expect(inBar(amelia, 'Online')).toBeVisible();
  });

  await test.step('Lunch in the panel, while nobody is there to follow it', async () => {
    await apart.killAdapter();
    await amelia.chooseStatus('Lunch');
    await expect(inBar(amelia, 'Online')).toBeVisible();
    await apart.startAdapter();
    await expect(inBar(amelia, 'Busy')).toBeVisible();
    expect(await sandbox.statusOf(amelia)).toBe('Lunch');
  });
});
