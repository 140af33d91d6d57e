import type { Console } from '../console.ts';
import type { Desk } from './desk.ts';
import { deskOmni } from './omni.ts';
import { deskTabs } from './tabs.ts';

/** A console with the package's component: what only that one can do is there for as long as it answers. */
export function withDesk(console: Console, desk: Desk): Console {
  const omni = deskOmni(desk);
  const tabs = deskTabs(desk);
  return {
    ...console,
    onOmni: (listener) =>
      desk.start({
        stands: (road) => listener.stands(road),
        event: (name, params) => listener.event({ name, params }),
      }),
    comes: () => desk.comes(),
    get omni() {
      return desk.isThere ? omni : undefined;
    },
    get tabs() {
      return desk.isThere ? tabs : undefined;
    },
  };
}
