import { expect } from '@playwright/test';
import { test } from '../fixtures/apart.ts';
import { LogBook } from '../fixtures/log-book.ts';

test('the adapter is away, the tab is closed in the call, and the call ends unseen: the next tab tells it, once', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const book = await LogBook.open(sandbox);
  const amelia = await sandbox.agentAvailable();
  await apart.killAdapter();
  const away = amelia.softphone.getByRole('alert').filter({ hasText: 'adapter is not reachable' });
  await expect(away).toBeVisible();
  const caller = sandbox.call();
  await amelia.accept();
  await amelia.page.close({ runBeforeUnload: false });
  await caller.program.stop('SIGINT');

  await apart.startAdapter();
  const later = await amelia.anotherTab();
  await later.openSoftphone();
  await expect.poll(() => sandbox.pages()).toBe(1); // whoever closes the contact before any page has seen it has it known to nobody
  await later.ccp.getByRole('button', { name: 'Close contact' }).click();
  await later.seesStatus('Available');
  await expect.poll(() => book.count(), { timeout: 60_000 }).toEqual({ tasks: 1, channels: 1 });
  const [task] = await book.tasks();
  expect(task).toMatchObject({ CallType: 'Inbound', Owner: { Username: amelia.user.username } });
  await expect(later.softphone.getByRole('alert')).toHaveCount(0);

  sandbox.call(); // whatever was to come twice would have come before this one
  await later.accept();
  await expect(later.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await later.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 2, channels: 2 });
});

test('a call that ends while no tab is open, and is gone from the contact centre when one is, is logged ten seconds later', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const book = await LogBook.open(sandbox);
  const maya = await book.contact(sandbox.ready.contact.name);
  const amelia = await sandbox.agentAvailable();
  const caller = sandbox.call();
  await amelia.accept();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.page.close({ runBeforeUnload: false });
  await caller.program.stop('SIGINT');

  // The contact is closed in the contact centre's own window: no page of the console sees it any more.
  const alone = await amelia.context.newPage();
  await alone.goto(`${sandbox.ready.connect}/ccp-v2/`);
  await alone.getByRole('button', { name: 'Close contact' }).click();
  await expect(alone.getByRole('heading', { name: 'No contact' })).toBeVisible();
  await alone.close();

  const later = await amelia.anotherTab();
  await expect.poll(() => book.count(), { timeout: 60_000 }).toEqual({ tasks: 1, channels: 1 });
  expect(await book.tasks()).toMatchObject([{ WhoId: maya }]);
  await expect(later.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
});

test('an adapter that is killed ten times in one call, whenever it happens to be: one pop, one Task, one row', async ({
  apart,
}) => {
  const { sandbox } = apart;
  const book = await LogBook.open(sandbox);
  const amelia = await sandbox.agentAvailable();
  const killing = (async () => {
    for (let i = 0; i < 10; i++) {
      await apart.killAdapter();
      await apart.startAdapter();
    }
  })();
  sandbox.call();
  await amelia.accept();
  await amelia.talks();
  await amelia.endAndClear();
  await killing; // some of them come while it is being logged
  const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
  await expect.poll(() => book.count(), { timeout: 60_000 }).toEqual({ tasks: 1, channels: 1 });

  sandbox.call();
  await amelia.accept();
  await expect(tab).toHaveCount(1);
  await amelia.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 2, channels: 2 });
  await expect(tab).toHaveCount(1);
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
});
