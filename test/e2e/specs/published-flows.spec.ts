import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { flowOf } from '../fixtures/flows.ts';
import { expect } from '../fixtures/sandbox.ts';

test.use({ more: ['--api-requests', '4000'] });

const published = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../adapter/${file}`, import.meta.url)), 'utf8');

/** How many softphones are connected to the adapter. */
test('flows that were published for the original do in the console what their texts promise', async ({ apart }) => {
  test.setTimeout(240_000);
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const ring = await flowOf(admin, 'connectVoiceContact', 'onConnecting');
  const { name, phone } = sandbox.ready.contact;
  const [maya] = await admin.query<{ Id: string }>(`SELECT Id FROM Contact WHERE Name = '${name}'`);
  const lead = await admin.create('Lead', { LastName: 'Ferreira', Company: 'Ferreira Tiles', Phone: '(206) 555-0819' });
  const amelia = await sandbox.agentAvailable();
  const { page } = amelia;
  const runs = async (file: string) => {
    await admin.update('AC_CtiScript__c', ring.Id, { Script__c: published(file) });
    await apart.readAnew();
  };
  const hangUp = async () => {
    await amelia.accept();
    await amelia.endAndClear();
  };
  const atHome = () => page.goto(sandbox.ready.crm);
  try {
    for (const file of ['flow/testdata/flows/01-legacy.json', 'blocks/testdata/06-screenpop-on-customer.json'])
      await test.step(`${file}: the caller’s record pops by the number`, async () => {
        await runs(file);
        sandbox.call('--from', phone);
        await expect(page).toHaveURL(new RegExp(`/Contact/${maya?.Id}/`));
        await hangUp();
        await atHome();
        await amelia.openSoftphone();
        await amelia.seesStatus('Available');
      });

    await test.step('07-screenpop-case: without a case number the form of a new case opens', async () => {
      await runs('blocks/testdata/07-screenpop-case.json');
      sandbox.call('--from', phone);
      const form = page.getByRole('dialog', { name: 'New Case' });
      await expect(form).toBeVisible();
      await form.getByRole('button', { name: 'Cancel', exact: true }).click();
      await hangUp();
    });

    await test.step('hvs-2-on-connecting: a call of a lead has its Task at once, in front', async () => {
      await runs('blocks/testdata/hvs-2-on-connecting.json');
      sandbox.call('--from', '+12065550819');
      await expect(page).toHaveURL(/\/Task\/00T/);
      const tasks = await admin.query<{ Id: string; Subject: string }>(
        `SELECT Id, Subject FROM Task WHERE WhoId = '${lead}'`,
      );
      expect(tasks.map((t) => t.Subject)).toEqual(['HVS - voice']);
      await expect(page).toHaveURL(new RegExp(`/Task/${tasks[0]?.Id}/`));
      await hangUp();
    });
  } finally {
    await admin.update('AC_CtiScript__c', ring.Id, { Script__c: ring.Script__c });
    await admin.delete('Lead', lead);
  }
});
