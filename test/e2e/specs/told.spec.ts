import { LogBook } from '../fixtures/log-book.ts';
import { expect, test } from '../fixtures/sandbox.ts';

/** An adapter between page and adapter: it has no room, is of another version, or takes the page for somebody else's. */
type Mood = 'as it is' | 'full' | 'newer' | 'other user';

test('what hinders the adapter is said above the panel in one sentence, and calls are taken all the same', async ({
  sandbox,
}) => {
  const book = await LogBook.open(sandbox);
  const amelia = await sandbox.signIn('agent');
  let mood: Mood = 'as it is';
  const closes = new Map<Mood, { code: number; reason: string }>([
    ['newer', { code: 4406, reason: '5' }],
    ['other user', { code: 4403, reason: '' }],
  ]);
  await amelia.page.routeWebSocket(`${sandbox.ready.adapter.replace('http', 'ws')}/ws`, (page) => {
    const close = closes.get(mood);
    if (close) {
      page.onMessage(() => void page.close(close));
      return;
    }
    const adapter = page.connectToServer();
    page.onMessage((m) => {
      const told = JSON.parse(String(m)) as { type: string; event?: { key: string } };
      if (mood === 'full' && told.type === 'sees') return; // from which the adapter would conclude what it has no room for
      if (mood !== 'full' || told.type !== 'event') adapter.send(m);
      else
        page.send(
          JSON.stringify({ type: 'refusal', refusal: { key: told.event?.key, reason: 'full', retryAfter: 1_000 } }),
        );
    });
  });
  await amelia.signInToCCP();
  await amelia.chooseStatus('Available');
  const alert = (text: string) => amelia.softphone.getByRole('alert').filter({ hasText: text });
  const accept = amelia.ccp.getByRole('button', { name: 'Accept call' });
  const rings = async (name: Mood) => {
    sandbox.call();
    await expect(accept).toBeInViewport({ ratio: 1 });
    await amelia.page.screenshot({ path: test.info().outputPath(`${name}.png`) });
    await amelia.accept();
    await expect(amelia.ccp.getByRole('button', { name: 'End call' })).toBeInViewport({ ratio: 1 });
    await amelia.endAndClear();
  };

  mood = 'full';
  await rings(mood);
  await expect(alert('no room for more events')).toBeVisible();
  expect(await book.count()).toEqual({ tasks: 0, channels: 0 });
  mood = 'as it is';
  await expect(alert('no room')).toBeHidden();
  await expect.poll(() => book.count()).toEqual({ tasks: 1, channels: 1 });

  for (const [next, said] of [
    ['newer', 'This softphone (version 4) is older than the adapter (version 5).'],
    ['other user', 'somebody else than this page was made for'],
  ] as const) {
    mood = next;
    await amelia.page.reload();
    await expect(alert(said)).toBeAttached();
    await rings(mood);
    await expect(alert(said)).toBeVisible();
  }
});
