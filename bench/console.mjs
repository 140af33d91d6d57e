// The agent's side of the ring benchmark: a Service Console in Chromium, told by lines of JSON on standard input what to do, and
// telling on standard output when a person would have seen or heard it. Times are epoch milliseconds of this machine's clock.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

const say = (m) => process.stdout.write(`${JSON.stringify(m)}\n`);
const ready = JSON.parse(process.argv[2] ?? '{}');
const callerTone = 660;
const agentTone = 1000;

/** Short bursts: browsers take a steady tone at the microphone for noise and remove it. */
function microphone(file) {
  const rate = 48_000;
  const samples = new Int16Array(rate * 20);
  for (let i = 0; i < samples.length; i++)
    if (Math.floor((i / rate) * 1000) % 90 < 60) samples[i] = Math.round(12_000 * Math.sin((2 * Math.PI * agentTone * i) / rate));
  const data = Buffer.from(samples.buffer);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  for (const [at, n] of [[20, 1], [22, 1], [32, 2], [34, 16]]) head.writeUInt16LE(n, at);
  for (const [at, n] of [[16, 16], [24, rate], [28, rate * 2], [40, data.length]]) head.writeUInt32LE(n, at);
  head.write('data', 36);
  writeFileSync(file, Buffer.concat([head, data]));
}

