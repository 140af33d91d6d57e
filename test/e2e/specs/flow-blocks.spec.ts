import { expectAccessible } from '../fixtures/accessible.ts';
import type { Agent } from '../fixtures/agent.ts';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { flowOf, script } from '../fixtures/flows.ts';
import { expect } from '../fixtures/sandbox.ts';

test.use({ more: ['--api-requests', '4000'] });

/** How many softphones are connected to the adapter. */
async function endCall(agent: Agent): Promise<void> {
  await agent.ccp.getByRole('button', { name: 'End call' }).click();
}

test('what flows say is done: a form for a stranger, a question, and the status that follows the call', async ({
  apart,
}) => {
  test.setTimeout(180_000);
  const { sandbox } = apart;
  const shot = (name: string) => amelia.page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const ring = await flowOf(admin, 'connectVoiceContact', 'onConnecting');
  await admin.update('AC_CtiScript__c', ring.Id, {
    Script__c: script({
      type: 'SE_SFScreenpopNewRecord',
      controls: { entityName: 'Contact', defaultFieldValues: { Phone: '$.contact.parsedNumber.number' } },
    }),
  });
  const after = await admin.create('AC_CtiScript__c', {
    Name: 'After a call',
    Source__c: 'connectVoiceContact',
    Event__c: 'onEnded',
    Active__c: true,
    CTI_Adapter__c: ring.CTI_Adapter__c,
    Script__c: script(
      {
        type: 'SE_CoreShowModal',
        controls: {
          title: 'A break?',
          message: 'You have talked a while.',
          confirmLabel: 'Break',
          cancelLabel: 'Go on',
        },
      },
      { type: 'SE_AgentSetStatusByName', controls: { name: 'Break' } },
      { type: 'SE_CoreAlert', controls: { message: 'Enjoy your break.' } },
    ),
  });
  const amelia = await sandbox.agentAvailable();
  try {
    await apart.readAnew();

    const form = amelia.page.getByRole('dialog', { name: 'New Contact' });
    const rings = async () => {
      sandbox.call('--from', '+12065550987');
      await expect(form.getByLabel('Phone', { exact: true })).toHaveValue('+12065550987');
    };
    const closeForm = () => form.getByRole('button', { name: 'Cancel', exact: true }).click();

    await test.step('a stranger’s number is in the form of a new contact', async () => {
      await rings();
      await shot('new-contact');
      await closeForm();
    });

    const question = amelia.softphone.getByRole('alertdialog', { name: 'A break?' });

    await test.step('whoever confirms gets the status once the contact is closed', async () => {
      await amelia.accept();
      await endCall(amelia);
      await expect(question).toContainText('You have talked a while.');
      await shot('question');
      await expectAccessible(amelia.page, 'a question of a flow');
      await question.getByRole('button', { name: 'Break' }).click();
      await expect(amelia.softphone.getByText('Enjoy your break.')).toBeVisible();
      await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
      await amelia.seesStatus('Break');
      await shot('break');
    });

    await test.step('whoever cancels stays available', async () => {
      await amelia.chooseStatus('Available');
      await rings();
      await closeForm();
      await amelia.accept();
      await endCall(amelia);
      await question.getByRole('button', { name: 'Go on' }).click();
      await expect(question).toBeHidden();
      await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
      await amelia.seesStatus('Available');
    });
  } finally {
    await admin.update('AC_CtiScript__c', ring.Id, { Script__c: ring.Script__c });
    await admin.delete('AC_CtiScript__c', after);
  }
});
