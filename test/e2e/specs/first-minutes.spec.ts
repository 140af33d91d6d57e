import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

test('a newcomer finds work on Home, quick connects in the panel, and customers who answer when they are called', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  const { page, ccp } = amelia;
  for (const card of ['Recent Accounts', 'Recent Contacts', 'Recent Cases', 'My Open Tasks'])
    await expect(page.getByRole('article', { name: card }).getByRole('listitem').first()).toBeVisible();

  await ccp.getByRole('button', { name: 'Quick connects' }).click();
  await ccp.getByRole('button', { name: 'Warehouse' }).click();
  await expect(ccp.getByRole('region', { name: 'Contact' })).toContainText('Connected call');
  await amelia.endAndClear();

  await page.getByRole('link', { name: sandbox.ready.contact.name }).click();
  await page.getByRole('button', { name: 'Dial (206) 555-0142' }).first().click();
  await expect(ccp.getByRole('region', { name: 'Contact' })).toContainText('Connected call');
  await expect.poll(() => amelia.hears(262)).toBeGreaterThan(0.05); // the melody's first note
  await amelia.endAndClear();
  expect(amelia.errors).toEqual([]);
});

test('words without a space and small windows leave nothing out of reach', async ({ sandbox }) => {
  const word = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft'
    .repeat(2)
    .slice(0, 120);
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const AccountId = await crm.create('Account', { Name: word });
  const id = await crm.create('Contact', { LastName: word.slice(0, 80), Title: word, AccountId });
  await crm.create('Task', { Subject: word, WhoId: id });
  const { page } = await sandbox.signIn('agent');
  await page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${id}/view`);
  const last = page.getByRole('button', { name: 'Delete', exact: true });
  const minimize = page.getByRole('button', { name: 'Minimize' });
  await page.getByRole('contentinfo').getByRole('button').first().click();
  for (const [width, height] of [
    [1280, 800],
    [1000, 700],
    [640, 400],
    [320, 640],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(last).toBeInViewport({ ratio: 1 });
    await expect(minimize).toBeInViewport({ ratio: 1 });
    await minimize.click({ trial: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} wide`).toBeLessThanOrEqual(width);
  }
});
