import { expect, test } from '../fixtures/sandbox.ts';

/**
 * A browser that withholds cookies from framed pages, as such pages see it: pages of one site, as here, never have that. It refuses the
 * first request, grants the next one, and remembers that.
 */
const withholding = () => {
  if (!location.pathname.endsWith('/request-storage-access')) return;
  const remembered = () => localStorage.getItem('answer') ?? 'prompt';
  document.hasStorageAccess = async () => false;
  document.requestStorageAccess = async () => {
    if (remembered() === 'granted') return;
    const refused = remembered() === 'prompt';
    localStorage.setItem('answer', refused ? 'refused' : 'granted');
    if (refused) throw new DOMException('', 'NotAllowedError');
  };
  navigator.permissions.query = async () => {
    const state = remembered() === 'granted' ? 'granted' : 'prompt';
    return Object.assign(new EventTarget(), { name: 'storage-access', onchange: null, state }) as PermissionStatus;
  };
};

test('a browser that withholds cookies: Grant access, then the panel; after a reload nobody is asked again', async ({
  sandbox,
}) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.context.addInitScript(withholding);
  await amelia.page.reload();
  const popup = await amelia.startSignIn();
  const { softphone, ccp } = amelia;
  await expect(ccp.getByRole('heading', { name: 'Allow access to cookies' })).toBeVisible();
  await expect(softphone.getByRole('status')).toContainText('choose Grant access');

  await ccp.getByRole('button', { name: 'Grant access' }).click();
  await expect(ccp.getByRole('alert')).toContainText('The browser did not allow it.');
  await expect(ccp.getByRole('button', { name: 'Try again' })).toBeFocused();

  await popup.getByLabel('Username').fill(amelia.user.connect_username);
  await popup.getByLabel('Password').fill(amelia.user.connect_password);
  await popup.getByRole('button', { name: 'Sign In' }).click();
  await expect(popup.getByText('You are signed in.')).toBeVisible();
  const closed = popup.waitForEvent('close');
  await ccp.getByRole('button', { name: 'Try again' }).click();
  await closed;
  await expect(ccp.getByRole('button', { name: 'Change status' })).toBeVisible();
  await expect(softphone.getByRole('alert')).toHaveCount(0);

  await amelia.page.reload();
  await amelia.openSoftphone();
  await expect(ccp.getByRole('button', { name: 'Change status' })).toBeVisible();
});

test('only approved origins may show the page that asks for cookies', async ({ sandbox }) => {
  const response = await fetch(`${sandbox.ready.connect}/request-storage-access`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(response.status).toBe(200);
  expect(policy).toContain(`frame-ancestors 'self' `);
  expect(policy).toContain(sandbox.ready.visualforce);
});

test('an address that makes pops reload the browser is told until it is gone', async ({ sandbox }) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/page/home?0.source=alohaHeader`);
  await amelia.openSoftphone();
  const warning = amelia.softphone.getByRole('alert').filter({ hasText: '0.source=aloha' });
  await expect(warning).toContainText('Remove it from the address');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/page/home`);
  await amelia.openSoftphone();
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in to CCP' })).toBeVisible();
  await expect(warning).toHaveCount(0);
});
