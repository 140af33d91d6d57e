import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { choosesInOmni, inBar, omni } from '../fixtures/omni.ts';
import { test as base, expect, Sandbox } from '../fixtures/sandbox.ts';

/** A sandbox of its own: its agent works in another app afterwards, with statuses that others do not expect. */
const test = base.extend<{ sandbox: Sandbox }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument
  sandbox: async ({}, use) => {
    const sandbox = await Sandbox.start();
    await use(sandbox);
    await sandbox.stop();
  },
});

const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

const property = (name: string, value: string) =>
  `<componentInstanceProperties><name>${name}</name><value>${value}</value></componentInstanceProperties>`;
const item = (component: string, ...properties: string[]) =>
  `<itemInstances><componentInstance>${properties.join('')}<componentName>${component}</componentName></componentInstance></itemInstances>`;

/** A queue of cases with one agent, who may be available or at lunch, in an app with Omni-Channel. */
async function configure(sandbox: Sandbox): Promise<CRM> {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const { username } = sandbox.user('agent');
  const given = `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'AC_Presence' AND Assignee.Username = '${username}'`;
  for (const { Id } of await crm.query<{ Id: string }>(given)) await crm.delete('PermissionSetAssignment', Id); // the demo's statuses
  await crm.deploy('OmniChannelSettings', 'OmniChannel', '<enableOmniChannel>true</enableOmniChannel>');
  await crm.deploy('ServiceChannel', 'Cases', '<label>Cases</label><relatedEntityType>Case</relatedEntityType>');
  await crm.deploy(
    'ServicePresenceStatus',
    'Available_Cases',
    '<channels><channel>Cases</channel></channels><label>Available - Cases</label>',
  );
  await crm.deploy('ServicePresenceStatus', 'Lunch', '<label>At Lunch</label>');
  await crm.deploy(
    'PresenceUserConfig',
    'Desk',
    `<assignments><users><user>${username}</user></users></assignments><capacity>4</capacity><enableDecline>true</enableDecline><label>Desk</label>`,
  );
  await crm.deploy(
    'QueueRoutingConfig',
    'Support',
    '<capacityWeight>2</capacityWeight><label>Support</label><routingModel>LEAST_ACTIVE</routingModel><routingPriority>1</routingPriority>',
  );
  await crm.deploy(
    'Queue',
    'Support',
    `<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Support</name><queueMembers><users><user>${username}</user></users></queueMembers><queueRoutingConfig>Support</queueRoutingConfig><queueSobject><sobjectType>Case</sobjectType></queueSobject>`,
  );
  const items = [
    item('opencti:softPhone', property('label', 'Phone'), property('icon', 'call')),
    item('runtime_service_omnichannel:omniWidget', property('label', 'Omni-Channel'), property('eager', 'true')),
  ];
  await crm.deploy(
    'FlexiPage',
    'Support_Bar',
    `<flexiPageRegions>${items.join('')}<name>utilityItems</name><type>Region</type></flexiPageRegions><masterLabel>Support Bar</masterLabel><template><name>one:utilityBarTemplateDesktop</name></template><type>UtilityBar</type>`,
  );
  await crm.deploy(
    'CustomApplication',
    'Support_Desk',
    '<label>Support Desk</label><navType>Console</navType><tabs>standard-home</tabs><tabs>standard-Case</tabs><uiType>Lightning</uiType><utilityBar>Support_Bar</utilityBar>',
  );
  const access = (status: string) =>
    `<servicePresenceStatusAccesses><enabled>true</enabled><servicePresenceStatus>${status}</servicePresenceStatus></servicePresenceStatusAccesses>`;
  await crm.deploy(
    'PermissionSet',
    'Support_Agents',
    `<applicationVisibilities><application>Support_Desk</application><visible>true</visible></applicationVisibilities><label>Support Agents</label>${access('Available_Cases')}${access('Lunch')}`,
  );
  const [set] = await crm.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Support_Agents'");
  const [user] = await crm.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  await crm.create('PermissionSetAssignment', { PermissionSetId: set?.Id, AssigneeId: user?.Id });
  return crm;
}

async function openApp(page: Page, app: string): Promise<void> {
  await page.getByRole('button', { name: 'App Launcher', exact: true }).click();
  const launcher = page.getByRole('dialog', { name: 'App Launcher' });
  await launcher.getByRole('searchbox', { name: 'Search apps and items' }).fill(app);
  await launcher.getByRole('link', { name: app }).click();
}

