import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { usedDesignSystem } from '../../../ui/design-system.ts';

/** What Aura components may use of the design system besides what the console's own pages do. */
const inComponents =
  /^slds-([mp]-|text-|box|badge|grid|col$|size_|theme_|button|truncate|has-divider|align_|scrollable)/;

/** The console's pages, served under /lightning/; nothing is inlined, so that the page's policy can stay strict. */
export default defineConfig({
  base: '/lightning/',
  plugins: [react()],
  css: { postcss: { plugins: [usedDesignSystem(import.meta.url, [/^slds-icon-(standard|custom)-/, inComponents])] } },
  build: { outDir: 'dist', assetsInlineLimit: 0, cssMinify: false, modulePreload: { polyfill: false } },
});
