import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ringtone } from './src/ringtone.ts';

const streams = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');

/** The panel under /ccp-v2/; beside it the published library, unmodified, for the page and its worker, and the ringtone. */
export default defineConfig({
  base: '/ccp-v2/',
  plugins: [
    react(),
    {
      name: 'beside',
      apply: 'build',
      generateBundle() {
        this.emitFile({ type: 'asset', fileName: 'connect-streams-min.js', source: readFileSync(streams) });
        this.emitFile({ type: 'asset', fileName: 'ringtone.wav', source: ringtone() });
      },
    },
  ],
  build: { outDir: 'dist', assetsInlineLimit: 0, cssMinify: false, modulePreload: { polyfill: false } },
});
