import { defineConfig } from 'vite';

/** The Open CTI script that a softphone page includes: one file, one global. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    lib: { entry: 'src/toolkit/install.ts', formats: ['iife'], name: 'openCti', fileName: () => 'opencti.js' },
  },
});
