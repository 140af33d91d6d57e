// Goes to pages of the CRM as an administrator and tells how long each took to be usable, as lines of JSON.
import { chromium } from '@playwright/test';

const ready = JSON.parse(process.argv[2] ?? '{}');
const rounds = 5;
const pages = {
  'Service Console': ['page/home', 'o/Contact/list?filterName=All', 'o/AC_CtiAdapter__c/list?filterName=All', 'o/Case/list?filterName=All'],
  Setup: [
    'SetupOneHome', 'AppExchangeMarketplace', 'ImportedPackage', 'PermSets', 'ManageUsers', 'NavigationMenus', 'ApexPages', 'CallCenters',
    'SoftphoneLayouts', 'CustomSettings', 'ObjectManager', 'SecurityEvents',
  ].map((node) => `setup/${node}/home`),
};

const usable = () =>
  new Promise((resolve) => {
    const look = () => {
      const shown = document.querySelector('h1') && !document.querySelector('.slds-spinner');
      if (shown) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(20_000);
  const { username, password } = ready.users.find((u) => u.role === 'administrator');
  await page.goto(ready.crm);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('banner').waitFor();
  for (let round = 0; round <= rounds; round++)
    for (const [kind, addresses] of Object.entries(pages))
      for (const address of addresses) {
        await page.goto(`${ready.crm}/lightning/${address}`, { waitUntil: 'commit' });
        const ms = await page.evaluate(usable);
        if (round > 0) process.stdout.write(`${JSON.stringify({ kind, address, ms })}\n`); // the first fills the cache
      }
} finally {
  await browser.close();
}
