import type { PanelChange } from '../open-cti/dispatch.ts';
import type { Utility as Item } from '../wire.ts';

/** The utility item and its panel. `opened` stays true: once loaded, what is in the panel is never taken away. */
export interface Panel {
  visible: boolean;
  opened: boolean;
  height: number;
  width: number;
  icon: string;
  label: string;
  itemIcon: string;
  itemLabel: string;
}

/** A utility item that is not the softphone. */
export interface Utility extends Panel {
  id: string; // its place in the bar: u0 is the first
  component: string;
  highlighted: boolean;
}

export type UtilityChange = PanelChange & { highlighted?: boolean };

export const softphoneItem = 'opencti:softPhone';

/** The bar's items but for the softphone, as they are when the app starts. An item that says no size has the platform's own. */
export const utilitiesOf = (items: Item[]): Utility[] =>
  items.flatMap((item, at) =>
    item.background || item.component === softphoneItem
      ? []
      : {
          id: `u${at}`,
          component: item.component,
          highlighted: false,
          visible: false,
          opened: item.eager,
          height: Math.max(item.height || 480, 200),
          width: Math.max(item.width || 340, 200),
          icon: '',
          label: '',
          itemIcon: item.icon || 'fallback',
          itemLabel: item.label || item.component,
        },
  );

/** What a change makes of a panel. */
export function changed<P extends Panel>(panel: P, change: UtilityChange): P {
  const next = { ...panel, ...change };
  return { ...next, opened: next.opened || next.visible };
}

/** Only one panel is open: all of them closed, the same list if they were. */
export const closed = (all: Utility[]): Utility[] =>
  all.some((u) => u.visible) ? all.map((u) => ({ ...u, visible: false })) : all;
