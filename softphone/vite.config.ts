import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const streams = createRequire(import.meta.url).resolve('amazon-connect-streams/release/connect-streams-min.js');
const out = fileURLToPath(new URL('dist/', import.meta.url));

const ascii = (code: string) =>
  code.replace(/[^\p{ASCII}]/gu, (c) => [...Array(c.length).keys()].map((i) => escaped(c.charCodeAt(i))).join(''));
const escaped = (unit: number) => `\\u${unit.toString(16).padStart(4, '0')}`;

/** One script, one style sheet, and the published softphone library beside them, unmodified. */
export default defineConfig({
  plugins: [
    {
      // A page that does not say its encoding must not garble what people read.
      name: 'ascii',
      apply: 'build',
      generateBundle: (_, bundle) => {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = ascii(file.code);
      },
    },
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