test('a case that goes to a queue is offered, accepted, worked on and closed; all tabs agree', async ({ sandbox }) => {
  const crm = await configure(sandbox);
  const amelia = await sandbox.signIn('agent');
  await openApp(amelia.page, 'Support Desk');
  await inBar(amelia, 'Offline').click();
  await expect(omni(amelia).getByText('You are offline.')).toBeVisible();
  await shot(amelia.page, 'offline');

  await test.step('a status, from the keyboard alone', async () => {
    await omni(amelia).getByRole('button', { name: 'Omni-Channel status: Offline' }).press('Enter');
    await expect(amelia.page.getByRole('menuitemradio', { name: 'Available - Cases' })).toBeFocused();
    await shot(amelia.page, 'statuses');
    await expectAccessible(amelia.page, 'Omni-Channel, statuses');
    await amelia.page.keyboard.press('Enter');
    await expect(inBar(amelia, 'Online')).toBeVisible();
    await expect(omni(amelia).getByText('You have no new work.')).toBeVisible();
    await shot(amelia.page, 'online');
  });

  const two = await amelia.anotherTab();
  await test.step('another tab has the same status, and changes it for both', async () => {
    await inBar(two, 'Online').click();
    await choosesInOmni(two, 'At Lunch');
    await expect(inBar(two, 'Busy')).toBeVisible();
    await expect(inBar(amelia, 'Busy')).toBeVisible();
    await shot(two.page, 'busy');
    await choosesInOmni(two, 'Available - Cases');
    await expect(inBar(amelia, 'Online')).toBeVisible();
  });

  await test.step('a reload keeps the status', async () => {
    await amelia.page.reload();
    await expect(inBar(amelia, 'Online')).toBeVisible();
    await expect(inBar(two, 'Online')).toBeVisible();
  });

  const [queue] = await crm.query<{ Id: string }>(
    "SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = 'Support'",
  );
  await test.step('a case is offered in both tabs, and opens where it is accepted', async () => {
    await inBar(amelia, 'Online').click();
    await crm.create('Case', { Subject: 'The printer eats paper', OwnerId: queue?.Id, Origin: 'Web' });
    await expect(omni(amelia).getByText('The printer eats paper')).toBeVisible();
    await expect(omni(two).getByRole('tab', { name: 'New (1)' })).toBeVisible();
    await shot(amelia.page, 'offered');
    await expectAccessible(amelia.page, 'Omni-Channel, new work');
    await omni(amelia)
      .getByRole('button', { name: /^Accept Case/ })
      .click();
    await expect(amelia.page.getByRole('heading', { name: /^0000\d+$/ })).toBeVisible();
    await expect(omni(two).getByRole('tab', { name: 'My Work (1)' })).toBeVisible();
    await omni(amelia).getByRole('tab', { name: 'My Work (1)' }).click();
    await shot(amelia.page, 'accepted');
    await expect(two.page.getByRole('heading', { name: /^0000\d+$/ })).toBeHidden();
    const [made] = await crm.query<{ Owner: { Username: string } }>(
      "SELECT Owner.Username FROM Case WHERE Subject = 'The printer eats paper'",
    );
    expect(made?.Owner.Username).toBe(amelia.user.username);
  });

  await test.step('given back to the queue by hand, it is offered again', async () => {
    await amelia.page.getByRole('button', { name: 'Show more actions' }).click();
    await amelia.page.getByRole('menuitem', { name: 'Change Owner' }).click();
    const dialog = amelia.page.getByRole('dialog', { name: 'Change Owner of Case' });
    await dialog.getByLabel('Object of New Owner').selectOption({ label: 'Queues' });
    await dialog.getByRole('combobox', { name: 'New Owner', exact: true }).click();

    await expect(dialog.getByRole('option', { name: /^Support/ })).toBeVisible();
    await shot(amelia.page, 'owner');
    await dialog.getByRole('option', { name: /^Support/ }).click();
    await dialog.getByRole('button', { name: 'Change Owner' }).click();
    await omni(amelia).getByRole('tab', { name: 'New (1)' }).click();
    await omni(amelia)
      .getByRole('button', { name: /^Accept Case/ })
      .click();
    await expect(omni(amelia).getByRole('tab', { name: 'My Work (1)' })).toBeVisible();
  });

  await test.step('closing its tab closes the work', async () => {
    await amelia.page.getByRole('button', { name: /^Close 0000/ }).click();
    await expect(omni(amelia).getByRole('tab', { name: 'My Work (0)' })).toBeVisible();
    await expect(omni(two).getByRole('tab', { name: 'My Work (0)' })).toBeVisible();
    const works = await crm.query<{ Status: string }>('SELECT Status FROM AgentWork ORDER BY Name');
    expect(works).toMatchObject([{ Status: 'Transferred' }, { Status: 'Closed' }]);
  });

  await test.step('declined work stays away, and logging out in one tab logs out both', async () => {
    await crm.create('Case', { Subject: 'The scanner hums', OwnerId: queue?.Id, Origin: 'Phone' });
    await omni(amelia).getByRole('tab', { name: 'New (1)' }).click();
    await omni(amelia)
      .getByRole('button', { name: /^Decline Case/ })
      .click();
    await expect(omni(amelia).getByRole('tab', { name: 'New (0)' })).toBeFocused();
    await choosesInOmni(amelia, 'Offline');
    await expect(inBar(two, 'Offline')).toBeVisible();
    const now = await crm.query('SELECT Id FROM UserServicePresence WHERE IsCurrentState = true');
    expect(now).toEqual([]);
  });
  expect(amelia.errors).toEqual([]);
  expect(two.errors).toEqual([]);
});
