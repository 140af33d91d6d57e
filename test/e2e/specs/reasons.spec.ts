import type { Page } from '@playwright/test';
import { Agent } from '../fixtures/agent.ts';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox } from '../fixtures/sandbox.ts';

test.use({ more: ['--api-requests', '4000'] });

/** An administrator who has the list of calls open all the while, as somebody asked "why did it not pop?". */
async function looking(sandbox: Sandbox): Promise<Page> {
  const page = await sandbox.newPage();
  await page.goto(`${sandbox.ready.adapter}/admin/calls?time=hour`);
  await page.getByRole('link', { name: 'Sign in with Salesforce' }).click();
  const user = sandbox.user('administrator');
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible();
  return page;
}

/** The list's first row is the latest call. */
const says = (calls: Page, sentence: RegExp) =>
  expect(calls.getByRole('main').getByRole('link').first()).toHaveAccessibleName(sentence);

async function takes(agent: Agent, sandbox: Sandbox, from: string): Promise<void> {
  sandbox.call('--from', from);
  await agent.accept();
  await agent.endAndClear();
}

/** Signs in to Salesforce again, as the softphone asks. */
async function signsInAgain(agent: Agent): Promise<void> {
  const [popup] = await Promise.all([
    agent.page.waitForEvent('popup'),
    agent.softphone.getByRole('button', { name: 'Sign in again' }).click(),
  ]);
  if (!popup.isClosed()) await popup.waitForEvent('close');
  await expect(agent.softphone.getByRole('alert')).toHaveCount(0);
}

const ring =
  "SELECT Id, Active__c, Script__c FROM AC_CtiScript__c WHERE Source__c = 'connectVoiceContact' AND Event__c = 'onConnecting'";

/** A flow that reads a field of a record, and whose failure leads nowhere. */
const retrieves = (field: string, id: string) =>
  JSON.stringify({
    actions: [
      { id: 's', type: 'SE_Start', ports: { done: 'r' } },
      {
        id: 'r',
        type: 'SE_SFRetrieve',
        controls: { fields: field, type: 'Contact', id },
        ports: { success: 'e' },
      },
      { id: 'e', type: 'SE_End' },
    ],
  });

/** A flow that waits, milliseconds, before it looks for the caller. */
const waitsThenSearches = (milliseconds: number) =>
  JSON.stringify({
    actions: [
      { id: 'uid-0', type: 'SE_Start', ports: { done: 'uid-1' } },
      { id: 'uid-1', type: 'SE_CoreDelay', controls: { milliseconds: `${milliseconds}` }, ports: { done: 'uid-2' } },
      {
        id: 'uid-2',
        type: 'SE_SFSearchAndScreenpop',
        controls: { searchParams: '$.contact.parsedNumber.phone' },
        ports: { success: 'uid-3', failure: 'uid-3' },
      },
      { id: 'uid-3', type: 'SE_End' },
    ],
  });

/** How many softphones are connected to the adapter. */
test('whoever hears “it did not pop” finds the reason in the list of calls: what was looked for, and what was found', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const amelia = await sandbox.agentAvailable();
  const calls = await looking(sandbox);

  await test.step('no record', async () => {
    await takes(amelia, sandbox, '+12065550987');
    await says(calls, /No record has \(206\) 555-0987/);
  });

  await test.step('several, and the layout pops nothing then', async () => {
    for (const FirstName of ['Ann', 'Ben'])
      await admin.create('Contact', { FirstName, LastName: 'Twice', Phone: '(206) 555-0981' });
    await takes(amelia, sandbox, '+12065550981');
    await says(calls, /2 Contacts have \(206\) 555-0981 and the softphone layout says don't pop/);
  });

  await test.step('found, but another number', async () => {
    await admin.create('Contact', { FirstName: 'Ole', LastName: 'Elsewhere', Phone: '(202) 212-3456' });
    await takes(amelia, sandbox, '+4722123456');
    await says(calls, /1 record turned up in the search, but their numbers are not/);
  });

  await test.step('withheld', async () => {
    await takes(amelia, sandbox, 'anonymous');
    await says(calls, /The caller withheld the number/);
  });
});

