import { expect, test } from 'vitest';
import { ConsoleStore } from '../console-state.ts';
import { utilitiesOf } from '../utility/utilities.ts';
import { empty } from '../workspace/tabs.ts';
import { followOmni } from './follow.ts';
import { omniWidget } from './omni.ts';
import { nothing, type OmniState } from './wire.ts';

const recordId = '500Pc0000000001AAA';
const location = { at: 'record', object: 'Case', id: recordId } as const;
const ready = { statusId: 's1', statusName: 'Ready', statusApiName: 'Ready' };
const online = { ...ready, channels: [{ channelId: 'c', developerName: 'Cases' }] };
const lunch = { ...ready, statusId: 's2', channels: [] };
const work = {
  workItemId: recordId.slice(0, 15),
  workId: '0BzPc0000000001',
  isEngaged: true,
  recordId,
  name: '00001000',
  subject: '',
  since: '',
};

/** A console with Omni-Channel in its utility bar. */
function desk(close: (id: string) => Promise<void> = () => Promise.resolve()) {
  const utilities = utilitiesOf([
    {
      component: omniWidget,
      label: 'Omni-Channel',
      icon: 'omni_channel',
      height: 0,
      width: 0,
      eager: true,
      background: false,
      attributes: {},
    },
  ]);
  const [item] = utilities;
  if (!item) throw new Error('no item');
  const store = new ConsoleStore({
    workspace: empty,
    panel: item,
    utilities,
    clickToDial: false,
    dialog: null,
    toasts: [],
    nextToast: 1,
    navigation: [],
    revision: 0,
  });
  let state: OmniState = { ...nothing, statuses: [online, lunch] };
  const listeners = new Set<() => void>();
  const closed: string[] = [];
  const stop = followOmni(
    {
      view: () => state,
      subscribe: (changed) => {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
      close: (id) => {
        closed.push(id);
        return close(id);
      },
    },
    store,
    item,
  );
  return {
    store,
    closed,
    stop,
    is: (next: Partial<OmniState>) => {
      state = { ...state, ...next };
      for (const changed of listeners) changed();
    },
    inBar: () => {
      const shown = store.get().utilities[0];
      return `${shown?.itemLabel}${shown?.highlighted ? ', highlighted' : ''}`;
    },
    tabs: (type: 'opened' | 'gone') => store.send({ type: 'workspace', event: { type, location } }),
  };
}

test('the utility bar says how the person stands, and that work has come', () => {
  const { inBar, is, stop } = desk();
  expect(inBar()).toBe('Omni-Channel (Offline)');
  is({ statusId: 's1' });
  expect(inBar()).toBe('Omni-Channel (Online)');
  is({ statusId: 's2' });
  expect(inBar()).toBe('Omni-Channel (Busy)');
  is({ works: [{ ...work, isEngaged: false }] });
  expect(inBar()).toBe('Omni-Channel (Busy), highlighted');
  is({ works: [work] });
  expect(inBar()).toBe('Omni-Channel (Busy)');
  stop();
  is({ statusId: '' });
  expect(inBar()).toBe('Omni-Channel (Busy)');
});

test('closing the tab of accepted work closes the work, once', () => {
  const { closed, is, tabs } = desk();
  tabs('opened');
  is({ works: [work] });
  tabs('gone');
  is({ works: [work] });
  expect(closed).toEqual([work.workId]);
});

test('work whose record is not open here, or that was not accepted, is left alone', () => {
  const { closed, is, tabs } = desk();
  is({ works: [work] });
  tabs('opened');
  is({ works: [{ ...work, isEngaged: false }] });
  tabs('gone');
  expect(closed).toEqual([]);
});

test('work that cannot be closed is told', async () => {
  const { store, is, tabs } = desk(() => Promise.reject(new Error('No.')));
  tabs('opened');
  is({ works: [work] });
  tabs('gone');
  await Promise.resolve();
  expect(store.get().toasts.map((t) => t.message)).toEqual(['No.']);
});
