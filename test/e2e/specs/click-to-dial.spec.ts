import type { Page } from '@playwright/test';
import type { Agent } from '../fixtures/agent.ts';
import { LogBook } from '../fixtures/log-book.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

const record = (sandbox: Sandbox, id: string) => `${sandbox.ready.crm}/lightning/r/Contact/${id}/view`;

const clickNumber = (page: Page, number: string) =>
  page
    .getByRole('button', { name: `Dial ${number}`, exact: true })
    .filter({ visible: true })
    .first()
    .click();

/** Opens a contact's page, whose number is dialled and answered. */
const calls = async (sandbox: Sandbox, amelia: Agent, contact: string, number: { shown: string; dialled: string }) => {
  const telephone = sandbox.telephone(number.dialled);
  await telephone.program.line((l) => l.startsWith('registered'));
  await amelia.page.goto(record(sandbox, contact));
  await clickNumber(amelia.page, number.shown);
  await telephone.program.line((l) => l.startsWith('answered'));
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
};

/** From now on several matches open the search page. */
const makeLayout = async (sandbox: Sandbox) => {
  const { page, context } = await sandbox.signIn('administrator');
  await page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  await page.getByRole('searchbox', { name: 'Quick Find' }).fill('Softphone Layouts');
  await page.getByRole('link', { name: 'Softphone Layouts', exact: true }).click();
  await press('Continue');
  await press('New');
  await page.getByRole('textbox', { name: 'Name' }).fill('Searching');
  await page.getByRole('checkbox', { name: 'Is Default Layout' }).check();
  const several = page.getByRole('group', { name: 'Multiple-matching records:' });
  await several.getByRole('radio', { name: 'Pop to search page' }).check();
  await press('Save');
  await expect(page.getByRole('button', { name: 'Searching', exact: true })).toBeVisible();
  await context.close();
};

test('numbers that are clicked: one that two contacts share, one with an extension, and those that are not dialled', async () => {
  const sandbox = await Sandbox.start(); // its own: others want the layout as it was
  try {
    await makeLayout(sandbox);
    const book = await LogBook.open(sandbox);
    const amelia = await sandbox.agentAvailable();

    await test.step('the record of two on which it was clicked stays in front, and has the call', async () => {
      const Phone = '(206) 555-0144';
      await book.crm.create('Contact', { FirstName: 'Ines', LastName: 'Ferro', Phone });
      const otto = await book.crm.create('Contact', { FirstName: 'Otto', LastName: 'Ferro', Phone });
      await calls(sandbox, amelia, otto, { shown: Phone, dialled: '+12065550144' });
      expect(amelia.page.url()).toBe(record(sandbox, otto));
      await expect(amelia.softphone.getByRole('region', { name: 'Search results' })).toBeHidden();
      await amelia.endAndClear();
      const page = amelia.page.getByRole('tabpanel', { name: 'Otto Ferro' });
      await expect(page.getByRole('link', { name: 'Call to (206) 555-0144' })).toBeVisible();
      await expect(amelia.page.getByRole('tab', { name: 'Otto Ferro' })).toHaveAttribute('aria-selected', 'true');
      await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
      expect(await book.tasks()).toMatchObject([{ WhoId: otto, CallType: 'Outbound' }]);
      expect(await book.channels()).toMatchObject([{ Contact__c: otto, Owner: { Username: amelia.user.username } }]);
    });

    await test.step('an extension is not dialled, and the call is logged on the record', async () => {
      const Phone = '(206) 555-0145 x123';
      const nora = await book.crm.create('Contact', { FirstName: 'Nora', LastName: 'Quist', Phone });
      await calls(sandbox, amelia, nora, { shown: Phone, dialled: '+12065550145' });
      await amelia.endAndClear();
      await expect.poll(() => book.count()).toEqual({ tasks: 2, channels: 2 });
      expect((await book.tasks()).at(-1)).toMatchObject({ WhoId: nora, CallType: 'Outbound' });
    });

    for (const [number, told] of [
      ['555-0708', '555-0708 lacks its area code'],
      ['911', '911 is an emergency number and is not dialled for you'],
      ['206-555-0706 / 206-555-0707', 'holds several numbers'],
    ] as const)
      await test.step(`${number} calls nobody and says why, until the agent has read it`, async () => {
        const contact = await book.crm.create('Contact', { LastName: `Reached at ${number}`, Phone: number });
        await amelia.page.goto(record(sandbox, contact));
        await clickNumber(amelia.page, number);
        const said = amelia.softphone.getByRole('alert').filter({ hasText: told });
        await expect(said).toBeVisible();
        await expect(amelia.ccp.getByRole('heading', { name: 'No contact' })).toBeVisible();
        await said.getByRole('button', { name: 'Dismiss' }).click();
        await expect(said).toHaveCount(0);
      });
    expect(await book.count()).toEqual({ tasks: 2, channels: 2 });
  } finally {
    await sandbox.stop();
  }
});
