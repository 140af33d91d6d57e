import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { CRM } from '../fixtures/crm.ts';
import { echoFiles } from '../fixtures/echo.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

/** Deploys the app, puts the administrator into its call centre, and opens it. */
async function atEchoDesk(sandbox: Sandbox) {
  const user = sandbox.user('administrator');
  const crm = await CRM.logIn(sandbox.ready.crm, user);
  await crm.deployFiles(echoFiles(sandbox.ready.visualforce));
  const [center] = await crm.query<{ Id: string }>("SELECT Id FROM CallCenter WHERE InternalName = 'EchoCenter'");
  const [person] = await crm.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${user.username}'`);
  const [set] = await crm.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Echo'");
  await crm.create('PermissionSetAssignment', { AssigneeId: person?.Id, PermissionSetId: set?.Id });
  await crm.update('User', person?.Id ?? '', { CallCenterId: center?.Id });
  const [contact] = await crm.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  const ada = await sandbox.signIn('administrator');
  await openApp(ada.page, 'Echo Desk');
  return { ada, page: ada.page, contact: contact?.Id ?? '' };
}

async function openApp(page: Page, app: string): Promise<void> {
  await page.getByRole('button', { name: 'App Launcher', exact: true }).click();
  const launcher = page.getByRole('dialog', { name: 'App Launcher' });
  await launcher.getByRole('searchbox', { name: 'Search apps and items' }).fill(app);
  await launcher.getByRole('link', { name: app }).click();
  await expect(page).toHaveTitle(new RegExp(app));
}

test('a component in the utility bar answers the softphone over each road', async ({ sandbox }) => {
  const { ada, page, contact } = await atEchoDesk(sandbox);
  const echo = page.getByRole('button', { name: 'Echo', exact: true });
  const status = page.locator('#u1-panel').getByRole('status', { includeHidden: true });
  const panel = page.frameLocator('iframe[title="Softphone"]');
  const log = panel.getByRole('log');
  const ask = async (question: string, road: string) => {
    await panel.getByLabel('Question').fill(question);
    await panel.getByRole('button', { name: road, exact: true }).click();
  };
  await expect(log).toHaveText(/^Ready\.$/);
  await page.getByRole('button', { name: 'Phone', exact: true }).click();
  await test.step('over all three', async () => {
    await ask('first', 'Open CTI');
    // who subscribes hears all that is said on the channel, by whichever door it came
    await expect(log).toContainText('Open CTI says Good morning, first');
    await expect(log).toContainText('sforce.one says Good morning, first');
    await ask('second', 'sforce.one');
    await expect(log).toContainText('sforce.one says Good morning, second');
    await ask('third', 'postMessage');
    await expect(log).toContainText('postMessage says Good morning, third');
    await expect(log).not.toContainText('Open CTI says Good morning, third');
    await shot(page, 'asked');
  });

  await test.step('the component has a panel of its own, one at a time', async () => {
    await echo.click();
    await expect(status).toHaveText('Good morning: 3 questions, tab none.');
    await expect(page.getByRole('button', { name: 'Phone', exact: true })).toHaveAttribute('aria-expanded', 'false');
    await expect(page.getByText('It is busy.')).toHaveCSS('font-style', 'italic');
    await expectAccessible(page, 'a component in its panel');
    await shot(page, 'component');
    await page.getByRole('button', { name: 'Forget' }).click();
    await expect(page.getByText('It is quiet.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Forgetful', exact: true })).toBeVisible();
  });

  await test.step('the console’s tabs, by the toolkit', async () => {
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    await ask(JSON.stringify({ method: 'openTab', args: { recordId: contact, focus: true } }), 'Open CTI');
    await expect(log).toContainText('Open CTI says "ctab0"');
    await expect(page.getByRole('tab', { name: sandbox.ready.contact.name })).toBeVisible();
    await ask(
      JSON.stringify({ method: 'openSubtab', args: { parentTabId: 'ctab0', url: '/apex/Echo', focus: true } }),
      'Open CTI',
    );
    await expect(log).toContainText('Open CTI says "ctab0_1"');
    await expect(status).toContainText('tab ctab0_1.');
    await ask(JSON.stringify({ method: 'getTabInfo', args: { tabId: 'ctab9' } }), 'Open CTI');
    await expect(log).toContainText('refused: There is no tab ctab9.');
    await ask(JSON.stringify({ method: 'setTabLabel', args: { tabId: 'ctab0_1', label: 'Questions' } }), 'Open CTI');
    await expect(page.getByRole('tab', { name: 'Questions' })).toBeVisible();
    await shot(page, 'tabs');
  });

  await test.step('a page in a tab hears by sforce.one while it is in front, and is no softphone', async () => {
    const tab = page.frameLocator('iframe[title="Visualforce page"]');
    await expect(tab.getByRole('log')).toContainText('Open CTI is refused: This page is not in a softphone panel.');
    await tab.getByLabel('Question').fill('from a tab');
    await tab.getByRole('button', { name: 'sforce.one' }).click();
    await expect(tab.getByRole('log')).toContainText('sforce.one says Good morning, from a tab');
    await page.getByRole('tab', { name: sandbox.ready.contact.name }).nth(1).click(); // the record, not its workspace
    await ask('behind', 'Open CTI');
    await expect(log).toContainText('Open CTI says Good morning, behind');
    await page.getByRole('tab', { name: 'Questions' }).click();
    await ask('in front', 'Open CTI');
    await expect(tab.getByRole('log')).toContainText('sforce.one says Good morning, in front');
    await expect(tab.getByRole('log')).not.toContainText('behind');
  });
  expect(ada.errors).toEqual([]);

  await test.step('a page outside of Lightning has no road', async () => {
    const alone = await ada.context.newPage();
    await alone.goto(`${sandbox.ready.visualforce}/apex/Echo`);
    await expect(alone.getByRole('log')).toContainText('No sforce.one.');
    await expect(alone.getByRole('log')).toContainText('Open CTI is refused: This page is not in a softphone panel');
  });
});

