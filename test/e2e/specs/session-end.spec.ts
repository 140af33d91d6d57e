import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

test('an agent who closes the last tab is no ghost in the queue, and one who reloads it stays at work', async ({
  sandbox,
}) => {
  test.setTimeout(150_000);
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const [record] = await admin.query<{ Id: string }>('SELECT Id FROM AC_CtiAdapter__c');
  const feature = await admin.create('AC_Feature__c', {
    Name: 'SetAgentStatusOnSessionEnd',
    CTI_Adapter__c: record?.Id,
    Active__c: true,
    Value__c: 'Status: Offline\nSessionEndTimer: 3\nInitialAgentState: Lunch',
  });
  const amelia = await sandbox.agentAvailable();
  try {
    await test.step('a page that is loaded again changes nothing', async () => {
      await amelia.page.reload();
      await amelia.seesStatus('Available');
      sandbox.call('--from', sandbox.ready.contact.phone);
      await amelia.accept();
      await amelia.talks();
      await amelia.endAndClear();
      expect(await sandbox.statusOf(amelia)).toBe('Available');
    });

    await test.step('the last tab is closed', async () => {
      await amelia.page.close({ runBeforeUnload: true }); // as a person closes it
      await expect.poll(() => sandbox.statusOf(amelia), { timeout: 60_000 }).toBe('Offline');
    });

    await test.step('the next one begins with the status that the record says', async () => {
      const tab = await amelia.anotherTab();
      await tab.openSoftphone();
      await tab.seesStatus('Lunch');
      await tab.chooseStatus('Available');
      await tab.page.reload();
      await tab.seesStatus('Available');
    });
  } finally {
    await admin.delete('AC_Feature__c', feature);
  }
});
