import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from '@playwright/test';
import { CRM } from '../fixtures/crm.ts';
import { expect, Sandbox } from '../fixtures/sandbox.ts';

const binary = fileURLToPath(new URL('../../../bin/patchcord', import.meta.url));
const createTask = fileURLToPath(new URL('../../../adapter/flow/testdata/flows/08-create-task.json', import.meta.url));

interface History {
  flow: { id: string; version?: { number: number } };
  versions: { number: number; author: string; active: boolean; problem?: string }[];
}

/** What an adapter tells within a minute, with time for a machine that does other work too. */
const withinAMinute = { timeout: 90_000 };

test('a flow is pushed and runs; edited in the console it runs as a version of its editor, broken there the old one does', async () => {
  test.setTimeout(420_000);
  const data = mkdtempSync(join(tmpdir(), 'patchcord-versions-'));
  const sandbox = await Sandbox.start(['--data', data]);
  const flow = async (...words: string[]) =>
    (await promisify(execFile)(binary, ['flow', ...words, '--socket', join(data, 'adapter', 'adapter.sock')])).stdout;
  const history = async () => JSON.parse(await flow('list', '08-create-task', '-o', 'json')) as History;
  try {
    const amelia = await sandbox.agentAvailable();
    const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    const tasks = () =>
      crm.query<{ Id: string; Priority: string }>('SELECT Id, Priority FROM Task WHERE CallObject != null');

    /** Calls and says which Task was made and popped. */
    const called = async () => {
      const before = (await tasks()).map((t) => t.Id);
      sandbox.call('--from', sandbox.ready.contact.phone);
      await expect.poll(async () => (await tasks()).filter((t) => !before.includes(t.Id)).length).toBe(1);
      const [made] = (await tasks()).filter((t) => !before.includes(t.Id));
      await expect(amelia.page).toHaveURL(new RegExp(`/Task/${made?.Id}/`));
      await amelia.accept();
      await amelia.endAndClear();
      return made;
    };

    const ada = await sandbox.signIn('administrator');
    /** Writes into the flow's Script as an administrator does in the console. */
    const edited = async (script: string) => {
      await ada.page.goto(`${sandbox.ready.crm}/lightning/r/AC_CtiScript__c/${(await history()).flow.id}/view`);
      await ada.page.getByRole('button', { name: 'Edit', exact: true }).first().click();
      await ada.page.getByRole('textbox', { name: 'Script', exact: true }).fill(script);
      await ada.page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(ada.page.getByRole('textbox', { name: 'Script', exact: true })).toBeHidden();
    };

    await test.step('what is pushed and made active makes a Task and pops it', async () => {
      const [pop] = await crm.query<{ Id: string }>(
        "SELECT Id FROM AC_CtiScript__c WHERE Name = 'Voice Contact onConnecting'",
      );
      await crm.update('AC_CtiScript__c', pop?.Id ?? '', { Active__c: false }); // it would pop the contact beside the Task
      expect(await flow('push', createTask, '--event', 'connectVoiceContact.onConnecting', '--activate')).toContain(
        'version 1 is saved, and active',
      );
      expect((await called())?.Priority).toBe('High');
    });

    const script = readFileSync(createTask, 'utf8');
    await test.step('an edit in the console is a version of its editor, and runs', async () => {
      await edited(script.replace('"Priority": "High"', '"Priority": "Low"'));
      await expect.poll(async () => (await history()).flow.version?.number, withinAMinute).toBe(2);
      const [latest] = (await history()).versions;
      const [user] = await crm.query<{ Name: string }>(
        `SELECT Name FROM User WHERE Username = '${sandbox.user('administrator').username}'`,
      );
      expect(latest).toMatchObject({ number: 2, author: user?.Name, active: true });
      expect((await called())?.Priority).toBe('Low');
    });

    await test.step('an edit that cannot run is kept and told, and the version before runs on', async () => {
      await edited(script.replace('SE_SFCreateTask', 'SE_SFCreateTsak'));
      await expect.poll(async () => (await history()).versions.length, withinAMinute).toBe(3);
      const now = await history();
      expect(now.flow.version?.number).toBe(2);
      expect(now.versions[0]?.problem).toContain('SE_SFCreateTsak is no block');
      expect((await called())?.Priority).toBe('Low');
      await expect(amelia.softphone.getByRole('alert')).toContainText('Version 2 runs on', withinAMinute);
      await ada.page.reload();
      await ada.page.getByRole('tab', { name: 'Related' }).click();
      await expect(ada.page.getByRole('table', { name: 'CTI Flow Versions' })).toContainText('SE_SFCreateTsak');
      await ada.page.screenshot({ path: test.info().outputPath('versions.png'), fullPage: true });
    });

    await test.step('what was pushed comes back to the byte, and is active again', async () => {
      const file = join(data, 'back.json');
      writeFileSync(file, '');
      await flow('pull', '08-create-task', '--version', '1', '--to', file, '--force');
      expect(readFileSync(file).equals(readFileSync(createTask))).toBe(true);
      expect(await flow('activate', '08-create-task', '1', '--base', '2')).toContain('already version 1, and active');
      expect((await called())?.Priority).toBe('High');
    });
  } finally {
    await sandbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
