import { fileURLToPath } from 'node:url';
import purgeCSS from '@fullhuman/postcss-purgecss';
import type { Helpers, Plugin, Root } from 'postcss';

/** Names whose ends come from values, as in `slds-theme_${tone}`, so that no source holds them whole. */
const composed = [/^slds-(button|dropdown|icon|modal|theme)_/];

/** Each word of a source, and in small letters too: JSX says tabIndex, a selector [tabindex]. */
const words = (source: string): string[] => {
  const found = source.match(/[A-Za-z0-9_-]+/g) ?? [];
  return [...found, ...found.map((word) => word.toLowerCase())];
};

/**
 * Leaves of the design system's style sheet, 1 MB, what a page's sources name; other style sheets stay as they are.
 *
 * @param page address of the page's vite.config.ts
 * @param more names of the page's own that are put together from values
 */
export function usedDesignSystem(page: string, more: RegExp[] = []): Plugin {
  const folder = fileURLToPath(new URL('.', page));
  const shared = fileURLToPath(new URL('.', import.meta.url));
  const purge = purgeCSS({
    content: [`${folder}index.html`, `${folder}src/**/*.{ts,tsx}`, `${shared}src/**/*.tsx`],
    defaultExtractor: words,
    safelist: [...composed, ...more],
    keyframes: true,
  }) as Plugin;
  return {
    postcssPlugin: 'used-design-system',
    OnceExit: (root: Root, helpers: Helpers) =>
      root.source?.input.file?.includes('design-system') ? purge.OnceExit?.(root, helpers) : undefined,
  };
}
