import type { Agent } from '../fixtures/agent.ts';
import { LogBook } from '../fixtures/log-book.ts';
import { expect, Sandbox, test } from '../fixtures/sandbox.ts';

/** Loads the page again, and answers the browser's question if it asks one. */
const reloads = async (amelia: Agent) => {
  const answer = (d: { accept(): Promise<void> }) => void d.accept();
  amelia.page.on('dialog', answer);
  await amelia.page.reload();
  amelia.page.off('dialog', answer);
};

/** A flow that says in the browser's console that the agent's shift has begun. */
const greeting = JSON.stringify({
  name: 'Greeting',
  actions: [
    { id: '0', type: 'SE_Start', controls: null, ports: { done: '1' }, position: [0, 0] },
    { id: '1', type: 'SE_Log', controls: { message: 'a shift begins' }, ports: { done: '2' }, position: [240, 0] },
    { id: '2', type: 'SE_End', controls: null, position: [480, 0] },
  ],
});

test('the page is loaded again while it rings, while they talk and in after-call work: nothing is lost, nothing comes twice', async () => {
  const sandbox = await Sandbox.start(); // its own: its adapter has not read the flows yet
  try {
    const book = await LogBook.open(sandbox);
    const [adapter] = await book.crm.query<{ Id: string }>('SELECT Id FROM AC_CtiAdapter__c');
    await book.crm.create('AC_CtiScript__c', {
      Name: 'Greeting',
      CTI_Adapter__c: adapter?.Id,
      Source__c: 'connectAgent',
      Event__c: 'onInit',
      Active__c: true,
      Script__c: greeting,
    });
    const maya = await book.contact(sandbox.ready.contact.name);
    const amelia = await sandbox.signIn('agent');
    const greeted: string[] = [];
    amelia.page.on('console', (m) => m.text().includes('a shift begins') && greeted.push(m.text()));
    await amelia.signInToCCP();
    await amelia.chooseStatus('Available');
    await expect.poll(() => greeted.length).toBe(1);
    const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
    const close = amelia.ccp.getByRole('button', { name: 'Close contact' });

    sandbox.call();
    await expect(tab).toHaveCount(1);
    await reloads(amelia);
    await amelia.accept();
    await reloads(amelia);
    await amelia.ccp.getByRole('button', { name: 'End call' }).click();
    await expect(close).toBeVisible();
    for (const _ of [1, 2]) {
      await reloads(amelia);
      await amelia.openSoftphone(); // by itself it opens for a call only
      await expect(close).toBeVisible();
    }
    await close.click();
    await amelia.seesStatus('Available');
    await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
    expect(amelia.errors).toEqual([]);

    // The caller hangs up while the page is away; this call is also later than whatever was to come twice.
    const caller = sandbox.call();
    await amelia.accept();
    await amelia.talks();
    await amelia.page.goto('about:blank');
    await caller.program.stop('SIGINT');
    await amelia.page.goto(sandbox.ready.crm);
    await amelia.openSoftphone();
    await close.click();
    await amelia.seesStatus('Available');
    await expect.poll(() => book.count(), { timeout: 45_000 }).toEqual({ tasks: 2, channels: 2 });
    const tasks = await book.tasks();
    expect(tasks).toMatchObject([{ WhoId: maya }, { WhoId: maya }]);
    expect(tasks[1]?.CallDurationInSeconds).toBeGreaterThanOrEqual(6);
    expect(tasks[1]?.CallDurationInSeconds).toBeLessThan(25);
    await expect(tab).toHaveCount(1);
    expect(greeted).toHaveLength(1);
  } finally {
    await sandbox.stop();
  }
});
