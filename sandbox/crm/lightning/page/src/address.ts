import type { ConsoleStore } from './console-state.ts';
import type { ViewInfo } from './open-cti/dispatch.ts';
import { format, type Location, parse } from './routes.ts';
import { current, store as stored } from './workspace/tabs.ts';

/** Keeps the address bar, the browser's history and the remembered workspace in step with the store. Returns how to stop. */
export function followAddress(
  store: ConsoleStore,
  memory: { save(workspace: string): void },
  open: (location: Location) => void,
  navigated: () => void,
): () => void {
  let shown = format(current(store.get().workspace));
  let remembered = '';
  const follow = () => {
    const { workspace } = store.get();
    const saved = stored(workspace);
    if (saved !== remembered) memory.save(saved);
    remembered = saved;
    const address = format(current(workspace));
    if (address === shown) return;
    shown = address;
    if (address !== window.location.pathname + window.location.search) window.history.pushState(null, '', address);
    navigated();
  };
  const back = () => {
    const location = parse(window.location.pathname + window.location.search);
    if (location) open(location);
  };
  const stop = store.subscribe(follow);
  window.addEventListener('popstate', back);
  return () => {
    stop();
    window.removeEventListener('popstate', back);
  };
}

/** In a console, going to a list says nothing to the softphone. */
export const tellsSoftphone = (view: ViewInfo): boolean => !view.url.startsWith('/lightning/o/');

/** From where the person came, which the platform keeps in the address of the first page; empty for a page that was gone to since. */
export function sourceOfVisit(): string {
  const source = new URLSearchParams(window.location.search).get('0.source');
  return source === null ? '' : `?${new URLSearchParams({ '0.source': source })}`;
}
