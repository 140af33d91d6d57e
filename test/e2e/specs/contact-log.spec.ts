import { LogBook } from '../fixtures/log-book.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** The row that came last, once there are so many. */
const row = async (book: LogBook, count = 1) => {
  await expect.poll(async () => (await book.channels()).length).toBe(count);
  return (await book.channels()).at(-1);
};

test('a stranger’s, a missed and a rejected call leave a row each, and the one that was answered a Task', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const maya = await book.contact(sandbox.ready.contact.name);
  const amelia = await sandbox.agentAvailable();
  const Owner = { Username: amelia.user.username };

  sandbox.call('--from', '+12065550199');
  await amelia.accept();
  await amelia.endAndClear();
  const stranger = await row(book);
  const [task] = await book.tasks();
  expect(task).toMatchObject({ CallType: 'Inbound', WhoId: null, Subject: 'Call from (206) 555-0199', Owner });
  expect(stranger).toMatchObject({
    ContactId__c: task?.CallObject,
    CustomerNumber__c: '+12065550199',
    InitiationMethod__c: 'INBOUND',
    Task_Id__c: task?.Id,
    Contact__c: null,
    Owner,
  });
  expect(stranger?.ConnectedAt__c).not.toBeNull();

  const ringing = amelia.ccp.getByRole('button', { name: 'Accept call' });
  const gaveUp = sandbox.call();
  await expect(ringing).toBeVisible();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toBeVisible();
  await gaveUp.program.stop('SIGINT');
  await expect(ringing).toBeHidden();
  const nobodyAnswered = { ConnectedAt__c: null, Task_Id__c: null, Owner };
  const missed = await row(book, 2);
  expect(missed).toMatchObject({ ...nobodyAnswered, Contact__c: maya });
  expect(missed?.EndedAt__c).not.toBeNull();

  const rejected = sandbox.call('--from', '+12065550198');
  await amelia.ccp.getByRole('button', { name: 'Reject call' }).click();
  await rejected.program.stop('SIGINT');
  await amelia.ccp.getByRole('button', { name: 'Close contact' }).click();
  expect(await row(book, 3)).toMatchObject({ ...nobodyAnswered, CustomerNumber__c: '+12065550198' });
  expect(await book.tasks()).toHaveLength(1);
});

test('a customer who is put on hold and taken off: the row says for how long', async ({ sandbox }) => {
  const book = await LogBook.open(sandbox);
  const amelia = await sandbox.agentAvailable();
  const button = (name: string) => amelia.ccp.getByRole('button', { name, exact: true });
  sandbox.call();
  await amelia.accept();
  await button('Hold').click();
  await expect(button('Resume')).toBeVisible();
  await amelia.talks(); // the customer to the music
  await button('Resume').click();
  await expect(button('Hold')).toBeVisible();
  await amelia.endAndClear();
  const { HoldDuration__c: held, InteractionDuration__c: spoken } = (await row(book)) ?? {};
  const [task] = await book.tasks();
  expect(held).toBeGreaterThanOrEqual(3);
  expect(spoken).toBeLessThan(held ?? 0);
  expect(Math.abs((task?.CallDurationInSeconds ?? 0) - (held ?? 0) - (spoken ?? 0))).toBeLessThanOrEqual(1);
});

test('one of two contacts is chosen: the call is logged on that one, and its page shows it without a reload', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const twin = await book.crm.create('Contact', {
    FirstName: 'Tess',
    LastName: 'Twinning',
    Phone: sandbox.ready.contact.phone,
  });
  try {
    const amelia = await sandbox.agentAvailable();
    const loads: string[] = [];
    sandbox.call();
    const choice = amelia.softphone.getByRole('region', { name: 'Search results' });
    await choice.getByRole('button', { name: /Tess Twinning/ }).click();
    const record = amelia.page.getByRole('tabpanel', { name: 'Tess Twinning' });
    await expect(record.getByText('No activities to show')).toBeVisible();
    amelia.page.on('framenavigated', (f) => f === amelia.page.mainFrame() && loads.push(f.url()));
    await amelia.accept();
    await amelia.endAndClear();
    await expect(record.getByRole('link', { name: 'Call from (206) 555-0142' })).toBeVisible();
    await amelia.page.screenshot({ path: test.info().outputPath('logged.png') });
    expect(loads).toEqual([]);
    const channel = await row(book);
    const tasks = await book.tasks();
    expect(tasks).toMatchObject([{ WhoId: twin, Owner: { Username: amelia.user.username } }]);
    expect(channel).toMatchObject({ Contact__c: twin, Task_Id__c: tasks[0]?.Id });
  } finally {
    await book.crm.delete('Contact', twin);
  }
});

test('forty contacts of one number: the true count is told, the list scrolls, and the call can be taken', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const many: string[] = [];
  for (let i = 1; i <= 40; i++)
    many.push(
      await book.crm.create('Contact', {
        FirstName: 'Crew',
        LastName: `Member ${i} of the night shift`,
        Phone: '+12065550177',
      }),
    );
  const amelia = await sandbox.agentAvailable();
  sandbox.call('--from', '+12065550177');
  const choice = amelia.softphone.getByRole('region', { name: 'Search results' });
  await expect(choice.getByRole('status')).toContainText('40 records match this call; 20 are listed');
  await amelia.page.screenshot({ path: test.info().outputPath('many.png') });
  const accept = amelia.ccp.getByRole('button', { name: 'Accept call' });
  await expect(accept).toBeInViewport({ ratio: 1 });
  await choice.getByRole('button', { name: /Crew/ }).last().scrollIntoViewIfNeeded();
  await expect(accept).toBeInViewport({ ratio: 1 });
  await accept.click();
  await amelia.page.screenshot({ path: test.info().outputPath('many-connected.png') });
  await choice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(choice).toBeHidden();
  await amelia.endAndClear();
  await row(book);
  expect(await book.tasks()).toMatchObject([{ WhoId: null }]);
  for (const id of many) await book.crm.delete('Contact', id);
});
