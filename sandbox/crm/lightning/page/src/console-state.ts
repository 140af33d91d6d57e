import type { PanelChange } from './open-cti/dispatch.ts';
import type { Location } from './routes.ts';
import { changed, closed, type Panel, type Utility, type UtilityChange } from './utility/utilities.ts';
import type { Definition, NavItem, Values } from './wire.ts';
import { next, type Workspace, type WorkspaceEvent } from './workspace/tabs.ts';

/** A dialog that lies over the console. */
export type Dialog =
  | { show: 'new'; object: string; values: Values; under?: string; title?: string } // under: the tab that it opens below
  | { show: 'edit'; object: string; id: string }
  | { show: 'clone'; object: string; id: string }
  | { show: 'delete'; object: string; id: string; name: string }
  | { show: 'deleteMany'; object: string; ids: string[] }
  | { show: 'owner'; object: string; ids: string[] }
  | { show: 'navigation' }
  | { show: 'columns'; object: string; view: string; definition: Definition };

export interface Toast {
  id: number;
  tone: 'success' | 'error' | 'info';
  message: string;
  target: { location: Location; label: string } | null;
  undo: (() => void) | null;
}

export interface ConsoleState {
  workspace: Workspace;
  panel: Panel; // the softphone's
  utilities: Utility[];
  clickToDial: boolean;
  dialog: Dialog | null;
  toasts: Toast[];
  nextToast: number;
  navigation: NavItem[]; // of this person
  revision: number; // rises when what is shown may be out of date
}

export type ConsoleEvent =
  | { type: 'workspace'; event: WorkspaceEvent }
  | { type: 'panel'; change: PanelChange }
  | { type: 'utility'; id: string; change: UtilityChange }
  | { type: 'clickToDial'; enabled: boolean }
  | { type: 'dialog'; dialog: Dialog | null }
  | { type: 'toasted'; tone: Toast['tone']; message: string; target?: Toast['target']; undo?: () => void }
  | { type: 'navigation'; items: NavItem[] }
  | { type: 'toastClosed'; id: number }
  | { type: 'changed' };

const mostToasts = 4;

/** The console's one state machine. */
export function consoleNext(s: ConsoleState, e: ConsoleEvent): ConsoleState {
  switch (e.type) {
    case 'workspace':
      return { ...s, workspace: next(s.workspace, e.event) };
    case 'panel': {
      const utilities = e.change.visible ? closed(s.utilities) : s.utilities;
      return { ...s, panel: changed(s.panel, e.change), utilities };
    }
    case 'utility': {
      const others = e.change.visible ? closed(s.utilities) : s.utilities;
      const utilities = others.map((u) => (u.id === e.id ? changed(u, e.change) : u));
      return { ...s, utilities, panel: e.change.visible ? { ...s.panel, visible: false } : s.panel };
    }
    case 'clickToDial':
      return { ...s, clickToDial: e.enabled };
    case 'dialog':
      return { ...s, dialog: e.dialog };
    case 'toasted': {
      const toast: Toast = {
        id: s.nextToast,
        tone: e.tone,
        message: e.message,
        target: e.target ?? null,
        undo: e.undo ?? null,
      };
      return { ...s, toasts: [...s.toasts, toast].slice(-mostToasts), nextToast: s.nextToast + 1 };
    }
    case 'toastClosed':
      return { ...s, toasts: s.toasts.filter((t) => t.id !== e.id) };
    case 'navigation':
      return { ...s, navigation: e.items };
    case 'changed':
      return { ...s, revision: s.revision + 1 };
    default:
      return e satisfies never;
  }
}

/** Holds the state for React and for what lives beside it. */
export class ConsoleStore {
  private readonly listeners = new Set<() => void>();

  constructor(private state: ConsoleState) {}

  get = (): ConsoleState => this.state;

  send = (event: ConsoleEvent): void => {
    this.state = consoleNext(this.state, event);
    for (const listener of this.listeners) listener();
  };

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
