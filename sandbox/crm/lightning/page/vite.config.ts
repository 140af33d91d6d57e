import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { usedDesignSystem } from '../../../ui/design-system.ts';

/** The console's pages, served under /lightning/; nothing is inlined, so that the page's policy can stay strict. */
export default defineConfig({
  base: '/lightning/',
  plugins: [react()],
  css: { postcss: { plugins: [usedDesignSystem(import.meta.url, [/^slds-icon-(standard|custom)-/])] } },
  build: { outDir: 'dist', assetsInlineLimit: 0, cssMinify: false, modulePreload: { polyfill: false } },
});
