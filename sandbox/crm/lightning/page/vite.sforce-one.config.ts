import { defineConfig } from 'vite';

/** The script that Visualforce pages in the console get: one file, one global. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    lib: { entry: 'src/toolkit/install-one.ts', formats: ['iife'], name: 'sforceOne', fileName: () => 'sforce-one.js' },
  },
});
