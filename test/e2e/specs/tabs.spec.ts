import type { Page, WebSocketRoute } from '@playwright/test';
import { Agent } from '../fixtures/agent.ts';
import { LogBook } from '../fixtures/log-book.ts';
import { callerTone, expect, test } from '../fixtures/sandbox.ts';

/** A person goes to a tab of the browser and opens an account in its console. */
const opensAccount = async (tab: Agent, name: string) => {
  const { page } = tab;
  await page.bringToFront();
  await page.getByRole('button', { name: 'Minimize' }).click(); // the panel floats over the list
  await page.getByRole('button', { name: 'Show Navigation Menu' }).click();
  await page.getByRole('menuitem', { name: 'Accounts', exact: true }).click();
  await page.getByRole('button', { name: 'Select a List View' }).click();
  await page.getByRole('menuitemradio', { name: 'All Accounts', exact: true }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await tab.openSoftphone();
};

const socketsOf = (page: Page): string[] => {
  const opened: string[] = [];
  page.on('websocket', (socket) => opened.push(socket.url()));
  return opened;
};

test('two tabs of one agent: each call pops where the agent works, and nothing moves in the other', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const older = await sandbox.agentAvailable();
  const newer = await older.secondTab();
  const record = (tab: Agent) => tab.page.getByRole('tab', { name: sandbox.ready.contact.name });
  const call = async (front: Agent, other: Agent) => {
    const stays = other.page.url();
    sandbox.call();
    await expect(record(front)).toHaveCount(1);
    await front.accept();
    await expect
      .poll(async () => Math.max(await front.hears(callerTone), await other.hears(callerTone)))
      .toBeGreaterThan(0.3);
    await front.endAndClear();
    expect(other.page.url()).toBe(stays);
  };

  await opensAccount(older, 'Lindqvist Interiors');
  await call(older, newer);
  await expect(record(newer)).toHaveCount(0);
  await older.page.getByRole('button', { name: `Close ${sandbox.ready.contact.name}` }).click();

  await newer.page.bringToFront();
  await newer.softphone.getByRole('status').hover(); // a look at the softphone counts as work there too
  await call(newer, older);
  await expect(record(older)).toHaveCount(0);

  await expect.poll(() => book.count()).toEqual({ tasks: 2, channels: 2 });
  expect([...older.errors, ...newer.errors]).toEqual([]);
});

test('the tab that tells has lost its way to the adapter: the other one pops while it rings, and a short call is logged once', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const older = await sandbox.signIn('agent');
  const ways: WebSocketRoute[] = [];
  let isCut = false;
  await older.page.routeWebSocket(`${sandbox.ready.adapter.replace('http', 'ws')}/ws`, (page) => {
    ways.push(page);
    if (isCut) page.onMessage(() => void page.close());
    else page.connectToServer();
  });
  await older.signInToCCP();
  await older.chooseStatus('Available');
  const newer = await older.secondTab();
  await expect(newer.softphone.getByRole('status')).toContainText('Signed in');
  isCut = true;
  for (const way of ways) await way.close();
  await expect(older.softphone.getByRole('alert').filter({ hasText: 'adapter is not reachable' })).toBeAttached();

  sandbox.call();
  await expect(newer.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1, { timeout: 4_000 });
  await newer.accept();
  await newer.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });

  isCut = false; // what it held meanwhile is known
  await expect(older.softphone.getByRole('alert')).toHaveCount(0, { timeout: 60_000 });
  expect(await book.count()).toEqual({ tasks: 1, channels: 1 });
});

test('a Preview of the page that is left open shows its button alone; the console signs in, pops and logs', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const amelia = await Agent.signIn(sandbox, sandbox.user('agent'));
  const preview = await amelia.context.newPage();
  const sockets = socketsOf(preview);
  await preview.goto(`${sandbox.ready.visualforce}/apex/AC_LightningAdapter`);
  await expect(preview.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();

  await amelia.page.bringToFront();
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  sandbox.call();
  await amelia.accept();
  await expect(amelia.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await amelia.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });

  await expect(preview.locator('body')).toHaveText('Sign in to CCP', { useInnerText: true });
  await preview.reload(); // one that is opened by somebody who is signed in elsewhere is no softphone either
  await expect(preview.locator('body')).toHaveText('Sign in to CCP', { useInnerText: true });
  await preview.screenshot({ path: test.info().outputPath('preview.png') });
  expect(sockets).toEqual([]);
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
});

test('signed in from one tab: the other one, which was not, is so by itself, and takes over when that tab is closed', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const first = await Agent.signIn(sandbox, sandbox.user('agent'));
  await first.openSoftphone();
  await expect(first.softphone.getByText('Not signed in to Amazon Connect')).toBeVisible();
  const second = await first.anotherTab();
  await second.openSoftphone();
  await expect(second.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();

  await second.signInToCCP();
  await expect(first.softphone.getByRole('status')).toContainText('Signed in');
  await expect(first.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeHidden();
  await expect(first.ccp.getByRole('button', { name: 'Change status' })).toBeVisible();
  await first.page.screenshot({ path: test.info().outputPath('signed-in-elsewhere.png') });

  await second.page.close();
  await first.chooseStatus('Available');
  sandbox.call();
  await first.accept();
  await expect(first.page.getByRole('tab', { name: sandbox.ready.contact.name })).toHaveCount(1);
  await first.endAndClear();
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
  await expect(first.softphone.getByRole('alert')).toHaveCount(0);
});
