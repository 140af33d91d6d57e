import { defineConfig } from 'vitest/config';

export default defineConfig({
  server: { fs: { allow: ['../../..'] } }, // the design system is in the workspace's node_modules
  test: { testTimeout: 30_000, include: ['src/**/*.test.{ts,tsx}'] },
});
