import { defineConfig } from '@playwright/test';

/** One worker: a call needs both cores, and what a person sees must not depend on what runs beside it. */
export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  fullyParallel: false,
  workers: 1,
  // Media is timed by the machine: one more try where it is shared with others, none where a person watches.
  retries: process.env.CI ? 1 : 0,
  // Limits, not waits: a machine that does other work too needs more of them, and a test that passes takes no longer.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
