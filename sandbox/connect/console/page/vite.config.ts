import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { usedDesignSystem } from '../../../ui/design-system.ts';

/** The console's pages, served under /console/; nothing is inlined, so that the page's policy can stay strict. */
export default defineConfig({
  base: '/console/',
  plugins: [react()],
  css: { postcss: { plugins: [usedDesignSystem(import.meta.url)] } },
  build: { outDir: 'dist', assetsInlineLimit: 0, cssMinify: false, modulePreload: { polyfill: false } },
});