test('App Builder offers the component, and what its design lets people set', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const files = echoFiles(sandbox.ready.visualforce);
  const component = Object.entries(files).filter(([path]) => /^(aura|messageChannels)\//.test(path));
  await crm.deployFiles(Object.fromEntries(component));
  const { page } = await sandbox.signIn('administrator');
  await page.goto(`${sandbox.ready.crm}/lightning/setup/NavigationMenus/home`);
  await page.getByRole('button', { name: 'Show actions for Service Console', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const builder = page.getByRole('region', { name: 'Lightning App Builder' });
  await builder.getByRole('button', { name: 'Utility Items (Desktop Only)' }).click();
  await page.getByRole('button', { name: 'Add Utility Item' }).click();
  await page.getByRole('searchbox', { name: 'Search utility items' }).fill('ech');
  await shot(page, 'picker');
  await page.getByRole('button', { name: 'Echo', exact: true }).click();
  await expect(builder.getByText('Utility Item Properties: Echo')).toBeVisible();
  await expect(builder.getByLabel('Start automatically')).not.toBeChecked();
  await builder.getByLabel('Greeting').fill('Good evening');
  await shot(page, 'properties');
  await expectAccessible(page, 'properties of a component');
  await builder.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: /saved/i })).toBeVisible();
  await page.goto(`${sandbox.ready.crm}/lightning/page/home`);
  await openApp(page, 'Service Console'); // another test may have left another one
  await page.getByRole('button', { name: 'Echo', exact: true }).click();
  await expect(page.getByText('Good evening: 0 questions')).toBeVisible();
  await shot(page, 'opened');
});

test('an org without Lightning Message Service in pages has postMessage left', async () => {
  const sandbox = await Sandbox.start(['--without-lms', 'opencti,visualforce']);
  try {
    const { page } = await atEchoDesk(sandbox);
    await page.getByRole('button', { name: 'Phone', exact: true }).click();
    const panel = page.frameLocator('iframe[title="Softphone"]');
    await expect(panel.getByRole('log')).toHaveText('No Open CTI messages.No sforce.one.Ready.');
    await panel.getByLabel('Question').fill('still there?');
    await panel.getByRole('button', { name: 'postMessage' }).click();
    await expect(panel.getByRole('log')).toContainText('postMessage says Good morning, still there?');
  } finally {
    await sandbox.stop();
  }
});