test('… and what the administrator has configured', async ({ apart }) => {
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const amelia = await sandbox.agentAvailable();
  const calls = await looking(sandbox);
  const [flow] = await admin.query<{ Id: string; Active__c: boolean; Script__c: string }>(ring);
  if (!flow) throw new Error('there is no flow for a ring');
  const { Id, ...asItWas } = flow;
  const withFlow = async (fields: Record<string, unknown>, sentence: RegExp) => {
    await admin.update('AC_CtiScript__c', Id, fields);
    await apart.readAnew();
    await takes(amelia, sandbox, sandbox.ready.contact.phone);
    await says(calls, sentence);
    await admin.update('AC_CtiScript__c', Id, { Active__c: asItWas.Active__c, Script__c: asItWas.Script__c });
  };
  try {
    await test.step('no flow is active', () => withFlow({ Active__c: false }, /No CTI flow is active for this/));
    await test.step('the flow is broken, and never had a version that could run', async () => {
      const [of] = await admin.query<{ CTI_Adapter__c: string }>(
        `SELECT CTI_Adapter__c FROM AC_CtiScript__c WHERE Id = '${Id}'`,
      );
      const broken = await admin.create('AC_CtiScript__c', {
        Name: 'Broken',
        CTI_Adapter__c: of?.CTI_Adapter__c,
        Source__c: 'connectVoiceContact',
        Event__c: 'onConnecting',
        Active__c: true,
        Script__c: '{ broken',
      });
      await withFlow({ Active__c: false }, /A CTI flow is broken/);
      await admin.delete('AC_CtiScript__c', broken);
    });
    await test.step('the flow failed by rights', async () => {
      // A new field is seen by nobody without a permission set.
      await admin.deploy(
        'CustomField',
        'Contact.Secret__c',
        '<label>Secret</label><length>20</length><type>Text</type>',
      );
      const [contact] = await admin.query<{ Id: string }>('SELECT Id FROM Contact LIMIT 1');
      if (!contact) throw new Error('there is no contact');
      const Script__c = retrieves('Secret__c', contact.Id);
      await withFlow({ Script__c }, /The flow .* failed at Retrieve.*the agent may not see it/);
    });
    await test.step('the flow takes too long', () =>
      withFlow({ Script__c: waitsThenSearches(61_000) }, /The flow .* failed at Delay: it would wait for 61 seconds/));
    await test.step('the call was over before the record could pop', () =>
      withFlow({ Script__c: waitsThenSearches(15_000) }, /It came too late: the call was over/));
  } finally {
    await admin.update('AC_CtiScript__c', Id, { Active__c: asItWas.Active__c, Script__c: asItWas.Script__c });
  }
  await test.step('the record is broken', async () => {
    const [record] = await admin.query<{ Id: string; Amazon_Connect_Instance_Alias__c: string }>(
      "SELECT Id, Amazon_Connect_Instance_Alias__c FROM AC_CtiAdapter__c WHERE Name = 'ACLightningAdapter'",
    );
    if (!record) throw new Error('there is no adapter record');
    await admin.update('AC_CtiAdapter__c', record.Id, { Amazon_Connect_Instance_Alias__c: 'default' });
    await apart.readAnew();
    await takes(amelia, sandbox, sandbox.ready.contact.phone);
    await says(calls, /The AC CTI Adapter record is broken/);
    await admin.update('AC_CtiAdapter__c', record.Id, {
      Amazon_Connect_Instance_Alias__c: record.Amazon_Connect_Instance_Alias__c,
    });
    await apart.killAdapter(); // whoever signs in next would hear of the broken one for up to a minute
  });
});

test('… and who lost a permission set', async ({ apart }) => {
  const { sandbox } = apart;
  const administrator = () => CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const admin = await administrator();
  const amelia = await sandbox.agentAvailable();
  const calls = await looking(sandbox);
  const [set] = await admin.query<{ Id: string; AssigneeId: string; PermissionSetId: string }>(
    `SELECT Id, AssigneeId, PermissionSetId FROM PermissionSetAssignment
     WHERE PermissionSet.Name = 'AC_Agent' AND Assignee.Username = '${amelia.user.username}'`,
  );
  if (!set) throw new Error('the agent has no permission set');
  const { Id, AssigneeId, PermissionSetId } = set;
  await admin.delete('PermissionSetAssignment', Id);
  try {
    apart.endSessions('access'); // a token may be used until it ends; who renews it is asked for the permission set
    await takes(amelia, sandbox, '+12065550985'); // a stranger's number is looked up by the API
    await says(calls, /lacks a permission set of the package|the agent's session with it had ended/);
  } finally {
    const again = await administrator();
    await again.create('PermissionSetAssignment', { AssigneeId, PermissionSetId });
  }
});

test('… and who was not there', async ({ apart }) => {
  const { sandbox } = apart;
  const amelia = await sandbox.agentAvailable();
  const calls = await looking(sandbox);

  await test.step('the page was not connected', async () => {
    await apart.killAdapter();
    await takes(amelia, sandbox, sandbox.ready.contact.phone);
    await apart.startAdapter();
    await says(calls, /The agent's page was not connected|It came too late/);
  });

  await test.step('the agent was signed out', async () => {
    apart.endSessions('refresh');
    await takes(amelia, sandbox, sandbox.ready.contact.phone); // finds it out
    await expect(amelia.softphone.getByRole('alert').filter({ hasText: 'session has ended' })).toBeVisible();
    await takes(amelia, sandbox, sandbox.ready.contact.phone);
    await signsInAgain(amelia);
    await says(calls, /The agent was signed out from .+ to .+: nothing could pop/);
  });

  await test.step('the console hangs', async () => {
    await amelia.page.reload(); // whatever waits is done
    await amelia.openSoftphone();
    await amelia.seesStatus('Available');
    await expect.poll(() => sandbox.pages()).toBe(1);
    const page = amelia.page.frames().find((f) => f.url().includes('AC_LightningAdapter'));
    await page?.evaluate(() => {
      const { sforce } = window as unknown as { sforce: { opencti: Record<string, unknown> } };
      sforce.opencti.searchAndScreenPop = () => {}; // takes the question, and never answers
    });
    await takes(amelia, sandbox, sandbox.ready.contact.phone);
    await says(calls, /The agent's console tab hung: it did not answer searchAndScreenPop in time/);
  });

  await test.step('somebody else at the contact centre', async () => {
    const manager = sandbox.user('manager');
    const { connect_username, connect_password } = sandbox.user('agent');
    await amelia.close();
    const mixed = await Agent.signIn(sandbox, { ...manager, connect_username, connect_password });
    await mixed.signInToCCP();
    await mixed.chooseStatus('Available');
    await takes(mixed, sandbox, sandbox.ready.contact.phone);
    await says(calls, /signed in to the contact centre as another user/);
    await mixed.close();
  });

  await test.step('the org’s API is spent', async () => {
    const again = await sandbox.agentAvailable();
    const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
    await expect(async () => {
      for (;;) await admin.query('SELECT Id FROM User LIMIT 1');
    }).rejects.toThrow(/REQUEST_LIMIT_EXCEEDED/);
    await takes(again, sandbox, '+12065550986');
    await says(calls, /its other forms were not asked for: the org's API allowance is used up/);
  });
});
