import { defineConfig } from 'vitest/config';

export default defineConfig({
  server: { fs: { allow: ['../../..'] } }, // the design system is in the workspace's node_modules
  test: { include: ['src/**/*.test.{ts,tsx}'] },
});
