import type { ConsoleStore } from '../console-state.ts';
import type { Tab } from '../workspace/tabs.ts';
import type { ApplicationEvents } from './events.ts';
import { publicId } from './toolkits/workspace.ts';

/** Fires lightning:tabCreated, tabClosed and tabFocused as the console's tabs come, go and take the focus. Returns how to stop. */
export function tabEvents(store: ConsoleStore, events: ApplicationEvents): () => void {
  let before = store.get().workspace;
  return store.subscribe(() => {
    const after = store.get().workspace;
    const was = before;
    if (was === after) return;
    before = after;
    const name = (tabs: Tab[], id: string) => {
      const tab = tabs.find((t) => t.id === id);
      return tab ? publicId(tab) : undefined;
    };
    const has = (tabs: Tab[], id: string) => tabs.some((t) => t.id === id);
    for (const t of after.tabs) if (!has(was.tabs, t.id)) events.fire('lightning:tabCreated', { tabId: publicId(t) });
    for (const t of was.tabs) if (!has(after.tabs, t.id)) events.fire('lightning:tabClosed', { tabId: publicId(t) });
    if (was.focused !== after.focused) {
      const currentTabId = name(after.tabs, after.focused);
      events.fire('lightning:tabFocused', { previousTabId: name(was.tabs, was.focused), currentTabId });
    }
  });
}
