import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { freePorts } from '../fixtures/ports.ts';
import { callerTone, Sandbox } from '../fixtures/sandbox.ts';

base('a contact centre that is started again has its agents where they were, without signing in', async () => {
  const data = mkdtempSync(join(tmpdir(), 'patchcord-data-'));
  const sandbox = await Sandbox.start(['--data', data, '--port-base', String(await freePorts())]);
  try {
    const amelia = await sandbox.agentAvailable();
    await sandbox.restart();
    const caller = sandbox.call('--duration', '60s');
    await expect(amelia.ccp.getByRole('button', { name: 'Accept call' })).toBeVisible({ timeout: 60_000 });
    await amelia.seesStatus('Available');
    await amelia.accept();
    await expect.poll(() => amelia.hears(callerTone)).toBeGreaterThan(0.3);
    await amelia.endAndClear();
    expect(await caller.program.ended).toBe(0);
    const logins = amelia.page
      .context()
      .pages()
      .filter((p) => new URL(p.url()).pathname.endsWith('/login'));
    expect(logins).toHaveLength(0);
  } finally {
    await sandbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
