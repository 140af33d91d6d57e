import { ListApprovedOriginsCommand } from '@aws-sdk/client-connect';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const signIn = async (sandbox: Sandbox, role: string): Promise<Page> => {
  const page = await sandbox.newPage();
  await page.goto(sandbox.ready.connect);
  await page.getByLabel('Username').fill(sandbox.user(role).connect_username);
  await page.getByLabel('Password').fill(sandbox.user(role).connect_password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  return page;
};

const accessible = async (page: Page) => {
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
  expect(found.violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
};

const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

test('an administrator approves two origins, as the guide says', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'administrator');
  const instances = page.getByRole('table', { name: 'Instances' });
  await expect(instances).toBeVisible();
  await page.getByLabel('Region').selectOption('eu-central-1');
  await expect(page.getByText('No instances in Europe (Frankfurt)')).toBeVisible();
  await page.getByLabel('Region').selectOption('us-east-1');
  await accessible(page);
  await shot(page, 'instances');
  await instances.getByRole('link', { name: 'patchcord-demo' }).click();
  await expect(page.getByText(sandbox.ready.instance_id).first()).toBeVisible();
  await accessible(page);
  await shot(page, 'overview');

  await page.getByRole('link', { name: 'Application Integration' }).click();
  const origins = page.getByRole('table', { name: 'Approved origins' });
  for (const origin of [
    'https://xxxxxxxx-dev-ed.lightning.force.com',
    'https://xxxxxxxx-dev-ed--amazonconnect.visualforce.com',
  ]) {
    await page.getByRole('button', { name: '+ Add origin' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add origin' });
    await dialog.getByLabel('Enter origin URL').fill(`${origin}/lightning/page/home`);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(dialog.getByRole('alert')).toContainText(`without a path: enter ${origin}`);
    await expect(dialog.getByLabel('Enter origin URL')).toHaveValue(`${origin}/lightning/page/home`);
    await shot(page, 'refused');
    await dialog.getByLabel('Enter origin URL').fill(origin);
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(origins.getByRole('rowheader', { name: origin })).toBeVisible();
  }
  await accessible(page);
  await shot(page, 'origins');
  const listed = () => sandbox.api().send(new ListApprovedOriginsCommand({ InstanceId: sandbox.ready.instance_id }));
  expect((await listed()).Origins).toContain('https://xxxxxxxx-dev-ed.lightning.force.com');

  await page.getByRole('button', { name: 'Remove https://xxxxxxxx-dev-ed.lightning.force.com' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(origins.getByRole('rowheader', { name: 'https://xxxxxxxx-dev-ed.lightning.force.com' })).toBeHidden();
  expect((await listed()).Origins).not.toContain('https://xxxxxxxx-dev-ed.lightning.force.com');
});

test('a Logout status is added under Manage agent status, and agents see it', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'administrator');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'Manage agent status' }).first().click();
  await page.getByRole('button', { name: 'Add new agent status' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add new agent status' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Complete this field: Status name.')).toBeVisible();
  await dialog.getByLabel('Status name').fill('Logout');
  await accessible(page);
  await shot(page, 'status-form');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('rowheader', { name: 'Logout' })).toBeVisible();
  await shot(page, 'statuses');

  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.ccp.getByRole('button', { name: 'Change status' }).click();
  await expect(amelia.ccp.getByRole('menuitemradio', { name: 'Logout' })).toBeVisible();
});

test('every page of the instance has its list, and is accessible', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'administrator');
  await page.getByRole('link', { name: 'Administration' }).click();
  for (const [name, row] of [
    ['Users management', 'agent'],
    ['Security profiles', 'CallCenterManager'],
    ['Routing profiles', 'Basic Routing Profile'],
    ['Queues', 'BasicQueue'],
    ['Hours of operation', 'Basic Hours'],
    ['Contact flows', 'Sample inbound flow'],
    ['Phone numbers', sandbox.ready.number],
  ] as const) {
    await page.getByRole('navigation', { name: 'Instance' }).getByRole('link', { name }).click();
    await expect(page.getByRole('rowheader', { name: row, exact: true })).toBeVisible();
    await shot(page, name);
    await page.getByRole('button', { name: `Edit ${row}`, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await accessible(page);
    await shot(page, `${name}-edit`);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  }
});

test('users are added, refused with the reason at the field, edited and deleted', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'administrator');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'Users management' }).first().click();
  await page.getByRole('button', { name: 'Add new user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('First name').fill('Nils');
  await dialog.getByLabel('Last name').fill('Berg');
  await dialog.getByLabel('Login name').fill('nils');
  await dialog.getByLabel('Password').fill('short');
  await dialog.getByText('Agent', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('A password has 8 to 64 characters').first()).toBeVisible();
  await expect(dialog.getByLabel('First name')).toHaveValue('Nils');
  await dialog.getByLabel('Password').fill('Long-enough-1');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('rowheader', { name: 'nils' })).toBeVisible();
  await page.getByRole('button', { name: 'Edit nils' }).click();
  await page.getByRole('dialog').getByLabel('Last name').fill('Bergman');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('cell', { name: 'Nils Bergman' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete nils' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('rowheader', { name: 'nils' })).toBeHidden();
});

test('a flow that is not valid is refused with line and path', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'administrator');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'Contact flows' }).first().click();
  await page.getByRole('button', { name: 'Edit Sample inbound flow' }).click();
  const dialog = page.getByRole('dialog');
  const content = await dialog.getByLabel('Content').inputValue();
  await dialog.getByLabel('Content').fill(content.replace('"NextAction": "transfer"', '"NextAction": "nowhere"'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText(/line \d+: Actions\[1\]\.Transitions\.NextAction/);
  await shot(page, 'flow-refused');
});

test('an agent reaches neither the account nor the administration', async ({ sandbox }) => {
  const page = await signIn(sandbox, 'agent');
  await expect(page.getByRole('button', { name: 'Change status' })).toBeVisible();
  await page.goto(`${sandbox.ready.connect}/console/instances`);
  await expect(page.getByText('Your user does not administer this account')).toBeVisible();
  await page.goto(`${sandbox.ready.connect}/console/admin/users`);
  await expect(page.getByText('There is no such page')).toBeVisible();
});
