import type { Agent } from '../fixtures/agent.ts';
import { test } from '../fixtures/apart.ts';
import { CRM } from '../fixtures/crm.ts';
import { type Block, flowOf, script } from '../fixtures/flows.ts';
import { expect } from '../fixtures/sandbox.ts';

test.use({ more: ['--api-requests', '4000'] });

/** How many softphones are connected to the adapter. */
/** What a block gave, for a text. */
const given = (action: number, path: string) => `$.actions.uid-${action}.results.${path}`;

/** Writes what earlier blocks gave into a contact's description, a line each. */
const written = (contact: string, values: string[], after: number): Block[] => [
  {
    type: 'SE_CoreStringTemplate',
    controls: {
      template: values.map((_, i) => `{{v${i}}}`).join('\n'),
      variables: Object.fromEntries(values.map((v, i) => [`v${i}`, v])),
    },
  },
  {
    type: 'SE_SFSaveLog',
    controls: { recordId: contact, entityType: 'Contact', fieldValues: { Description: given(after + 1, 'string') } },
  },
];

const modal = (title: string): Block => ({
  type: 'SE_CoreShowModal',
  controls: { title, message: 'Go on?', confirmLabel: 'Go on', cancelLabel: 'Stop' },
});

async function goOn(agent: Agent, title: string): Promise<void> {
  await agent.softphone.getByRole('alertdialog', { name: title }).getByRole('button', { name: 'Go on' }).click();
}

test('flows act on the agent’s telephone, on the contact, on the panel, and close work of Sales Engagement', async ({
  apart,
}) => {
  test.setTimeout(180_000);
  const { sandbox } = apart;
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const { CTI_Adapter__c } = await flowOf(admin, 'connectVoiceContact', 'onConnecting');
  const [maya] = await admin.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  if (!maya) throw new Error('there is no such contact');
  const add = (source: string, event: string, ...blocks: Block[]) =>
    admin.create('AC_CtiScript__c', {
      Name: `${source} ${event}`,
      Source__c: source,
      Event__c: event,
      Active__c: true,
      CTI_Adapter__c,
      Script__c: script(...blocks),
    });
  const description = async () =>
    (await admin.query<{ Description: string }>(`SELECT Description FROM Contact WHERE Id = '${maya.Id}'`))[0]
      ?.Description;

  const questions: Block[] = [
    { type: 'SE_AgentGetName' },
    { type: 'SE_AgentGetStatus' },
    { type: 'SE_AgentIsSoftphoneEnabled' },
    { type: 'SE_AgentGetDialableCountries' },
    { type: 'SE_AgentGetEndpoint', controls: { phoneNumber: '(206) 555-0100' } },
    { type: 'SE_AgentGetQuickConnections' },
    { type: 'SE_AgentGetCcpLogs' },
    { type: 'SE_SFGetAppViewInfo' },
    { type: 'SE_ContactUpdateAttributes', controls: { attributes: { reason: 'late parcel' } } },
    { type: 'SE_ContactGetAttributeValue', controls: { attributeName: 'reason' } },
  ];
  await add(
    'connectVoiceContact',
    'onConnected',
    { type: 'SE_AgentMute' },
    modal('Muted'),
    { type: 'SE_AgentUnmute' },
    { type: 'SE_SFSetSoftphonePanelHeight', controls: { height: 700 } },
    { type: 'SE_SFSetSoftphonePanelWidth', controls: { width: 500 } },
    modal('Larger'),
    ...questions,
    ...written(
      maya.Id,
      [given(7, 'value'), given(8, 'name'), given(11, 'phoneNumber'), given(14, 'recordId'), given(16, 'value')],
      6 + questions.length,
    ),
    { type: 'SE_ContactDestroyConnection' },
  );
  await add('connectVoiceContact', 'onEnded', modal('Over'), { type: 'SE_ContactClear' });
  const property = (key: string): Block => ({ type: 'SE_GetProperty', controls: { key } });
  await add('salesforceUi', 'onHvsWorkStart', {
    type: 'SE_SetProperty',
    controls: { key: 'hvsWorkId', value: '$.payload.workId' },
  });
  await add(
    'connectAgent',
    'onRoutable',
    property('hvsWorkId'),
    { type: 'SE_CoreTruthy', controls: { value: given(1, 'value') } },
    { type: 'SE_SFCreateTask', controls: { Subject: 'Cadence', Status: 'Completed', Priority: 'Normal' } },
    {
      type: 'SE_SFCompleteHvsWorkWithTaskSaved',
      controls: { workId: given(1, 'value'), disposition: 'Meaningful Connect', taskId: given(3, 'id') },
    },
    { type: 'SE_UnsetProperty', controls: { key: 'hvsWorkId' } },
  );
  const amelia = await sandbox.agentAvailable();
  await apart.readAnew();

  await test.step('the agent is muted, and heard again', async () => {
    sandbox.call('--from', sandbox.ready.contact.phone);
    await amelia.accept();
    await expect(amelia.ccp.getByRole('button', { name: 'Unmute' })).toBeVisible();
    await goOn(amelia, 'Muted');
    await expect(amelia.ccp.getByRole('button', { name: 'Mute', exact: true })).toBeVisible();
  });

  await test.step('the panel has the size that the flow says', async () => {
    const panel = amelia.page.locator('iframe[title="Softphone"]');
    await expect.poll(async () => (await panel.boundingBox())?.width).toBeGreaterThan(480);
    await goOn(amelia, 'Larger');
  });

  await test.step('what agent, contact and console answer is known to the flow, and the call is over then', async () => {
    await expect.poll(description).toContain('late parcel');
    const [name, status, number, record] = ((await description()) ?? '').split('\n');
    expect({ name, number, record }).toEqual({
      name: expect.stringMatching(/\w/),
      number: '+12065550100',
      record: maya.Id,
    });
    expect(status).toMatch(/\w/);
    await goOn(amelia, 'Over');
    await amelia.seesStatus('Available');
  });

  await test.step('a call that Sales Engagement gave is dialled, and completed when the agent is routable again', async () => {
    const { page } = amelia;
    await page.getByRole('button', { name: 'Show more actions' }).first().click();
    await page.getByRole('menuitem', { name: 'Start Sales Engagement Call' }).click();
    await expect(amelia.ccp.getByRole('region', { name: 'Contact' })).toContainText('555');
    await goOn(amelia, 'Muted');
    await goOn(amelia, 'Larger');
    await goOn(amelia, 'Over');
    await expect(page.getByText('The call to Maya Lindqvist is completed: Meaningful Connect.')).toBeVisible();
  });
});
