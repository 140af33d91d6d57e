// One agent's browser in the part `loss`: real tabs with the real softphone script. Told by lines of JSON on standard input what to do,
// each answered by one with its number; besides it tells what went over the tabs' sockets.
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

const say = (m) => process.stdout.write(`${JSON.stringify(m)}\n`);
const url = process.argv[2] ?? '';
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  handleSIGTERM: false,
  args: [
    '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
process.once('SIGTERM', () => void browser.close().then(() => process.exit(0)));
const context = await browser.newContext();
const tabs = new Map();
let welcome = 0;

/** Tells each warning that a page begins to show. */
await context.exposeBinding('benchBanner', (_, level, text) => say({ is: 'banner', level, text }));
await context.addInitScript(() => {
  let shown = new Set();
  const look = () => {
    const all = new Map();
    for (const e of document.querySelectorAll('.patchcord-banner-error, .patchcord-banner-warning')) {
      const level = e.classList.contains('patchcord-banner-error') ? 'error' : 'warning';
      all.set(`${level}:${e.querySelector('span')?.textContent}`, [level, e.querySelector('span')?.textContent]);
    }
    for (const [key, what] of all) if (!shown.has(key)) void window.benchBanner(...what);
    shown = new Set(all.keys());
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
});

/** By tab: has its sockets counted as ended. Nobody tells the end of one that goes with its document. */
const leaves = new Map();

/** Facts and their ends by key, and whether any tab is welcome, as the sockets tell. */
function watch(tab, page) {
  const ends = new Set();
  leaves.set(tab, () => {
    for (const end of ends) end();
    ends.clear();
  });
  page.on('websocket', (ws) => {
    let isWelcome = false;
    let isOver = false;
    const stand = (now) => {
      if (now === isWelcome || (now && isOver)) return;
      isWelcome = now;
      const before = welcome;
      welcome += now ? 1 : -1;
      if (before === 0 || welcome === 0) say({ link: now, is: 'link' });
    };
    ws.on('framesent', ({ payload }) => {
      const m = JSON.parse(String(payload));
      if (m.event) say({ is: 'told', key: m.event.key });
    });
    ws.on('framereceived', ({ payload }) => {
      const m = JSON.parse(String(payload));
      if (m.welcome) stand(true);
      if (m.command?.body?.type === 'choose') for (const one of m.command.body.choose.matches) say({ is: 'offered', key: one.recordId });
      if (m.ack) say({ is: 'kept', key: m.ack.key });
      if (m.refusal && m.refusal.retryAfter === 0) say({ is: 'refused', key: m.refusal.key });
    });
    ends.add(() => {
      isOver = true;
      stand(false);
    });
    ws.on('close', () => stand(false));
  });
  page.on('dialog', (d) => void d.accept().catch(() => {}));
}

const frameOf = (page) => page.frames().find((f) => f.url().endsWith('/page.html'));

const orders = {
  async open({ tab }) {
    const page = await context.newPage();
    tabs.set(tab, page);
    watch(tab, page);
    await page.goto(`${url}/console.html`, { waitUntil: 'commit' });
  },
  async close({ tab }) {
    const page = tabs.get(tab);
    tabs.delete(tab);
    await page?.close();
    leaves.get(tab)?.();
  },
  async reload({ tab }) {
    leaves.get(tab)?.(); // from now on, whenever it goes
    await tabs.get(tab)?.reload({ waitUntil: 'commit' });
  },
  async happens({ contacts, contact, events }) {
    const heard = await Promise.all(
      [...tabs.values()].map((page) =>
        Promise.race([
          frameOf(page)?.evaluate(([all, id, what]) => window.bench.happens(all, id, what), [contacts, contact, events]) ?? false,
          new Promise((resolve) => setTimeout(resolve, 3000, false)),
        ]).catch(() => false),
      ),
    );
    return heard.includes(true);
  },
  async clicks({ payload }) {
    const page = [...tabs.values()].at(-1);
    await frameOf(page)?.evaluate((p) => window.bench.clicks(p), payload);
    return true;
  },
  async unsent() {
    const page = [...tabs.values()].at(-1);
    return (await frameOf(page)?.evaluate(() => Object.keys(localStorage).filter((k) => k.includes(':fact:')).length)) ?? 0;
  },
};

say({ is: 'ready' });
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  void orders[order.do](order).then(
    (value) => say({ is: 'done', n: order.n, value: value ?? null }),
    (e) => say({ is: 'done', n: order.n, value: null, error: String(e) }),
  );
}
