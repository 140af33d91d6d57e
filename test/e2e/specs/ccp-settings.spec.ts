import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, FrameLocator, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { changed } from '../fixtures/adapter-record.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

const library = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');
/** A page of somebody else's, whose agents hear calls in another window, and whose ringtone is lost. */
const hostPage = (ccpUrl: string) => `<title>Host</title>
<div id="box" style="width: 330px; height: 570px"></div>
<script src="/library.js"></script>
<script>
  connect.core.initCCP(document.getElementById('box'), {
    ccpUrl: '${ccpUrl}', loginPopup: false,
    softphone: { allowFramedSoftphone: false, ringtoneUrl: location.origin + '/missing.mp3' },
    pageOptions: { enableAudioDeviceSettings: true, enablePhoneTypeSettings: false },
  });
</script>`;

const small = { width: 320, height: 460 };
const picture = (name: string) => ({ path: test.info().outputPath(`${name}.png`) });

/** Remembers what the page captures and plays. */
const watchMedia = () => {
  const seen = { streams: [] as MediaStream[], played: [] as string[] };
  Object.assign(window, { seen });
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await open(constraints);
    seen.streams.push(stream);
    return stream;
  };
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = async function () {
    await play.call(this);
    seen.played.push(this.src);
  };
};

/** How many microphones of a device the page holds open. */
const held = (page: Page, device: string): Promise<number> =>
  page.evaluate((id) => {
    const { streams } = (window as unknown as { seen: { streams: MediaStream[] } }).seen;
    const tracks = streams.flatMap((s) => s.getAudioTracks());
    return tracks.filter((t) => t.readyState === 'live' && t.getSettings().deviceId === id).length;
  }, device);

/** The panel in a window of its own, signed in. */
async function openPanel(sandbox: Sandbox, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(small);
  await page.goto(`${sandbox.ready.connect}/ccp-v2/`);
  const user = sandbox.user('agent');
  await page.getByLabel('Username').fill(user.connect_username);
  await page.getByLabel('Password').fill(user.connect_password);
  await page.getByRole('button', { name: 'Sign In' }).click();
  await expect(page.getByRole('button', { name: 'Change status' })).toContainText(/\w/);
  return page;
}

async function chooseStatus(page: Page | FrameLocator, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Change status' }).click();
  await page.getByRole('menuitemradio', { name }).click();
  await expect(page.getByRole('button', { name: 'Change status' })).toContainText(name);
}

