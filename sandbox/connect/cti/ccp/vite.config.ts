import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const streams = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');
const out = fileURLToPath(new URL('dist/', import.meta.url));

/** The panel, and the published softphone library beside it, unmodified. */
export default defineConfig({
  base: '/ccp-v2/',
  plugins: [
    { name: 'streams', apply: 'build', closeBundle: () => copyFileSync(streams, `${out}connect-streams-min.js`) },
  ],
  build: { outDir: 'dist', target: 'es2022', rolldownOptions: { input: ['index.html', 'storage-access.html'] } },
});
