import { CRM } from '../fixtures/crm.ts';
import { agentTone, callerTone, expect, test } from '../fixtures/sandbox.ts';

test('a page reloaded while it rings goes on ringing, without asking who one is or popping twice', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  sandbox.call();
  const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(tab).toHaveCount(1);

  await amelia.page.reload();

  await amelia.ccp.getByRole('button', { name: 'Accept call' }).click();
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(tab).toHaveCount(1);
  await amelia.endAndClear();
});

// The platform gives no audio back after a reload: the library opens it only for a call that is about to connect.
test('a reload in the middle of a call is asked about; after it the call is still there, and is popped and logged once', async ({
  sandbox,
}) => {
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const logged = () => admin.query<{ Id: string }>("SELECT Id FROM Task WHERE TaskSubtype = 'Call'");
  const before = await logged();
  const amelia = await sandbox.agentAvailable();
  sandbox.call();
  await amelia.accept();
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);

  const asked = amelia.page.waitForEvent('dialog');
  const reloaded = amelia.page.reload();
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.accept();
  await reloaded;

  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.endAndClear();
  await expect.poll(async () => (await logged()).length).toBe(before.length + 1);
});

test('two clicks on Accept are one', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  sandbox.call();
  await amelia.ccp.getByRole('button', { name: 'Accept call' }).dblclick();
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect(amelia.ccp.getByRole('alert')).toBeHidden();
  await amelia.endAndClear();
  expect(amelia.errors).toEqual([]);
});

for (const { name, from } of [
  { name: 'withheld', from: 'anonymous' },
  { name: 'no number at all', from: 'front-desk' },
]) {
  test(`a caller whose number is ${name} rings, is told as such, and pops nothing`, async ({ sandbox }) => {
    const amelia = await sandbox.agentAvailable();
    const tabs = await amelia.page.getByRole('tab').count();
    sandbox.call('--from', from);
    await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
    await amelia.accept();
    await expect(amelia.page.getByRole('tab')).toHaveCount(tabs);
    await amelia.endAndClear();
    expect(amelia.errors).toEqual([]);
  });
}

test('a rejected call is a missed call until it is closed, and the caller goes back to the queue', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  const caller = sandbox.call();
  await amelia.ccp.getByRole('button', { name: 'Reject call' }).click();
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible(); // offered again, to the only agent
  await caller.program.stop('SIGINT');
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeHidden();
});

test('a caller who gives up while it rings takes the contact along, and the agent stays available', async ({
  sandbox,
}) => {
  const amelia = await sandbox.agentAvailable();
  const caller = sandbox.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await caller.program.stop('SIGINT');
  await expect(amelia.ccp.getByRole('heading', { name: 'No contact' })).toBeVisible();
  await amelia.seesStatus('Available');
  // The panel may ask for the call's audio in the moment in which the caller is gone, and is told so in the service's own word.
  expect(amelia.errors.filter((e) => !e.includes('CallNotFoundException'))).toEqual([]);
});

test('nobody is available: the caller waits with music until somebody is', async ({ sandbox }) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.signInToCCP();
  await amelia.chooseStatus('Offline');
  const caller = sandbox.call();
  await caller.program.line((l) => l.startsWith('answered'));
  await amelia.chooseStatus('Available');
  await amelia.accept();
  await amelia.endAndClear();
  expect(await caller.program.ended).toBe(0);
});

test('a click on a number calls it, both talk, and the call is logged on the record', async ({ sandbox }) => {
  const admin = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  const [contact] = await admin.query<{ Id: string }>(
    `SELECT Id FROM Contact WHERE Name = '${sandbox.ready.contact.name}'`,
  );
  expect(contact).toBeDefined();
  const amelia = await sandbox.agentAvailable();
  const telephone = sandbox.telephone(sandbox.ready.contact.phone);
  await telephone.program.line((l) => l.startsWith('registered'));
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/r/Contact/${contact?.Id}/view`);

  await amelia.page
    .getByRole('button', { name: /^Dial / })
    .first()
    .click();

  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await telephone.program.line((l) => l.startsWith('answered'));
  await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
  // Long enough for the agent's tone to be most of what the telephone recorded.
  await amelia.talks();
  await amelia.endAndClear();
  expect(await telephone.program.ended).toBe(0);
  expect(telephone.heard(agentTone)).toBeGreaterThan(0.3);
  await expect
    .poll(async () =>
      (
        await admin.query<{ CallType: string }>(
          `SELECT CallType FROM Task WHERE WhoId = '${contact?.Id}' AND CallType = 'Outbound'`,
        )
      ).map((t) => t.CallType),
    )
    .toEqual(['Outbound']);
});

test('two tabs of one agent: one call is one pop, one log and one audio', async ({ sandbox }) => {
  const amelia = await sandbox.agentAvailable();
  const second = await amelia.secondTab();
  sandbox.call();
  await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  await expect(second.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible();
  const popped = async () =>
    (await amelia.page.getByRole('tab', { name: sandbox.ready.contact.name }).count()) +
    (await second.page.getByRole('tab', { name: sandbox.ready.contact.name }).count());
  await expect.poll(popped).toBe(1);
  await second.accept();
  await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeVisible();
  await expect
    .poll(async () => Math.max(await amelia.hears(callerTone), await second.hears(callerTone)))
    .toBeGreaterThan(0.3);
  await amelia.endAndClear();
  await second.seesStatus('Available');
});
