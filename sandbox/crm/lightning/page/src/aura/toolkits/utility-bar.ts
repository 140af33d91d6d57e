import type { ConsoleStore } from '../../console-state.ts';
import { isRecord } from '../../decode.ts';
import type { Panel, UtilityChange } from '../../utility/utilities.ts';
import type { Toolkit } from '../component.ts';

/**
 * lightning:utilityBarAPI for the component of one utility item. `softphone` is the id of the softphone's item; empty: the bar has none.
 * Source: Console developer guide, methods for the utility bar.
 */
export function utilityBar(store: ConsoleStore, enclosing: string, softphone: string): Toolkit {
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
      isUtilityPoppedOut: async (args) => {
        idOf(args);
        return false;
      },
    },
  };
}

const infoOf = (id: string, panel: Panel, highlighted: boolean) => ({
  id,
  utilityVisible: true,
  utilityLabel: panel.itemLabel,
  utilityHighlighted: highlighted,
  utilityIcon: panel.itemIcon,
  utilityIconVariant: null,
  utilityPopoutDisabled: true,
  panelHeaderLabel: panel.label || panel.itemLabel,
  panelHeaderIcon: panel.icon || panel.itemIcon,
  panelHeaderIconVariant: null,
  panelVisible: panel.visible,
  panelHeight: panel.height,
  panelWidth: panel.width,
  isLoaded: panel.opened,
});

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

function pixels(args: unknown, name: string): number {
  const value = member(args, name);
  if (typeof value === 'number' && value >= 200 && value <= 2560) return Math.round(value);
  throw new Error(`${name} must be a number from 200 to 2560.`);
}
