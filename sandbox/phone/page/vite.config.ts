import { defineConfig } from 'vite';

export default defineConfig({ base: '/phone/', build: { outDir: 'dist', target: 'es2022', assetsInlineLimit: 0 } });
