import type { ConsoleStore } from '../console-state.ts';
import { to18 } from '../routes.ts';
import type { Utility } from '../utility/utilities.ts';
import type { OmniClient } from './client.ts';
import { isOnline, type OmniState } from './wire.ts';

type Followed = Pick<OmniClient, 'view' | 'subscribe' | 'close'>;

/** How a person stands, in the word that the utility bar shows. That it has one of its own for busy is assumed of the platform. */
export function standing(state: OmniState): 'Online' | 'Busy' | 'Offline' {
  const status = state.statuses.find((s) => s.statusId === state.statusId);
  if (!status) return 'Offline';
  return isOnline(status) ? 'Online' : 'Busy';
}

/**
 * Keeps the utility bar's item in step with the person's Omni-Channel, and closes work whose record's tab is closed. Returns how to stop.
 */
export function followOmni(omni: Followed, store: ConsoleStore, item: Utility): () => void {
  const held = new Set<string>(); // works whose record has a tab here
  let shown = '';
  const label = () => {
    const state = omni.view();
    const highlighted = state.works.some((w) => !w.isEngaged);
    const itemLabel = `${item.itemLabel} (${standing(state)})`;
    const next = `${itemLabel} ${highlighted}`;
    if (next === shown) return;
    shown = next;
    store.send({ type: 'utility', id: item.id, change: { itemLabel, highlighted } });
  };
  const close = (workId: string) =>
    omni.close(workId).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : 'The work was not closed.';
      store.send({ type: 'toasted', tone: 'error', message });
    });
  const hold = () => {
    const open = new Set(
      store.get().workspace.tabs.flatMap((t) => (t.location.at === 'record' ? [to18(t.location.id)] : [])),
    );
    const engaged = omni.view().works.filter((w) => w.isEngaged);
    for (const work of engaged) {
      if (open.has(work.recordId)) held.add(work.workId);
      else if (held.delete(work.workId)) void close(work.workId);
    }
    for (const workId of held) if (!engaged.some((w) => w.workId === workId)) held.delete(workId);
  };
  const both = () => {
    label();
    hold();
  };
  both();
  const stops = [omni.subscribe(both), store.subscribe(hold)];
  return () => {
    for (const stop of stops) stop();
  };
}