/** Runs in the console: resolves when the record's page has been painted with its name in the heading. */
const painted = ({ id, name }) =>
  new Promise((resolve) => {
    const look = () => {
      const heading = document.querySelector('main [role="tabpanel"]:not([hidden]) h1.slds-page-header__title');
      if (heading?.textContent !== name || !location.href.includes(id)) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const after = new MessageChannel(); // a task behind the frame: the frame has been drawn
        after.port1.onmessage = () => resolve(Date.now());
        after.port2.postMessage(null);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });

/** Runs in the console: resolves when nothing has changed for half a second, as between two calls of a day. */
const atRest = () =>
  new Promise((resolve) => {
    const quiet = () => setTimeout(() => (observer.disconnect(), resolve()), 500);
    let timer = quiet();
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = quiet();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });

/** Runs in the panel: accepts the call, and resolves when the caller's tone is heard. */
const acceptAndHear = async (hertz) => {
  const button = [...document.querySelectorAll('button')].find((b) => (b.getAttribute('aria-label') ?? b.textContent)?.trim() === 'Accept call');
  if (!button) throw new Error('there is no button to accept with');
  const context = new AudioContext();
  await context.resume();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  analyser.smoothingTimeConstant = 0;
  const bins = new Float32Array(analyser.frequencyBinCount);
  const at = Math.round((hertz * analyser.fftSize) / context.sampleRate);
  const clicked = Date.now();
  button.click();
  let stream = null;
  for (;;) {
    await new Promise((r) => setTimeout(r, 2));
    if (Date.now() - clicked > 15_000) throw new Error('the caller was not heard');
    const now = document.querySelector('#remote-audio')?.srcObject;
    if (now instanceof MediaStream && now !== stream && now.getAudioTracks().length > 0) {
      stream = now;
      context.createMediaStreamSource(stream).connect(analyser);
    }
    if (!stream) continue;
    analyser.getFloatFrequencyData(bins);
    const power = bins.map((db) => 10 ** (db / 10));
    const total = power.reduce((a, b) => a + b, 0);
    const near = power.slice(at - 2, at + 3).reduce((a, b) => a + b, 0);
    if (total > 1e-9 && near / total > 0.5) break;
  }
  const heard = Date.now();
  await context.close();
  return { clicked, heard };
};

const folder = mkdtempSync(join(tmpdir(), 'patchcord-bench-console-'));
microphone(join(folder, 'microphone.wav'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  handleSIGTERM: false,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${join(folder, 'microphone.wav')}`, '--autoplay-policy=no-user-gesture-required',
  ],
});
const end = async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
};
process.once('SIGTERM', () => void end().then(() => process.exit(0)));
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.grantPermissions(['microphone'], { origin: ready.connect });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
/**
 * When the softphone told the adapter of the call, when the adapter's command came, and how long the softphone waited for the adapter
 * alone until it was told to pop: from each thing that it says to the command that follows. As its own page sees it.
 */
await context.addInitScript(() => {
  const steps = {};
  Object.assign(window, { steps });
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (String(data).includes('"event":"onConnecting"')) steps.told ??= Date.now();
    if (/^{"type":"(event|result)"/.test(String(data))) steps.said = performance.now();
    send.call(this, data);
  };
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (!String(data).startsWith('{"type":"command"')) return;
        steps.commanded ??= Date.now();
        if (steps.popped) return;
        steps.own = (steps.own ?? 0) + performance.now() - steps.said;
        steps.popped = String(data).includes('"screenPop"');
      });
    }
  };
});
const user = ready.users.find((u) => u.role === 'agent');
const softphone = () => page.frameLocator('iframe[src*="AC_LightningAdapter"]');
const ccp = () => softphone().frameLocator('iframe[title="Amazon Connect CCP"]');
const ownPage = () => page.frames().find((f) => f.url().includes('AC_LightningAdapter'));
const panel = () => page.frames().find((f) => f.url().startsWith(`${ready.connect}/ccp-v2`));

async function signIn() {
  await page.goto(ready.crm);
  await page.getByLabel('Username').fill(user.username);
  await page.getByLabel('Password').fill(user.password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('button', { name: /phone/i }).first().click();
  const [popup] = await Promise.all([page.waitForEvent('popup'), softphone().getByRole('button', { name: 'Sign in to CCP' }).click()]);
  await popup.getByLabel('Username').fill(user.connect_username);
  await popup.getByLabel('Password').fill(user.connect_password);
  const closed = popup.waitForEvent('close');
  await popup.getByRole('button', { name: 'Sign In' }).click();
  await closed;
  await available();
}

async function available() {
  await ccp().getByRole('button', { name: 'Change status' }).click();
  await ccp().getByRole('menuitemradio', { name: 'Available' }).click();
}

/** Loads the console again and waits until the adapter has acknowledged the page's first event. */
async function reload() {
  const acknowledged = new Promise((resolve) => {
    const hear = (socket) => {
      if (!socket.url().startsWith(ready.adapter.replace('http', 'ws'))) return;
      socket.on('framereceived', ({ payload }) => {
        if (JSON.parse(payload).type !== 'ack') return;
        page.off('websocket', hear);
        resolve(Date.now());
      });
    };
    page.on('websocket', hear);
  });
  const began = Date.now();
  await page.reload({ waitUntil: 'commit' });
  return { took: (await acknowledged) - began };
}

const doers = {
  signIn: async () => {
    await signIn();
    return {};
  },
  reload,
  /** Says when it watches, then when the record is there. */
  watch: async (m) => {
    await page.evaluate(atRest);
    await ownPage().evaluate(() => Object.assign(window.steps, { told: undefined, commanded: undefined, own: undefined, popped: false }));
    const seen = page.evaluate(painted, m);
    await page.evaluate(() => null); // the watcher is in place: calls are carried out in order
    say({ did: 'watching' });
    const at = await seen;
    return { painted: at, ...(await ownPage().evaluate(() => window.steps)) };
  },
  accept: () => panel().evaluate(acceptAndHear, callerTone),
  clear: async () => {
    await ccp().getByRole('button', { name: 'Close contact' }).click();
    await ccp().getByRole('button', { name: 'Change status' }).getByText('Available').waitFor();
    return {};
  },
  screenshot: async (m) => {
    await page.screenshot({ path: m.path });
    return {};
  },
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const m = JSON.parse(line);
    say({ did: m.do, ...(await doers[m.do](m)) });
  }
} catch (e) {
  say({ error: String(e) });
}
await end();
process.exit(0); // standard input may still be open
