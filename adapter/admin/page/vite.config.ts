import { fileURLToPath } from 'node:url';
import purgeCSS from '@fullhuman/postcss-purgecss';
import react from '@vitejs/plugin-react';
import type { Helpers, Plugin, Root } from 'postcss';
import { defineConfig } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Each word of a source, and in small letters too: JSX says tabIndex, a selector [tabindex]. */
const words = (source: string): string[] => {
  const found = source.match(/[A-Za-z0-9_-]+/g) ?? [];
  return [...found, ...found.map((word) => word.toLowerCase())];
};

const purge = purgeCSS({
  content: [`${folder}index.html`, `${folder}src/**/*.{ts,tsx}`],
  defaultExtractor: words,
  keyframes: true,
}) as Plugin;

/** Leaves of the design system's style sheet, 1 MB, what the page's sources name; other style sheets stay as they are. */
const usedDesignSystem: Plugin = {
  postcssPlugin: 'used-design-system',
  OnceExit: (root: Root, helpers: Helpers) =>
    root.source?.input.file?.includes('design-system') ? purge.OnceExit?.(root, helpers) : undefined,
};

/** The pages of /admin; nothing is inlined, so that the page's policy can stay strict. */
export default defineConfig({
  base: '/admin/',
  plugins: [react()],
  css: { postcss: { plugins: [usedDesignSystem] } },
  build: { outDir: 'dist', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