test('in a window of its own: devices are chosen, remembered and used; a call shows itself above the settings', async ({
  sandbox,
}) => {
  const context = await sandbox.newContext();
  await context.grantPermissions(['microphone'], { origin: sandbox.ready.connect });
  await context.addInitScript(watchMedia);
  const page = await openPanel(sandbox, context);
  await chooseStatus(page, 'Offline'); // whatever it was
  const gear = page.getByRole('button', { name: 'Settings' });
  await gear.press('Enter');
  const settings = page.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('button', { name: 'Back' })).toBeFocused();
  await expect(settings.getByRole('radio', { name: 'Softphone' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await expect(gear).toBeFocused();

  await gear.press('Enter');
  const microphone = settings.getByRole('combobox', { name: 'Microphone' });
  const other = await microphone.locator('option').last().textContent();
  await microphone.selectOption({ label: other ?? '' });
  const id = await microphone.inputValue();
  expect(id).not.toBe('');
  const speaker = settings.getByRole('combobox', { name: 'Speaker' });
  await speaker.selectOption({ index: 1 });
  const output = await speaker.inputValue();
  await settings.getByRole('combobox', { name: 'Ringer' }).selectOption({ index: 1 });
  await settings.getByRole('button', { name: 'Test ringer' }).click();
  await expect(settings.getByRole('alert')).toHaveCount(0);
  await expectAccessible(page, 'settings in a window of its own');
  await page.screenshot(picture('settings-320'));
  await speaker.scrollIntoViewIfNeeded();
  await page.screenshot(picture('settings-320-audio'));
  await page.setViewportSize({ width: 330, height: 900 });
  await page.screenshot(picture('settings-330-whole'));
  await page.setViewportSize(small);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Change status' })).toContainText(/\w/);
  expect(await held(page, id)).toBe(0);
  await chooseStatus(page, 'Available');
  await expect.poll(() => held(page, id)).toBe(1); // early, before any call
  await gear.click();
  await expect(microphone).toHaveValue(id);

  const caller = sandbox.call();
  await expect(page.getByRole('button', { name: 'Accept call' })).toBeInViewport();
  await expect(settings).toBeVisible(); // what was typed there stays
  await expect(settings.getByRole('radio', { name: 'Desk phone' })).toBeDisabled();
  await page.screenshot(picture('ringing-over-settings'));
  await page.getByRole('button', { name: 'Accept call' }).click();
  await expect(page.getByRole('button', { name: 'Mute' })).toBeVisible();
  const spoken = () =>
    page.evaluate(() => {
      const audio = document.querySelector<HTMLAudioElement>('#remote-audio');
      return { heard: audio?.srcObject instanceof MediaStream, output: audio?.sinkId };
    });
  await expect.poll(spoken).toEqual({ heard: true, output });
  await expect.poll(() => held(page, id)).toBe(1);
  await microphone.selectOption({ index: 1 }); // in the middle of the call
  await expect.poll(async () => held(page, await microphone.inputValue())).toBe(1);
  await expect.poll(() => held(page, id)).toBe(0);
  await page.getByRole('button', { name: 'End call' }).click();
  await page.getByRole('button', { name: 'Close contact' }).click();
  await chooseStatus(page, 'Offline');
  await expect.poll(() => held(page, id)).toBe(0);
  await caller.program.stop('SIGINT');

  await page.evaluate(() => {
    const lost = { id: 'no-such-device', label: 'Old headset' };
    localStorage.setItem('AudioDevices', JSON.stringify({ microphone: lost }));
  });
  await page.reload();
  await gear.click();
  await expect(settings.getByText('“Old headset” is not connected.')).toBeVisible();
  await expect(microphone).toHaveValue('');
  await page.screenshot(picture('device-gone'));
});

test('before the microphone is allowed, the settings ask for it; devices appear when it is', async ({ sandbox }) => {
  const context = await sandbox.newStrictContext();
  const page = await openPanel(sandbox, context);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('combobox')).toHaveCount(0);
  await settings.getByRole('button', { name: 'Allow microphone' }).click();
  await expect(settings.getByRole('alert')).toContainText('address bar');
  await settings.getByRole('button', { name: 'Allow microphone' }).scrollIntoViewIfNeeded();
  await page.screenshot(picture('settings-refused'));
  await expectAccessible(page, 'settings without a microphone');
  await context.grantPermissions(['microphone'], { origin: sandbox.ready.connect });
  await expect(settings.getByRole('combobox', { name: 'Microphone' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('in the softphone: the adapter record says what agents set, and a desk phone needs a number', async ({
  sandbox,
}) => {
  const fields = { Phone_Type_Settings__c: true, Audio_Device_Settings__c: false };
  await changed(sandbox, fields, async () => {
    const amelia = await sandbox.signIn('agent');
    await amelia.signInToCCP();
    await amelia.ccp.getByRole('button', { name: 'Settings' }).click();
    const settings = amelia.ccp.getByRole('region', { name: 'Settings' });
    await expect(settings.getByRole('heading', { name: 'Phone type' })).toBeVisible();
    await expect(settings.getByRole('heading', { name: 'Audio devices' })).toBeHidden();
    await settings.getByRole('radio', { name: 'Desk phone' }).check();
    const number = settings.getByRole('textbox', { name: 'Desk phone number' });
    await number.fill('extension 12');
    await settings.getByRole('button', { name: 'Save' }).click();
    await expect(settings.getByRole('alert')).toContainText('country code');
    await expect(number).toBeFocused();
    await expect(number).toHaveValue('extension 12');
    await expectAccessible(amelia.page, 'settings in the softphone');
    await amelia.page.screenshot(picture('softphone-settings'));
    await amelia.page.keyboard.press('Escape');
    await expect(settings).toBeHidden();
  });
});

test('in a page that leaves the audio to another window: nobody is asked for the microphone, and the call is handled here', async ({
  sandbox,
}) => {
  const ccpUrl = `${sandbox.ready.connect}/ccp-v2/`;
  const server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('Content-Type', 'text/html').end(hostPage(ccpUrl));
    else if (request.url === '/library.js') response.end(readFileSync(library));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const host = `http://localhost:${(server.address() as AddressInfo).port}`;
  await sandbox.approve(host);
  const context = await sandbox.newContext();
  await context.grantPermissions(['microphone'], { origin: sandbox.ready.connect });
  await context.addInitScript(watchMedia);
  const own = await openPanel(sandbox, context); // it has the softphone
  await chooseStatus(own, 'Available');

  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (e) => faults.push(e.message));
  await page.goto(`${host}/`);
  const panel = page.frameLocator('iframe');
  await expect(panel.getByRole('button', { name: 'Change status' })).toContainText('Available');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await panel.getByRole('button', { name: 'Settings' }).click();
  const settings = panel.getByRole('region', { name: 'Settings' });
  await expect(settings.getByRole('heading', { name: 'Phone type' })).toBeHidden();
  await expect(settings.getByRole('heading', { name: 'Audio devices' })).toBeVisible();
  await page.screenshot(picture('framed-audio'));
  await settings.getByRole('button', { name: 'Back' }).click();

  const caller = sandbox.call();
  await panel.getByRole('button', { name: 'Accept call' }).click();
  await expect(panel.getByRole('button', { name: 'Hold' })).toBeVisible();
  await expect(panel.getByText('The audio is in the window that has your softphone.', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Mute' })).toHaveCount(0);
  await expect(own.getByRole('button', { name: 'Mute' })).toBeVisible();
  await page.screenshot(picture('medialess'));
  const hears = () =>
    own.evaluate(() => document.querySelector<HTMLAudioElement>('#remote-audio')?.srcObject instanceof MediaStream);
  await expect.poll(hears).toBe(true);
  await panel.getByRole('button', { name: 'End call' }).click();
  await panel.getByRole('button', { name: 'Close contact' }).click();
  expect(await caller.program.ended).toBe(0);

  await own.close(); // now the framed page rings, with the panel's own sound in place of the lost one
  const frame = page.frames().find((f) => f.url().includes('/ccp-v2/'));
  const again = sandbox.call();
  await expect(panel.getByRole('button', { name: 'Accept call' })).toBeVisible();
  const rung = () => frame?.evaluate(() => (window as unknown as { seen: { played: string[] } }).seen.played.join());
  await expect.poll(rung).toContain('/ccp-v2/ring.wav');
  await again.program.stop('SIGINT');
  expect(faults).toEqual([]);
  await sandbox.disapprove(host);
  server.close();
});
