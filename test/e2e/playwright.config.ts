import { defineConfig } from '@playwright/test';

/** One worker: a call needs both cores, and what a person sees must not depend on what runs beside it. */
export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  fullyParallel: false,
  workers: 1,
  // Media is timed by the machine: one more try where it is shared with others, none where a person watches.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
