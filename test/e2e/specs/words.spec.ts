import { expectAccessible } from '../fixtures/accessible.ts';
import type { Agent } from '../fixtures/agent.ts';
import { CRM } from '../fixtures/crm.ts';
import { expect, test } from '../fixtures/sandbox.ts';

const shot = (agent: Agent, name: string) => agent.page.screenshot({ path: test.info().outputPath(`${name}.png`) });

const card = (agent: Agent) => agent.softphone.getByRole('region', { name: 'Caller' });
const accept = (agent: Agent) => agent.ccp.getByRole('button', { name: 'Accept call' });

/** The softphone's icon in the console's bar, by the platform's name. */
const icon = (agent: Agent) => agent.utilityButton.locator('use').first();

test('who calls is said: nobody, one, or sixty; with what to do about it', async ({ sandbox }) => {
  test.setTimeout(180_000);
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const amelia = await sandbox.agentAvailable();

  await test.step('somebody who is known is named, in the panel and in the bar, also after a reload', async () => {
    const { name } = sandbox.ready.contact;
    const caller = sandbox.call();
    await expect(amelia.utilityButton).toHaveText(`Incoming call ${name}`);
    await expect(icon(amelia)).toHaveAttribute('href', /#incoming_call$/);
    await expect(card(amelia)).toContainText(name);
    await amelia.accept();
    await expect(amelia.utilityButton).toHaveText(`On a call ${name}`);
    await expect(icon(amelia)).toHaveAttribute('href', /#dialing$/);
    await expectAccessible(amelia.page, 'softphone, connected');
    await shot(amelia, 'known');
    await caller.program.stop('SIGINT');
    await expect(amelia.utilityButton).toHaveText(`After-call work ${name}`);
    await amelia.page.reload();
    await expect(amelia.utilityButton).toHaveText(`After-call work ${name}`);
    await amelia.openSoftphone();
    await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
    await expect(amelia.utilityButton).toHaveText('Phone');
    await amelia.seesStatus('Available');
  });

  await test.step('a stranger is said to be one, and has a form with the number', async () => {
    sandbox.call('--from', '+12065550199');
    await expect(amelia.utilityButton).toHaveText('Incoming call (206) 555-0199');
    await expect(card(amelia)).toContainText('No record has this number: nothing popped.');
    await expect(accept(amelia)).toBeInViewport({ ratio: 1 });
    await shot(amelia, 'stranger');
    await amelia.accept();
    await card(amelia).getByRole('button', { name: 'New contact' }).click();
    const form = amelia.page.getByRole('dialog', { name: 'New Contact' });
    await expect(form.getByLabel('Phone', { exact: true })).toHaveValue('(206) 555-0199');
    await shot(amelia, 'new-contact');
    await form.getByRole('button', { name: 'Cancel', exact: true }).first().click();
  });

  await test.step('what happened is told in another tab', async () => {
    const link = card(amelia).getByRole('link', { name: 'What happened?' });
    const [told] = await Promise.all([amelia.context.waitForEvent('page'), link.click()]);
    await expect(told).toHaveURL(new RegExp(`^${sandbox.ready.adapter}/(admin/calls/|auth/)`));
    const enter = told.getByRole('link', { name: /sign in/i }).or(told.getByRole('button', { name: /sign in/i }));
    const why = told.getByText('No record has (206) 555-0199');
    await expect(enter.or(why).first()).toBeVisible();
    if (await enter.first().isVisible()) await enter.first().click();
    await expect(why.first()).toBeVisible();
    await told.close();
    await amelia.endAndClear();
  });

  await test.step('of sixty all are counted; the list scrolls in the softphone, and the call can be taken', async () => {
    const Phone = '(206) 555-0177';
    for (let ten = 0; ten < 6; ten++)
      await Promise.all(
        [...Array(10).keys()].map((i) =>
          crm.create('Contact', { LastName: `Twin ${ten}${i}`, FirstName: 'Ty', Phone }),
        ),
      );
    sandbox.call('--from', '+12065550177');
    const list = amelia.softphone.getByRole('region', { name: 'Search results' });
    await expect(list).toContainText('60 records match this call; 20 are listed');
    await expect(accept(amelia)).toBeInViewport({ ratio: 1 });
    const last = list.getByRole('listitem').last().getByRole('button');
    await shot(amelia, 'sixty');
    const name = (await last.locator('span').textContent()) ?? '';
    await last.click();
    await expect(amelia.page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(list).toBeHidden();
    await expect(amelia.utilityButton).toHaveText(`Incoming call ${name}`);
    await expect(accept(amelia)).toBeInViewport({ ratio: 1 });
    await amelia.accept();
    await amelia.endAndClear();
  });

  await test.step('all of that is accessible while it rings', async () => {
    sandbox.call('--from', '+12065550177');
    await expect(amelia.softphone.getByText('60 records match this call')).toBeVisible();
    await expectAccessible(amelia.page, 'softphone, several match'); // may take longer than a call rings
  });
  expect(amelia.errors).toEqual([]);
});

test('a dial that is refused is said in words, once, until it is read or another call comes', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const Phone = '(206) 555-0188';
  const record = await crm.create('Contact', { LastName: 'Refused', Phone });
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Offline');
  const said = amelia.softphone.getByRole('alert');
  const again = amelia.page
    .getByRole('button', { name: `Dial ${Phone}`, exact: true })
    .filter({ visible: true })
    .first();
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${record}/view`);
  for (let i = 0; i < 2; i++) {
    await again.click();
    await expect(said).toHaveText(
      /^The number was not dialled: Amazon Connect makes no call while you are in a contact/,
    );
  }
  await shot(amelia, 'refused');
  await expectAccessible(amelia.page, 'softphone, a dial refused');
  await said.getByRole('button', { name: 'Dismiss' }).focus();
  await amelia.page.keyboard.press('Enter');
  await expect(said).toHaveCount(0);
  await expect(amelia.softphone.locator('.patchcord-panel iframe')).toBeFocused();
  await again.click();
  await expect(said).toHaveCount(1);
  await amelia.chooseStatus('Available');
  sandbox.call();
  await amelia.accept();
  await expect(said).toHaveCount(0);
  await amelia.endAndClear();
});

test('calls are answered and ended by keys, which the agent chooses', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  const { keyboard } = amelia.page;
  const keys = amelia.softphone.getByRole('button', { name: 'Shortcuts' });
  await keys.focus();
  sandbox.call();
  await expect(card(amelia)).toContainText('Alt+Shift+Enter answers');
  await keyboard.press('Alt+Shift+Enter');
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(card(amelia)).toContainText('Alt+Shift+Backspace ends');
  await keyboard.press('Alt+Shift+Backspace');
  await expect(amelia.ccp.getByRole('button', { name: 'Close contact' })).toBeVisible();

  await keyboard.press('Enter');
  await expect(amelia.softphone.getByRole('button', { name: 'Change: Answer the call' })).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.press('F9');
  await shot(amelia, 'shortcuts');
  await expectAccessible(amelia.page, 'softphone, shortcuts');
  await amelia.softphone.getByRole('button', { name: 'Close', exact: true }).click();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');
  sandbox.call();
  await expect(card(amelia)).toContainText('F9 answers');
  await keys.focus();
  await keyboard.press('F9');
  await expect(amelia.ccp.getByRole('region', { name: 'Contact' })).toContainText('00:01'); // a press so soon would be a second one
  await amelia.ccp.getByRole('button', { name: 'End call' }).focus();
  await keyboard.press('Enter');
  await expect(amelia.ccp.getByRole('button', { name: 'Close contact' })).toBeFocused();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await amelia.seesStatus('Available');
});

test('long words wrap, and the softphone is of use in a window of 320 px', async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const LastName = 'W'.repeat(70);
  for (const FirstName of ['A'.repeat(40), 'B'.repeat(40)])
    await crm.create('Contact', { FirstName, LastName, Phone: '(206) 555-0166' });
  const amelia = await sandbox.agentAvailable();
  await amelia.page.setViewportSize({ width: 320, height: 640 });
  sandbox.call('--from', '+12065550166');
  await expect(amelia.softphone.getByText('2 records match')).toBeVisible();
  await expect(accept(amelia)).toBeInViewport({ ratio: 1 });
  await shot(amelia, 'narrow');
  const wide = await amelia.softphone
    .locator('body')
    .evaluate((b) => b.ownerDocument.documentElement.scrollWidth - b.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test('without a permission set of the package the page says so, where the platform opens it at all', async ({
  sandbox,
}) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const { username } = sandbox.user('agent');
  const [user] = await crm.query<{ Id: string }>(`SELECT Id FROM User WHERE Username = '${username}'`);
  const given = await crm.query<{ Id: string }>(
    `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${user?.Id}' AND PermissionSet.Name LIKE 'AC_%'`,
  );
  expect(given.length).toBeGreaterThan(0);
  const page = '<pageAccesses><apexPage>AC_LightningAdapter</apexPage><enabled>true</enabled></pageAccesses>';
  await crm.deploy('PermissionSet', 'Only_The_Page', `<label>Only the page</label>${page}`);
  const [only] = await crm.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Only_The_Page'");
  await crm.create('PermissionSetAssignment', { AssigneeId: user?.Id, PermissionSetId: only?.Id });
  for (const { Id } of given) await crm.delete('PermissionSetAssignment', Id);
  const amelia = await sandbox.signIn('agent');
  await amelia.openSoftphone();
  await expect(amelia.softphone.getByRole('alert')).toHaveText(
    'You do not have the rights to use the softphone. Ask your administrator for the AC_Agent permission set.',
  );
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeHidden();
  await shot(amelia, 'no-rights');
});
