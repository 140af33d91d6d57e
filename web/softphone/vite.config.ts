import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const streams = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');
const out = fileURLToPath(new URL('dist/', import.meta.url));

/** One script, one style sheet, and the published softphone library beside them, unmodified. */
export default defineConfig({
  plugins: [
    { name: 'streams', apply: 'build', closeBundle: () => copyFileSync(streams, `${out}connect-streams-min.js`) },
  ],
  build: {
    outDir: 'dist',
    target: 'es2022',
    lib: {
      entry: 'src/main.ts',
      formats: ['iife'],
      name: 'patchcordSoftphone',
      fileName: () => 'softphone.js',
      cssFileName: 'softphone',
    },
  },
});
