import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/accessible.ts';
import { type Component, CRM } from '../fixtures/crm.ts';
import { expect, type Sandbox, test } from '../fixtures/sandbox.ts';

/** Where the app waits for people to come back. */
const callback = createServer((_, answer) => answer.end('Back at the wallboard'));
let redirect = '';

test.beforeAll(async () => {
  await new Promise<void>((ready) => callback.listen(0, 'localhost', ready));
  redirect = `http://localhost:${(callback.address() as AddressInfo).port}/callback`;
});

test.afterAll(() => {
  callback.close();
  callback.closeAllConnections();
});

/** The app's own part of the web server flow, as a program that we did not write would do it. */
class WallboardApp {
  private readonly verifier = randomBytes(32).toString('base64url');

  constructor(
    private readonly crm: string,
    readonly key: string,
    public secret: string,
  ) {}

  /** Sends the browser to log in and gives what comes back at the callback. */
  async authorize(page: Page, more: Record<string, string> = {}): Promise<URLSearchParams> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.key,
      redirect_uri: redirect,
      scope: 'api refresh_token',
      state: 'xyz',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    for (const [name, value] of [...query]) if (value === '') query.delete(name);
    await page.goto(`${this.crm}/services/oauth2/authorize?${query}`);
    await page.waitForURL(`${redirect}*`);
    return new URL(page.url()).searchParams;
  }

  async token(form: Record<string, string>): Promise<Record<string, string>> {
    const body = new URLSearchParams({ client_id: this.key, client_secret: this.secret, ...form });
    const response = await fetch(`${this.crm}/services/oauth2/token`, { method: 'POST', body });
    return (await response.json()) as Record<string, string>;
  }

  exchange(code: string) {
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: this.verifier };
    return this.token(form);
  }

  refresh(token: string) {
    return this.token({ grant_type: 'refresh_token', refresh_token: token });
  }
}

/** Consumer Key and Secret: proves who is there, reads both. */
async function consumerOf(page: Page, password: string): Promise<{ key: string; secret: string }> {
  await page.getByRole('button', { name: 'Consumer Key and Secret' }).click();
  const verify = page.getByRole('dialog', { name: 'Verify Your Identity' });
  await verify.getByLabel('Password').fill('not the password');
  await verify.getByRole('button', { name: 'Verify' }).click();
  await expect(verify.getByText("We couldn't verify your identity")).toBeVisible();
  await expect(verify.getByLabel('Password')).toBeFocused();
  await expectAccessible(page, 'verify identity');
  await verify.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  const details = page.getByRole('dialog', { name: 'Consumer Details' });
  const key = await details.getByRole('status', { name: 'Consumer Key' }).textContent();
  const secret = await details.getByRole('status', { name: 'Consumer Secret' }).textContent();
  return { key: key ?? '', secret: secret ?? '' };
}

const ofWallboard = '<externalClientApplication>Wallboard</externalClientApplication><label>Wallboard</label>';

/** The settings with the key and the secret, which the org makes. */
const settingsWithKey = (more = ''): Component => ({
  kind: 'ExtlClntAppGlobalOauthSettings',
  fullName: 'Wallboard_glbloauth',
  inside: `<callbackUrl>${redirect}\nwallboard://back</callbackUrl>${ofWallboard}${more}`,
});

/** An app for those with AC_Agent only, whose refresh tokens are good for seven days without use. */
const deployWallboard = (crm: CRM): Promise<void> =>
  crm.deployTogether(
    {
      kind: 'ExternalClientApplication',
      fullName: 'Wallboard',
      inside:
        '<contactEmail>ada@x.example</contactEmail><distributionState>Local</distributionState><label>Wallboard</label>',
    },
    {
      kind: 'ExtlClntAppOauthSettings',
      fullName: 'Wallboard_oauth',
      inside: `<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>${ofWallboard}`,
    },
    settingsWithKey(),
    {
      kind: 'ExtlClntAppOauthConfigurablePolicies',
      fullName: 'Wallboard_oauthPlcy',
      inside: [
        '<commaSeparatedPermissionSet>AC_Agent</commaSeparatedPermissionSet>',
        ofWallboard,
        '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>',
        '<refreshTokenPolicyType>SpecificInactivity</refreshTokenPolicyType>',
        '<refreshTokenValidityPeriod>7</refreshTokenValidityPeriod>',
        '<refreshTokenValidityUnit>Days</refreshTokenValidityUnit>',
      ].join(''),
    },
  );

