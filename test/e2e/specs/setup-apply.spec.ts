import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRM } from '../fixtures/crm.ts';
import { Program } from '../fixtures/process.ts';
import { test as base, expect, Sandbox } from '../fixtures/sandbox.ts';

/** An org and an instance as they are delivered. */
const test = base.extend<{ bare: Sandbox }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument
  bare: async ({}, use) => {
    const sandbox = await Sandbox.start(['--bare']);
    await use(sandbox);
    await sandbox.stop();
  },
});

/** Runs patchcord setup with the example's configuration at the sandbox's addresses. */
const setup = (sandbox: Sandbox, ...words: string[]): Program => {
  const { crm, adapter, connect, sip, access_key_id, secret_access_key } = sandbox.ready;
  const example = readFileSync(new URL('../../../examples/sandbox.yaml', import.meta.url), 'utf8');
  const file = join(sandbox.folder, 'patchcord.yaml');
  writeFileSync(
    file,
    example
      .replaceAll('http://localhost:8080', crm)
      .replaceAll('http://localhost:8082', adapter)
      .replaceAll('http://localhost:8083', connect)
      .replaceAll('127.0.0.1:5060', sip.replace('sip:', '')),
  );
  return new Program(['setup', ...words, '--config', file], {
    AWS_ACCESS_KEY_ID: access_key_id,
    AWS_SECRET_ACCESS_KEY: secret_access_key,
  });
};

test('from an org and an instance as delivered, apply leads to the first call that pops', async ({ bare }) => {
  const { crm, visualforce } = bare.ready;
  const admin = bare.user('administrator');

  const plan = setup(bare, 'plan');
  expect(await plan.ended).toBe(2);
  const apply = setup(bare, 'apply', '--yes');
  expect(await apply.ended, apply.stderr.join('\n')).toBe(0);
  expect(apply.stdout.join('\n')).toContain(`${visualforce}, the origin of the softphone page`);

  const org = await CRM.logIn(crm, admin);
  await org.create('Contact', { FirstName: 'Maya', LastName: 'Lindqvist', Phone: '(206) 555-0142' });

  const amelia = await bare.agentAvailable();
  const verify = setup(bare, 'verify', '--call');
  await expect(amelia.page.getByRole('heading', { name: 'Maya Lindqvist', level: 1 })).toBeVisible();
  await amelia.page.screenshot({ path: test.info().outputPath('popped.png') });
  expect(await verify.ended, verify.stdout.join('\n')).toBe(0);
  expect(verify.stdout.join('\n')).toContain('a softphone heard of the call and told the adapter');
});
