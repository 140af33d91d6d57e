// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ConsoleState, ConsoleStore } from './console-state.ts';
import { named } from './desk.ts';
import type { Location } from './routes.ts';
import { empty, next } from './workspace/tabs.ts';

const maya: Location = { at: 'record', object: 'Contact', id: '003000000000001AAA' };

/** A console with a record's tab in front that has just opened. */
function opened(): ConsoleStore {
  const state: ConsoleState = {
    workspace: next(empty, { type: 'opened', location: maya }),
    panel: {
      visible: false,
      opened: false,
      height: 0,
      width: 0,
      icon: '',
      label: '',
      itemIcon: '',
      itemLabel: '',
    },
    utilities: [],
    clickToDial: false,
    dialog: null,
    toasts: [],
    nextToast: 1,
    navigation: [],
    revision: 0,
  };
  return new ConsoleStore(state);
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test('a softphone hears of a record once its name has been read', async () => {
  const store = opened();
  const heard = named(store);
  store.send({ type: 'workspace', event: { type: 'titled', location: maya, title: 'Maya Lindqvist' } });
  expect(await heard).toMatchObject({ recordId: '003000000000001AAA', recordName: 'Maya Lindqvist' });
});

test('a page that was gone to meanwhile is the one that is told', async () => {
  const store = opened();
  const heard = named(store);
  store.send({ type: 'workspace', event: { type: 'opened', location: { at: 'home' } } });
  expect(await heard).toEqual({ url: '/lightning/page/home' });
});

test('a name that cannot be read is not waited for', async () => {
  const heard = named(opened());
  vi.advanceTimersByTime(5000);
  expect(await heard).toMatchObject({ recordId: '003000000000001AAA', recordName: '' });
});