const members = (crm: CRM, sandbox: Sandbox) =>
  crm.query<{ Id: string }>(
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'AC_Agent' AND Assignee.Username = '${sandbox.user('agent').username}'`,
  );

/** Other tests share the sandbox: the agent has the permission set again. */
test.afterEach(async ({ sandbox }) => {
  const crm = await CRM.logIn(sandbox.ready.crm, sandbox.user('administrator'));
  if ((await members(crm, sandbox)).length > 0) return;
  const [set] = await crm.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'AC_Agent'");
  const [agent] = await crm.query<{ Id: string }>(
    `SELECT Id FROM User WHERE Username = '${sandbox.user('agent').username}'`,
  );
  await crm.create('PermissionSetAssignment', { PermissionSetId: set?.Id, AssigneeId: agent?.Id });
});

test('an app is deployed and looked at, an agent lets it in, and is kept out once the permission set is gone', async ({
  sandbox,
}) => {
  const administrator = sandbox.user('administrator');
  const crm = await CRM.logIn(sandbox.ready.crm, administrator);
  await deployWallboard(crm);
  const ada = await sandbox.signIn('administrator');
  const { page } = ada;
  await page.goto(`${sandbox.ready.crm}/lightning/setup/SetupOneHome/home`);
  await page.getByRole('searchbox', { name: 'Quick Find' }).fill('External Client');
  await page.getByRole('treeitem', { name: 'External Client App Manager' }).click();
  const apps = page.getByRole('table', { name: 'External Client Apps' });
  await expect(apps.getByRole('button', { name: 'Patchcord', exact: true })).toBeVisible();
  await expectAccessible(page, 'list of apps');
  await apps.getByRole('button', { name: 'Wallboard', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Wallboard', exact: true })).toBeVisible();
  await expect(page.getByText('Manage user data via APIs (api)')).toBeVisible();
  await expect(page.getByText('wallboard://back')).toBeVisible();
  await expectAccessible(page, 'settings of an app');

  const consumer = await consumerOf(page, administrator.password);
  expect(consumer.key).toMatch(/^3MVG9/);
  await expectAccessible(page, 'consumer details');
  await page.getByRole('button', { name: 'Done' }).click();
  const app = new WallboardApp(sandbox.ready.crm, consumer.key, consumer.secret);

  await test.step('policies: those with AC_Agent only', async () => {
    await page.getByRole('tab', { name: 'Policies' }).click();
    await expect(page.getByText('Admin approved users are pre-authorized')).toBeVisible();
    await expect(page.getByText('AC_Agent')).toBeVisible();
    await expect(page.getByText('7 Day(s)')).toBeVisible();
    await expectAccessible(page, 'policies of an app');
  });

  const amelia = await sandbox.signIn('agent');
  let refresh = '';
  await test.step('the agent logs in without being asked, with PKCE only', async () => {
    const without = await app.authorize(amelia.page, { code_challenge: '', code_challenge_method: '' });
    expect(without.get('error_description')).toBe('missing required code challenge');
    const answer = await app.authorize(amelia.page);
    expect(answer.get('state')).toBe('xyz');
    const tokens = await app.exchange(answer.get('code') ?? '');
    expect(tokens.scope).toBe('api refresh_token');
    refresh = tokens.refresh_token ?? '';
    expect(await app.refresh(refresh)).toHaveProperty('access_token');
  });

  await test.step('the secret is rotated: the old one is no longer good', async () => {
    const { kind, fullName, inside } = settingsWithKey('<shouldRotateConsumerSecret>true</shouldRotateConsumerSecret>');
    await crm.deploy(kind, fullName, inside);
    expect(await app.refresh(refresh)).toMatchObject({ error: 'invalid_client' });
    const fresh = await consumerOf(page, administrator.password);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(fresh.key).toBe(app.key);
    expect(fresh.secret).not.toBe(app.secret);
    app.secret = fresh.secret;
    expect(await app.refresh(refresh)).toHaveProperty('access_token');
  });

  await test.step('without the permission set the agent is refused', async () => {
    await page.goto(`${sandbox.ready.crm}/lightning/setup/PermSets/home`);
    await page.getByRole('button', { name: 'AC_Agent', exact: true }).click();
    await page.getByRole('button', { name: 'Manage Assignments' }).click();
    await page
      .getByRole('row', { name: sandbox.user('agent').username })
      .getByRole('checkbox', { name: /^Select / })
      .check();
    await page.getByRole('button', { name: 'Remove Assignments' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expect.poll(async () => (await members(crm, sandbox)).length).toBe(0);
    const refused = await app.authorize(amelia.page);
    expect(refused.get('error')).toBe('OAUTH_APP_ACCESS_DENIED');
    expect(await app.refresh(refresh)).toMatchObject({ error: 'invalid_app_access' });
  });

  await test.step('deleting stops it, and the trail tells all of it', async () => {
    await crm.remove('ExternalClientApplication', 'Wallboard');
    expect(await app.refresh(refresh)).toMatchObject({ error: 'invalid_client_id' });
    await page.goto(`${sandbox.ready.crm}/lightning/setup/ManageExternalClientApplication/home`);
    await page.getByRole('searchbox', { name: 'Search external client apps' }).fill('wall');
    await expect(page.getByText('No external client apps match')).toBeVisible();
    await page.goto(`${sandbox.ready.crm}/lightning/setup/SecurityEvents/home`);
    const trail = page.getByRole('table', { name: 'View Setup Audit Trail' });
    for (const entry of [
      'Created external client app Wallboard',
      'Viewed the consumer key and secret of external client app Wallboard',
      'Deleted external client app Wallboard',
    ])
      await expect(trail.getByText(entry).first()).toBeVisible();
  });
  const refusals = /status of 400 .*\/setup\/clientapps/; // the wrong passwords
  expect(ada.errors.filter((e) => !refusals.test(e))).toEqual([]);
});

test('somebody who may not customize the org sees no apps', async ({ sandbox }) => {
  const amelia = await sandbox.signIn('agent');
  await amelia.page.goto(`${sandbox.ready.crm}/lightning/setup/ManageExternalClientApplication/home`);
  await expect(amelia.page.getByRole('heading', { name: 'Insufficient Privileges' })).toBeVisible();
});
