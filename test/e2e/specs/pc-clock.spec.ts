import type { Page } from '@playwright/test';
import { LogBook } from '../fixtures/log-book.ts';
import { expect, test } from '../fixtures/sandbox.ts';

const minute = 60_000;

/** The clock of the PC as pages read it: so many milliseconds ahead, or that and as much behind, in turns of two seconds. */
const wrongClock = ({ ahead, jumping }: { ahead: number; jumping: boolean }) => {
  const RealDate = Date;
  const now = () => {
    const real = RealDate.now();
    return real + (jumping && Math.floor(real / 2_000) % 2 === 0 ? -ahead : ahead);
  };
  globalThis.Date = new Proxy(RealDate, {
    construct: (_, args: unknown[]) => Reflect.construct(RealDate, args.length === 0 ? [now()] : args),
    apply: () => new RealDate(now()).toString(),
    get: (_, name) => (name === 'now' ? now : Reflect.get(RealDate, name)),
  });
};

const clockOf = (page: Page) => page.evaluate(() => Date.now());

test('the clock of the agent’s PC is behind, ahead, and jumps: each call pops and is logged with the time that it was', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const maya = await book.contact(sandbox.ready.contact.name);
  const amelia = await sandbox.signIn('agent');
  const tab = amelia.page.getByRole('tab', { name: sandbox.ready.contact.name });
  const deviation = async () => (await clockOf(amelia.page)) - Date.now();
  const call = async (count: number) => {
    const began = Date.now();
    sandbox.call();
    await expect(tab).toHaveCount(1);
    await amelia.accept();
    await amelia.page.reload(); // what an earlier load left is dated by the wall clock: there is no other
    await amelia.endAndClear();
    await expect.poll(() => book.count()).toEqual({ tasks: count, channels: count });
    expect((await book.tasks()).at(-1)).toMatchObject({ WhoId: maya });
    const channel = (await book.channels()).at(-1);
    for (const at of [channel?.ConnectedAt__c, channel?.EndedAt__c]) {
      expect(Date.parse(at ?? '')).toBeGreaterThan(began - 5_000);
      expect(Date.parse(at ?? '')).toBeLessThan(Date.now() + 5_000);
    }
    await amelia.page.getByRole('button', { name: `Close ${sandbox.ready.contact.name}` }).click();
    await expect(tab).toHaveCount(0);
  };

  await amelia.context.addInitScript(wrongClock, { ahead: -10 * minute, jumping: false });
  await amelia.page.reload();
  expect(await deviation()).toBeLessThan(-9 * minute);
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  await call(1);

  await amelia.context.addInitScript(wrongClock, { ahead: 20 * minute, jumping: false }); // on top of the former
  await amelia.page.reload();
  expect(await deviation()).toBeGreaterThan(9 * minute);
  await call(2);

  await amelia.context.addInitScript(wrongClock, { ahead: 10 * minute, jumping: true });
  await amelia.page.reload();
  await expect.poll(deviation).toBeLessThan(minute);
  await expect.poll(deviation).toBeGreaterThan(19 * minute);
  await call(3);
  await expect(amelia.softphone.getByRole('alert')).toHaveCount(0);
});
