import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect } from '../fixtures/sandbox.ts';

const createTask = fileURLToPath(new URL('../../../adapter/flow/testdata/flows/08-create-task.json', import.meta.url));

const ring =
  "SELECT Id, Script__c FROM AC_CtiScript__c WHERE Source__c = 'connectVoiceContact' AND Event__c = 'onConnecting'";

interface Task {
  Id: string;
  WhoId: string | null;
  CallObject: string;
  Status: string;
  Subject: string;
  Priority: string;
  CallDurationInSeconds: number | null;
}

test('a flow makes a Task while a call rings and pops it; after the call it is the only one, and completed', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const [flow] = await admin.query<{ Id: string; Script__c: string }>(ring);
  if (!flow) throw new Error('there is no flow for a ring');
  try {
    await admin.update('AC_CtiScript__c', flow.Id, { Script__c: readFileSync(createTask, 'utf8') });
    const amelia = await sandbox.agentAvailable();
    await apart.readAnew();
    const tasks = () =>
      admin.query<Task>(
        'SELECT Id, WhoId, CallObject, Status, Subject, Priority, CallDurationInSeconds FROM Task WHERE CallObject != null',
      );
    const [maya] = await admin.query<{ Id: string }>(
      `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
    );
    if (!maya) throw new Error('there is no such contact');
    const before = (await tasks()).map((t) => t.Id);
    const added = async () => (await tasks()).filter((t) => !before.includes(t.Id));

    await test.step('while it rings, the Task is there and in front', async () => {
      sandbox.call('--from', sandbox.ready.contact.phone);
      await expect.poll(async () => (await added()).length).toBe(1);
      const [task] = await added();
      expect(task).toMatchObject({ Status: 'In Progress', Priority: 'High', WhoId: maya.Id });
      await expect(amelia.page).toHaveURL(new RegExp(`/Task/${task?.Id}/`));
    });

    await test.step('after the call it is the only one', async () => {
      await amelia.accept();
      await amelia.endAndClear();
      await expect.poll(async () => (await added()).map((t) => t.Status)).toEqual(['Completed']);
      const [task] = await added();
      expect(task?.CallDurationInSeconds).not.toBeNull();
      const rows = () =>
        admin.query<{ Task_Id__c: string }>(
          `SELECT Task_Id__c FROM AC_ContactChannels__c WHERE ContactId__c = '${task?.CallObject}'`,
        );
      await expect.poll(async () => (await rows())[0]?.Task_Id__c).toBe(task?.Id);
      expect(await added()).toHaveLength(1);
    });
  } finally {
    await admin.update('AC_CtiScript__c', flow.Id, { Script__c: flow.Script__c }); // others want the flow as it was
    await apart.killAdapter();
    await apart.startAdapter();
  }
});
