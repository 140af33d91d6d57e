import { readFile } from 'node:fs/promises';
import { changed } from '../fixtures/adapter-record.ts';
import { listen } from '../fixtures/agent.ts';
import { callerTone, expect, Sandbox, test } from '../fixtures/sandbox.ts';

/** A sandbox of its own: what the adapter has read of a record counts for a while. */
const withFields = async (fields: Record<string, unknown>, then: (sandbox: Sandbox) => Promise<void>) => {
  const sandbox = await Sandbox.start();
  try {
    await changed(sandbox, fields, () => then(sandbox));
  } finally {
    await sandbox.stop();
  }
};

test('Custom Ringtone rings, and Debug Level tells in the browser what happens', async () => {
  const ringtone = 'http://sounds.example/ring.wav';
  const fields = { Custom_Ringtone__c: ringtone, Custom_Chat_Ringtone__c: 'bell', Debug_Level__c: 'Info' };
  await withFields(fields, async (sandbox) => {
    const amelia = await sandbox.signIn('agent');
    const told: string[] = [];
    amelia.page.on('console', (m) => told.push(m.text()));
    const asked: string[] = [];
    const sound = await readFile(new URL('../../../sandbox/connect/cti/ccp/public/ring.wav', import.meta.url));
    await amelia.context.route(ringtone, (route) => {
      asked.push(route.request().frame().url());
      return route.fulfill({ contentType: 'audio/wav', body: sound });
    });
    await amelia.signInToCCP();
    await expect(amelia.softphone.getByRole('alert')).toContainText(
      'Custom Chat Ringtone of the AC CTI Adapter record ACLightningAdapter ("bell") is no web address of a sound',
    );
    await amelia.chooseStatus('Available');
    sandbox.call();
    await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
    await expect.poll(() => asked).toContainEqual(expect.stringContaining(`${sandbox.ready.connect}/ccp-v2/`));
    await amelia.accept();
    expect(told).toContainEqual(expect.stringMatching(/^Patchcord: contact onConnecting [0-9a-f-]{36} connecting$/));
    expect(told).toContainEqual(expect.stringMatching(/^Patchcord: command search /));
    expect(told.filter((line) => line.startsWith('Patchcord: contact onConnected') && line.includes('{'))).toEqual([]);
    await amelia.endAndClear();
  });
});

test('Medialess: the call is taken here, and its sound is in the window that is offered', async () => {
  await withFields({ Medialess__c: true }, async (sandbox) => {
    const amelia = await sandbox.signIn('agent');
    await amelia.context.grantPermissions(['microphone'], { origin: sandbox.ready.connect });
    await amelia.signInToCCP();
    const banner = amelia.softphone.getByRole('status').filter({ hasText: 'The sound of your calls' });
    await expect(banner).toBeVisible();
    await amelia.page.screenshot({ path: test.info().outputPath('medialess.png') });
    const [window] = await Promise.all([
      amelia.page.waitForEvent('popup'),
      banner.getByRole('button', { name: 'Open window' }).click(),
    ]);
    await expect(window.getByRole('button', { name: 'Change status' })).toBeVisible();
    await expect(banner).toHaveCount(0);
    await amelia.chooseStatus('Available');
    sandbox.call();
    await amelia.accept();
    await expect(window.getByRole('button', { name: 'End call' })).toBeVisible();
    await expect.poll(() => window.evaluate(listen, callerTone)).toBeGreaterThan(0.3);
    expect(await amelia.hears(callerTone)).toBe(0);
    await amelia.endAndClear();
    await window.close();
    await expect(banner).toBeVisible();
  });
});
