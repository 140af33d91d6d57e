import type { Page } from '@playwright/test';
import type { Agent } from '../fixtures/agent.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

const inBar = (agent: Agent, stands: string) =>
  agent.page.getByRole('contentinfo').getByRole('button', { name: `Omni-Channel (${stands})`, exact: true });
const omni = (agent: Agent) => agent.page.getByRole('region', { name: 'Omni-Channel', exact: true });
const status = (agent: Agent) => omni(agent).getByRole('button', { name: /^Omni-Channel status/ });

/** Opens Omni-Channel, or the softphone in its place: one utility is open at a time. */
const open = async (page: Page, item: RegExp) => {
  const button = page.getByRole('contentinfo').getByRole('button', { name: item });
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
};

test('as set-up leaves it, each status follows the other, and a call makes Omni-Channel busy', async () => {
  const sandbox = await Sandbox.start(); // as set-up leaves it: other tests lay out Omni-Channel anew
  try {
    const amelia = await sandbox.signIn('agent');
    await amelia.signInToCCP();

    await test.step('available at the contact centre logs in to Omni-Channel', async () => {
      await amelia.chooseStatus('Available');
      await expect(inBar(amelia, 'Online')).toBeVisible();
    });

    await test.step('lunch in Omni-Channel is lunch at the contact centre', async () => {
      await open(amelia.page, /^Omni-Channel/);
      await status(amelia).click();
      await omni(amelia).getByRole('menuitemradio', { name: 'Lunch', exact: true }).click();
      await expect(status(amelia)).toHaveAccessibleName('Omni-Channel status: Lunch');
      await amelia.openSoftphone();
      await expect(amelia.ccp.getByRole('button', { name: 'Change status' })).toContainText('Lunch');
    });

    await test.step('a call is a busy status, until its after-call work is over', async () => {
      await amelia.chooseStatus('Available');
      await expect(inBar(amelia, 'Online')).toBeVisible();
      const caller = sandbox.call('--connect', sandbox.ready.connect);
      await amelia.accept();
      await expect(inBar(amelia, 'Busy')).toBeVisible();
      await open(amelia.page, /^Omni-Channel/);
      await expect(status(amelia)).toHaveAccessibleName('Omni-Channel status: On a call');
      await caller.program.stop('SIGINT');
      await amelia.openSoftphone();
      await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
      await expect(inBar(amelia, 'Online')).toBeVisible();
    });
  } finally {
    await sandbox.stop();
  }
});
