import { changed } from '../fixtures/adapter-record.ts';
import { Handset } from '../fixtures/handset.ts';
import { agentTone, callerTone, expect, test } from '../fixtures/sandbox.ts';

const number = '(206) 555-0177';

test('an agent at a desk phone: calls ring there and pop here, are handled here, and come back to the softphone when wanted', async ({
  sandbox,
}) => {
  await changed(sandbox, { Phone_Type_Settings__c: true }, async () => {
    const amelia = await sandbox.signIn('agent');
    await amelia.signInToCCP();
    const desk = await Handset.open(sandbox);
    await desk.own.fill(number);
    await desk.own.press('Enter');
    const choose = async (type: 'Desk phone' | 'Softphone') => {
      await amelia.ccp.getByRole('button', { name: 'Settings' }).click();
      const settings = amelia.ccp.getByRole('region', { name: 'Settings' });
      await settings.getByRole('radio', { name: type }).check();
      if (type === 'Desk phone') await settings.getByRole('textbox', { name: 'Desk phone number' }).fill(number);
      await settings.getByRole('button', { name: 'Save' }).click();
      await expect(settings.getByRole('status')).toContainText('Saved');
      await settings.getByRole('button', { name: 'Back' }).click();
    };
    await choose('Desk phone');
    await amelia.chooseStatus('Available');
    const contact = amelia.ccp.getByRole('region', { name: 'Contact' });

    await test.step('a call that is rejected here stops ringing there', async () => {
      const caller = sandbox.call();
      await expect(desk.screen).toContainText('Incoming call');
      await expect(contact).toContainText('Answer your desk phone');
      await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toHaveCount(0);
      await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
      await amelia.page.screenshot({ path: test.info().outputPath('ringing.png') });
      await amelia.ccp.getByRole('button', { name: 'Reject call' }).click();
      await expect(desk.screen).not.toContainText('Incoming call');
      await caller.program.stop('SIGINT');
      await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
      await amelia.seesStatus('Available');
    });

    await test.step('picked up there, both hear each other; the page is not in the way of a reload, and holds and ends the call', async () => {
      const caller = sandbox.call();
      await desk.button('Answer').click();
      await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
      await expect(amelia.ccp.getByRole('button', { name: 'Mute' })).toHaveCount(0);
      await expect.poll(() => desk.hears(callerTone)).toBeGreaterThan(0.3);
      await amelia.page.reload();
      await amelia.talks();
      await amelia.page.screenshot({ path: test.info().outputPath('connected.png') });
      await amelia.ccp.getByRole('button', { name: 'Hold' }).click();
      await amelia.ccp.getByRole('button', { name: 'Resume' }).click();
      await expect.poll(() => desk.hears(callerTone)).toBeGreaterThan(0.3);
      await amelia.endAndClear();
      await expect(desk.screen).toContainText('The other side hung up.');
      expect(await caller.program.ended).toBe(0);
      expect(caller.heard(agentTone)).toBeGreaterThan(0.3);
    });

    await amelia.chooseStatus('Offline');
    await choose('Softphone');
    await amelia.chooseStatus('Available');
    sandbox.call();
    await amelia.accept();
    await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
    await amelia.endAndClear();
    expect(amelia.errors).toEqual([]);
    await desk.close();
  });
});
