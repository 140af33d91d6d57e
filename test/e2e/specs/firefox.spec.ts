import { FirefoxAgent } from '../fixtures/firefox.ts';
import { LogBook } from '../fixtures/log-book.ts';
import { agentTone, callerTone, expect, test } from '../fixtures/sandbox.ts';

test('in Firefox a known caller pops before the agent answers, both hear each other, and the call is logged', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const maya = await book.contact(sandbox.ready.contact.name);
  const amelia = await FirefoxAgent.start(sandbox);
  try {
    await amelia.signIn();
    await amelia.chooseStatus('Available');

    const caller = sandbox.call();
    await amelia.seesTab(sandbox.ready.contact.name);
    await amelia.press('Accept call');
    await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
    await amelia.talks();
    await amelia.press('End call');
    expect(await caller.program.ended).toBe(0);
    expect(caller.heard(agentTone)).toBeGreaterThan(0.3);

    await amelia.press('Close contact');
    await amelia.seesStatus('Available');
    await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });
    expect(await book.tasks()).toMatchObject([{ WhoId: maya, CallType: 'Inbound' }]);
  } finally {
    await amelia.close();
  }
});
