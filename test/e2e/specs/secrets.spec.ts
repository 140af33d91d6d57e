import { expect } from '@playwright/test';
import { test } from '../fixtures/apart.ts';

test('the logs of a whole session hold no password, token or key', async ({ apart }) => {
  const { sandbox } = apart;
  const secrets = new Map<string, string>();
  const keep = (name: string, secret: string | undefined) => {
    expect(secret, name).toMatch(/^.{8,}$/);
    if (secret !== undefined) secrets.set(name, secret);
  };
  const wrong = `Wrong-${crypto.randomUUID()}`;
  keep('a mistyped password', wrong);
  const page = await sandbox.newPage();
  for (const { at, button } of [
    { at: sandbox.ready.crm, button: 'Log In' },
    { at: `${sandbox.ready.connect}/login`, button: 'Sign In' },
  ]) {
    await page.goto(at);
    await page.getByLabel('Username').fill('nobody@patchcord.example');
    await page.getByLabel('Password').fill(wrong);
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  }
  const amelia = await sandbox.agentAvailable();
  const softphone = amelia.page.frames().find((f) => f.url().includes('AC_LightningAdapter'));
  const kept = await softphone?.evaluate(() => Object.values(localStorage).join());
  keep('session with the adapter', /"session":"([^"]+)"/.exec(kept ?? '')?.[1]);
  sandbox.call();
  await amelia.accept();
  await amelia.endAndClear();
  apart.endSessions('refresh');
  sandbox.call();
  await amelia.accept();
  await expect(amelia.softphone.getByRole('button', { name: 'Sign in again' })).toBeVisible();
  await amelia.endAndClear();

  for (const user of sandbox.ready.users) {
    keep(`password of ${user.role}`, user.password);
    keep(`contact centre's password of ${user.role}`, user.connect_password);
  }
  keep('secret access key', sandbox.ready.secret_access_key);
  for (const cookie of await amelia.context.cookies()) if (cookie.httpOnly) keep(`cookie ${cookie.name}`, cookie.value);
  const panel = amelia.page.frames().find((f) => f.url().includes('/ccp-v2'));
  const session: unknown = await panel?.evaluate(async () => (await fetch('/ccp-v2/session')).json());
  keep('bearer of the panel', String(Reflect.get(Object(session), 'authToken')));
  for (const [i, line] of apart.privateKey().entries()) keep(`line ${i} of the private key`, line);

  await apart.killAdapter();
  const logs = [...sandbox.program.stderr, ...apart.log];
  expect(logs.some((l) => l.includes('agent signed in'))).toBe(true);
  expect(logs.some((l) => l.includes('session ended'))).toBe(true);
  for (const [name, secret] of secrets)
    expect(
      logs.filter((l) => l.includes(secret) || l.includes(encodeURIComponent(secret))),
      name,
    ).toEqual([]);
});
