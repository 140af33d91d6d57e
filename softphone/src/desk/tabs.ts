import type { ConsoleTab, Tabs } from '../console.ts';
import { isFields, text } from '../wire/read.ts';
import type { Desk } from './desk.ts';

/**
 * The console's tabs as the component's toolkit answers them.
 * Source: Console Developer Guide, Methods for Workspace Tabs and Subtabs in Lightning Experience (lightning:workspaceAPI).
 */
export function deskTabs(desk: Pick<Desk, 'ask'>): Tabs {
  return {
    open: async ({ url, parent, active, label }) => {
      const shown = { ...targetOf(url), focus: active };
      const opened = parent
        ? await desk.ask('workspace.openSubtab', { parentTabId: parent, ...shown })
        : await desk.ask('workspace.openTab', shown);
      const id = text(opened);
      if (label && id !== '') await desk.ask('workspace.setTabLabel', { tabId: id, label });
      return id;
    },
    close: async (id) => {
      await desk.ask('workspace.closeTab', { tabId: id });
    },
    all: async () => tabsOf(await desk.ask('workspace.getAllTabInfo')),
  };
}

/** A record by its id, or an address within the org; a tab is opened for nothing else. */
function targetOf(url: string): { recordId: string } | { url: string } {
  const record = /^\/?([0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?)$/.exec(url)?.[1];
  if (record) return { recordId: record };
  if (/^#?\/(?![/\\])/.test(url)) return { url };
  throw new Error('A tab opens an address within the org, such as /lightning/r/Case/ID/view.');
}

function tabsOf(v: unknown): ConsoleTab[] {
  return Array.isArray(v) ? v.filter(isFields).map(tabOf) : [];
}

function tabOf(tab: Record<string, unknown>): ConsoleTab {
  const subtabs = tabsOf(tab.subtabs);
  return {
    id: text(tab.tabId),
    url: text(tab.url),
    recordId: text(tab.recordId) || shownBy(tab.pageReference),
    focused: tab.focused === true || subtabs.some((s) => s.focused),
    subtabs,
  };
}

/** A tab says what record it shows itself, or only in its page reference. */
function shownBy(reference: unknown): string {
  const { attributes } = isFields(reference) ? reference : {};
  return isFields(attributes) ? text(attributes.recordId) : '';
}
