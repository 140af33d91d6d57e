import type { ConsoleStore } from '../../console-state.ts';
import { isRecord } from '../../decode.ts';
import type { UtilityClicks } from '../../utility/clicks.ts';
import type { Panel, UtilityChange } from '../../utility/utilities.ts';
import type { Toolkit } from '../component.ts';

type Handler = (clicked: { utilityId: string; panelVisible: boolean }) => unknown;

/**
 * lightning:utilityBarAPI for the component of one utility item. `softphone` is the id of the softphone's item; empty: the bar has none.
 * Source: Console developer guide, methods for the utility bar.
 */
export function utilityBar(store: ConsoleStore, clicks: UtilityClicks, enclosing: string, softphone: string): Toolkit {
  const ends: (() => void)[] = [];
  const infos = () => {
    const { panel, utilities } = store.get();
    const all = utilities.map((u) => infoOf(u.id, u, u.highlighted));
    if (softphone !== '') all.push(infoOf(softphone, panel, false));
    return all.sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
  };
  const idOf = (args: unknown): string => {
    const asked = isRecord(args) ? (args.utilityId ?? enclosing) : enclosing;
    if (infos().some((info) => info.id === asked)) return String(asked);
    throw new Error(`There is no utility ${String(asked)}.`);
  };
  const change = async (args: unknown, to: UtilityChange): Promise<boolean> => {
    const id = idOf(args);
    if (id === softphone) store.send({ type: 'panel', change: to });
    else store.send({ type: 'utility', id, change: to });
    return true;
  };
  return {
    methods: {
      getEnclosingUtilityId: async () => enclosing,
      getUtilityInfo: async (args) => {
        const id = idOf(args);
        return infos().find((info) => info.id === id);
      },
      getAllUtilityInfo: async () => infos(),
      openUtility: async (args) => change(args, { visible: true }),
      minimizeUtility: async (args) => change(args, { visible: false }),
      setUtilityLabel: async (args) => change(args, { itemLabel: text(args, 'label') }),
      setUtilityIcon: async (args) => change(args, { itemIcon: icon(args) }),
      setUtilityHighlighted: async (args) => change(args, { highlighted: flag(args, 'highlighted') }),
      setPanelHeaderLabel: async (args) => change(args, { label: text(args, 'label') }),
      setPanelHeaderIcon: async (args) => change(args, { icon: icon(args) }),
      setPanelHeight: async (args) => change(args, { height: pixels(args, 'heightPX') }),
      setPanelWidth: async (args) => change(args, { width: pixels(args, 'widthPX') }),
      onUtilityClick: async (args) => {
        const utilityId = idOf(args);
        const handler = member(args, 'eventHandler');
        if (!isHandler(handler)) throw new Error('eventHandler must be a function.');
        ends.push(clicks.hear(utilityId, (panelVisible) => heard(handler, { utilityId, panelVisible })));
        return true;
      },
      // utilities of this console do not pop out
      disableUtilityPopOut: async (args) => {
        idOf(args);
        flag(args, 'disabled');
        return true;
      },
      isUtilityPoppedOut: async (args) => {
        idOf(args);
        return false;
      },
      toggleModalMode: async () => {
        throw new Error('toggleModalMode: this console has no modal mode.');
      },
    },
    destroyed() {
      for (const end of ends.splice(0)) end();
    },
  };
}

const infoOf = (id: string, panel: Panel, highlighted: boolean) => ({
  id,
  utilityLabel: panel.itemLabel,
  utilityHighlighted: highlighted,
  utilityIcon: panel.itemIcon,
  utilityIconVariant: null,
  utilityVisible: panel.visible,
  utilityPoppedOut: false,
  panelHeaderLabel: panel.label || panel.itemLabel,
  panelHeaderIcon: panel.icon || panel.itemIcon,
  panelHeaderIconVariant: null,
  panelHeight: panel.height,
  panelWidth: panel.width,
  isLoaded: panel.opened,
});

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** A handler's trouble is told, and ends nothing else. */
function heard(handler: Handler, clicked: Parameters<Handler>[0]): void {
  try {
    handler(clicked);
  } catch (error) {
    window.reportError(error);
  }
}

const member = (args: unknown, name: string): unknown => (isRecord(args) ? args[name] : undefined);

function text(args: unknown, name: string): string {
  const value = member(args, name);
  if (typeof value === 'string' && value.length <= 255) return value;
  throw new Error(`${name} must be text of at most 255 characters.`);
}

function flag(args: unknown, name: string): boolean {
  const value = member(args, name);
  if (typeof value === 'boolean') return value;
  throw new Error(`${name} must be true or false.`);
}

function icon(args: unknown): string {
  const value = member(args, 'icon');
  if (typeof value === 'string' && /^(utility:)?[a-z0-9_]{1,60}$/.test(value)) return value.replace('utility:', '');
  throw new Error('icon must be the name of a utility icon.');
}

/** The documentation names no least size: panels of no height are in use, as links. */
function pixels(args: unknown, name: string): number {
  const value = member(args, name);
  if (typeof value === 'number' && value >= 0 && value <= 4000) return Math.round(value);
  throw new Error(`${name} must be a number of pixels.`);
}
